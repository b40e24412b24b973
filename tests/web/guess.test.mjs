// SPDX-License-Identifier: GPL-3.0-or-later
// The guess sheet in a browser: `node guess.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: filled in by keyboard alone, saved, locked, taken by `import` and seen
// in `beliefs`; the text beside the file; nothing loaded or kept; axe-core on every view, light and
// dark; a phone; without script; how many sheets of paper it is.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch, look } = await import('./browser.mjs');
const { check, finish, map, sheets, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-guess-'));
const run = (...words) => execFileSync(parallax, words, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

// Tab to the name, then digits and Enter; the rest by Tab and Enter as well.
async function fillIn(page, name, guesses) {
  await page.keyboard.press('Tab');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  for (const guess of guesses) {
    await page.keyboard.type(String(guess));
    await page.keyboard.press('Enter');
  }
}

async function checkKeyboard(browser) {
  const { page, context, requests, complaints } = await look(browser, join(dir, 'six.html'));
  await fillIn(page, 'Anna, "A"', [8, 10, 0, 7, 3, 5]);
  check(await page.locator('#done').textContent() === '6 of 6', 'digits and Enter fill in all moments');
  await page.keyboard.press('Enter'); // the focus is on "Look through"
  const list = await page.locator('#list strong').allTextContents();
  check(list.join() === '8,10,0,7,3,5', 'the look through shows them', list.join());
  await page.keyboard.press('Tab');
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  check(file.suggestedFilename() === 'guess-leader-anna-a.csv', 'a file is saved', file.suggestedFilename());
  await file.saveAs(join(dir, 'anna.csv'));
  const text = readFileSync(join(dir, 'anna.csv'), 'utf8');
  check(/^dataset,audience,respondent,time,source,point,believed,seen\nworkshop-guesses,leader,"Anna, ""A""",\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d,workshop,moment-1,8,0\n/.test(text),
    'in the canonical form', text);
  check(await page.locator('#text').inputValue() === text, 'and shown as text to copy');
  check(await page.locator('input:enabled').count() === 0, 'what is saved is locked');
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  check(kept.join() === '0,0,', 'nothing is kept', kept.join());
  check(requests.filter((one) => !one.startsWith('blob:')).length === 1, 'nothing is loaded', requests.join('\n'));
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  await context.close();
}

function checkImport() {
  run('init', 'w.plx', '--template', 'hotel-stay');
  run('map', 'apply', 'w.plx', 'six.yaml');
  run('import', 'w.plx', 'anna.csv');
  const beliefs = run('beliefs', 'w.plx', '--named', 'leader', '--format', 'csv');
  check(beliefs.includes('moment-2'), 'import takes the file as it is, and beliefs shows it', beliefs);
}

async function checkEdges(browser) {
  const { page, context } = await look(browser, join(dir, 'six.html'));
  await page.getByRole('button', { name: 'Look through' }).click();
  check(await page.locator('#told').textContent() === 'Please give a name or a number first.', 'a name is needed');
  await page.getByLabel('Name or number').fill('7');
  await page.getByRole('button', { name: 'Look through' }).click();
  check(await page.locator('#told').textContent() === 'Nothing is chosen yet.', 'so is a number');
  await page.getByLabel('I had seen results before').check();
  await page.getByRole('radiogroup', { name: 'Moment 2' }).getByRole('radio', { name: '4', exact: true }).click();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Look through' }).click();
  check((await page.locator('#missing').textContent()).includes('5'), 'what is left out is counted');
  await page.getByRole('button', { name: 'Back and change' }).click();
  check(await page.getByRole('radiogroup', { name: 'Moment 2' }).getByRole('radio', { name: '5' }).isChecked(), 'arrow keys choose, and back keeps it');
  let asked = 0;
  page.on('dialog', (dialog) => { asked += 1; void dialog.accept(); });
  await page.reload();
  check(asked === 1, 'leaving before saving is asked about', `${asked}`);
  await context.close();
}

// 11 is no guess, and must not become 1 unseen.
async function checkAboveTen(browser) {
  const { page, context } = await look(browser, join(dir, 'six.html'));
  const moment = page.getByRole('radiogroup', { name: 'Moment 1' });
  const chosen = () => moment.evaluate((one) => one.querySelector('input:checked')?.value ?? 'none');
  await fillIn(page, 'Anna', []);
  for (const typed of ['11', '100']) {
    await page.keyboard.type(typed);
    check(await moment.getByRole('alert').textContent() === 'From 0 to 10. Please type it again.', `${typed} is told at its moment`);
    check(await chosen() === 'none', `${typed} chooses nothing`, await chosen());
  }
  check(await page.locator('#done').textContent() === '0 of 6', 'and counts for nothing');
  const found = await violations(page);
  check(found.length === 0, 'axe-core with the message', found.join('\n'));
  await page.keyboard.type('9');
  check(await chosen() === '9', 'the next digit chooses anew', await chosen());
  check(await moment.getByRole('alert').count() === 0, 'and the message is gone');
  await context.close();
}

async function checkAccessible(browser, dark) {
  const { page, context } = await look(browser, join(dir, 'six.html'), { dark });
  const found = await violations(page, dark);
  await fillIn(page, 'Anna', [8, 10]);
  found.push(...await violations(page, dark));
  await page.getByRole('button', { name: 'Look through' }).click();
  found.push(...await violations(page, dark));
  await page.getByRole('button', { name: 'Save and lock' }).click();
  found.push(...await violations(page, dark));
  check(found.length === 0, `axe-core, ${dark ? 'dark' : 'light'}`, found.join('\n'));
  await context.close();
}

async function checkPhone(browser) {
  const { page, context } = await look(browser, join(dir, 'six.html'), { width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide === 390, 'fits a phone', `${wide}`);
  const small = await page.$$eval('.pick', (all) => all.filter((one) => one.offsetWidth < 24 || one.offsetHeight < 44).length);
  check(small === 0, 'with figures that a thumb can hit', `${small}`);
  await context.close();
}

async function checkWithoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${join(dir, 'six.html')}`);
  check(await page.locator('#paper-only').isVisible(), 'without script it says that it is for paper');
  check(await page.locator('button:visible').count() === 0, 'and has no button that does nothing');
  await context.close();
}

async function checkPaper(browser) {
  for (const [name, format, want] of [['six', 'A4', 1], ['p24', 'A4', 1], ['p24', 'Letter', 1], ['p60', 'A4', 2]]) {
    const { page, context } = await look(browser, join(dir, `${name}.html`), { print: true });
    const n = await sheets(page, format);
    check(n === want, `${name}: ${want} of ${format}`, `${n}`);
    await context.close();
  }
}

const browser = await launch();
try {
  for (const [name, points] of [['six', 6], ['p24', 24], ['p60', 60]]) {
    writeFileSync(join(dir, `${name}.yaml`), map(points));
    run('workshop', 'guess', `${name}.yaml`, '-o', `${name}.html`);
  }
  await checkKeyboard(browser);
  checkImport();
  await checkEdges(browser);
  await checkAboveTen(browser);
  await checkAccessible(browser, false);
  await checkAccessible(browser, true);
  await checkPhone(browser);
  await checkWithoutScript(browser);
  await checkPaper(browser);
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
finish();
