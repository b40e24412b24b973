// SPDX-License-Identifier: GPL-3.0-or-later
// What axe-core finds wrong on a page as it is now, one text each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// In the dark only colours differ: the other rules are asked in the light. A page is asked when it shows a kind of
// element that this test has not asked yet, in `./dev check --long` always: to ask is a third of a test's time.
const always = Boolean(process.env.PLX_LONG);
const asked = { light: new Set(), dark: new Set() };
const kindsShown = () => [...new Set([...document.querySelectorAll('body *')].map((element) =>
  [element.tagName, element.getAttribute('role'), element.getAttribute('type'), element.getAttribute('class')].join(' ')))];

async function isAsked(page, dark) {
  const before = asked[dark ? 'dark' : 'light'];
  const kinds = await page.evaluate(`(${kindsShown})()`);
  const known = kinds.every((kind) => before.has(kind));
  for (const kind of kinds) before.add(kind);
  return known && !always;
}

const inTheDark = { type: 'rule', values: ['color-contrast'] };
const inTheLight = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

export async function violations(page, dark = false) {
  if (await isAsked(page, dark)) return [];
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
