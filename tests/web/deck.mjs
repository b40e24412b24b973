// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of pages for a room have in common: TAP, the scripts' types, the samples, and what
// holds on every such page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

await import('./chromium.mjs'); // or skip
export const { launch, look } = await import('./browser.mjs');
export const { violations } = await import('./axe.mjs');
const here = dirname(fileURLToPath(import.meta.url));

let count = 0;
let failed = 0;
export function check(ok, name, detail = '') {
  count += 1;
  if (!ok) failed += 1;
  console.log(`${ok ? 'ok' : 'not ok'} ${count} - ${name}`);
  if (!ok && detail) for (const line of String(detail).split('\n')) console.log(`# ${line}`);
}

// On paper everything is there, on white, on few sheets.
export async function checkPrint(browser, name, file, most, what = '.slide') {
  const { page, context } = await look(browser, file, { print: true, dark: true });
  await page.keyboard.press('ArrowRight'); // on whatever screen, all is printed
  const parts = await page.$$eval(what, (all) => all.every((one) => one.checkVisibility({ visibilityProperty: true })));
  check(parts, `${name}: prints all parts`);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check(ground === 'rgb(255, 255, 255)', `${name}: prints on white`, ground);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length;
  check(sheets <= most, `${name}: a hand-out of at most ${most} sheets`, `${sheets}`);
  await context.close();
}

// Writes the samples that end in `extension`, hands each page's path to `test` by name.
export async function withSamples(writeSamples, extension, test) {
  const dir = mkdtempSync(join(tmpdir(), 'parallax-deck-'));
  const browser = await launch();
  try {
    execFileSync(resolve(writeSamples), [dir]);
    for (const name of readdirSync(dir)) {
      if (name.endsWith('.html')) rmSync(join(dir, name));
      if (name.endsWith(extension)) renameSync(join(dir, name), join(dir, name.replace(extension, '.html')));
    }
    const names = readdirSync(dir).filter((name) => name.endsWith('.html')).sort();
    await test(browser, names.map((name) => name.replace('.html', '')), (name) => join(dir, `${name}.html`));
  } catch (error) {
    check(false, 'the test ran to its end', error.stack);
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  }
  console.log(`1..${count}`);
  process.exit(failed ? 1 : 0);
}
