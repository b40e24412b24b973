// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets of the tables in a browser: `node sheets.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: a print button and nothing else to press; axe-core, light and dark, also on a phone;
// nothing loaded; two sides a table and one for the script, on A4 and Letter, in every language,
// with nothing cut off.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch, look } = await import('./browser.mjs');
const { check, finish, map, sheets, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-sheets-'));
const file = join(dir, 'sheets.html');
const languages = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pt'];

async function checkScreen(browser, dark, width) {
  const { page, context, requests, complaints } = await look(browser, file, { dark, width });
  const found = await violations(page, dark);
  check(found.length === 0, `axe-core, ${dark ? 'dark' : 'light'}, ${width} wide`, found.join('\n'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= width, `fits ${width}`, `${wide}`);
  check(await page.locator('button, input, a').count() === 1, 'a button and nothing else');
  await page.evaluate(() => { globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1; }; });
  await page.locator('button').click();
  check(await page.evaluate(() => globalThis.printed) === 1, 'which prints');
  check(requests.length === 1, 'nothing is loaded', requests.join('\n'));
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  await context.close();
}

async function checkPaper(browser) {
  const { page, context } = await look(browser, file, { print: true, width: 700 });
  // A set: three audiences of two tables, both sides each; and the script.
  const want = languages.length * (3 * 2 * 2 + 1);
  for (const format of ['A4', 'Letter']) {
    const n = await sheets(page, format);
    check(n === want, `${want} of ${format}`, `${n}`);
  }
  const cut = await page.$$eval('.side', (all) => all.flatMap((one, i) =>
    (one.scrollHeight > one.clientHeight + 1 ? [`${i}: ${one.scrollHeight - one.clientHeight}`] : [])));
  check(cut.length === 0, 'nothing is cut off, in no language', cut.join('\n'));
  await context.close();
}

const browser = await launch();
try {
  writeFileSync(join(dir, 'map.yaml'), map(6));
  execFileSync(parallax, ['workshop', 'print', 'map.yaml', '--audience', 'leader,staff,customer', '--tables', '2',
    '--easier', '--moment', '--language', languages.join(), '-o', 'sheets.html'], { cwd: dir, stdio: 'ignore' });
  await checkScreen(browser, false, 1280);
  await checkScreen(browser, true, 1280);
  await checkScreen(browser, false, 390);
  await checkPaper(browser);
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
finish();
