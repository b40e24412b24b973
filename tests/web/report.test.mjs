// SPDX-License-Identifier: GPL-3.0-or-later
// The report of everything in a browser: `node report.test.mjs PARALLAX`. Speaks TAP.
//
// Checks, of the demo: axe-core, light and dark; nothing loaded; no sideways scrolling at 320 px; each
// entry of the contents leads to its part; in print nothing is wider than its sheet (a browser would
// shrink every sheet); and that `-o FILE.pdf` prints it with the Chromium that is installed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { sample } = await import('./sample.mjs');
const { launch, look } = await import('./browser.mjs');
const { check, finish, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-report-'));
const temporary = join(dir, 'tmp');
mkdirSync(temporary);
const run = (...args) => execFileSync(parallax, args,
  { cwd: dir, stdio: 'ignore', env: { ...process.env, TMPDIR: temporary } });

async function checkScreen(browser, file) {
  const { page, context, requests, complaints } = await look(browser, file);
  for (const dark of [false, true]) {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    const found = await violations(page, dark);
    check(found.length === 0, `axe-core, ${dark ? 'dark' : 'light'}`, found.join('\n'));
  }
  check(requests.length === 1, 'loads nothing but itself', requests.join('\n'));
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  const lost = await page.$$eval('.contents a', (all) => all
    .filter((a) => !document.querySelector(a.getAttribute('href'))?.checkVisibility())
    .map((a) => a.textContent));
  check(lost.length === 0, 'each entry of the contents leads to its part', lost.join('\n'));
  await context.close();
}

async function checkNarrow(browser, file) {
  const { page, context } = await look(browser, file, { width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= 320, 'no sideways scrolling of the page at 320 px', `${wide} px wide`);
  await context.close();
}

// The sheet upright is 182 mm wide between its margins, on its side 273 mm (all numbers).
async function checkPaper(browser, file) {
  const { page, context } = await look(browser, file, { print: true, width: 688, height: 1000 });
  const wide = await page.evaluate(() => [...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('.all, .journey') && one.getBoundingClientRect().right > 690)
    .map((one) => `${one.tagName} ${one.getAttribute('class')}`));
  check(wide.length === 0, 'in print nothing is wider than the sheet', wide.slice(0, 5).join('\n'));
  await context.close();
}

function checkPdf() {
  run('report', join('shop', 'demo.plx'), '-o', 'report.pdf');
  const pdf = readFileSync(join(dir, 'report.pdf')).toString('latin1');
  const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  check(pdf.startsWith('%PDF-'), 'report -o FILE.pdf is a PDF');
  check(sheets > 10 && sheets < 40, 'of all sheets', `${sheets} sheets`);
  check(readdirSync(temporary).length === 0, 'nothing of the browser is left', readdirSync(temporary).join('\n'));
  run('report', join('shop', 'demo.plx'), '--one-page', '-o', 'monday.pdf');
  const monday = readFileSync(join(dir, 'monday.pdf')).toString('latin1');
  check(monday.match(/\/Type\s*\/Page\b(?!s)/g)?.length === 1, 'with --one-page of one');
  check(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/.test(monday), 'of A4', monday.match(/\/MediaBox[^\]]*\]/)?.[0]);
}

const browser = await launch();
try {
  sample(parallax, join(dir, 'shop'));
  await checkScreen(browser, join(dir, 'shop', 'report.html'));
  await checkNarrow(browser, join(dir, 'shop', 'report.html'));
  await checkPaper(browser, join(dir, 'shop', 'report.html'));
  checkPdf();
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
finish();
