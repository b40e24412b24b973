// SPDX-License-Identifier: GPL-3.0-or-later
// What axe-core finds wrong on a page as it is now, one text each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// In the dark only colours differ: the other rules are asked in the light. All pages of a place have the same colours:
// of a test's, the first few are asked, all in `./dev check --long`.
const inTheDarkAtMost = process.env.PLX_LONG ? Infinity : 3;
let asked = 0;
const inTheDark = { type: 'rule', values: ['color-contrast'] };
const inTheLight = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

export async function violations(page, dark = false) {
  if (dark && ++asked > inTheDarkAtMost) return [];
  // A page's own policy may forbid scripts; the test adds its own through the debugger, once.
  if (await page.evaluate('!globalThis.axe')) await page.evaluate(`${axe}\n;undefined`);
  const options = {
    runOnly: dark ? inTheDark : inTheLight,
    resultTypes: ['violations'], // to describe every element that passed takes as long as to test it
  };
  const result = await page.evaluate((chosen) => globalThis.axe.run(document, chosen), options);
  return result.violations.map((v) =>
    `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary}`).join('\n  ')}`);
}
