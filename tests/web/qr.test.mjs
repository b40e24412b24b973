// SPDX-License-Identifier: GPL-3.0-or-later
// Sheets of QR codes: `node qr.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: what a camera would read off every printed card is the address that stands below it;
// six cards a sheet on A4 and Letter, nothing cut off; codes stay black on white in the dark;
// axe-core; nothing loaded. `SCREENSHOTS=DIR` writes pictures.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { default: jsQR } = await import('jsqr');
const { launch, look } = await import('./browser.mjs');
const { check, finish, map, sheets, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-qr-'));
const base = 'https://ask.example.org';

function run(...parameters) {
  return execFileSync(parallax, parameters, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

// Eight links: with the longest of places, in languages with long and short words.
function make() {
  const place = 'A place with a name so long that nobody would put it on a card, '.repeat(4).replaceAll(',', ' ').slice(0, 250);
  writeFileSync(join(dir, 'map.yaml'), map(6));
  run('init', 'w.plx', '--map', 'map.yaml');
  for (const language of ['en', 'de', 'fr', 'es', 'ar', 'zh'])
    run('link', 'create', 'w.plx', '--place', place, '--language', language, '--opens', '2099-12-24');
  run('link', 'create', 'w.plx', '--place', 'Lyon');
  run('link', 'create', 'w.plx', '--single', '2');
  run('link', 'create', 'w.plx', '--kiosk');
  run('qr', 'w.plx', '--base-url', base, '-o', 'a4.html');
  run('qr', 'w.plx', '--base-url', base, '--sheet', 'Letter', '-o', 'letter.html');
}

// The pixels of a PNG, by the browser that made it.
async function pixels(page, png) {
  const { data, width, height } = await page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const all = context.getImageData(0, 0, image.width, image.height);
    return { data: [...all.data], width: all.width, height: all.height };
  }, `data:image/png;base64,${png.toString('base64')}`);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

async function checkPrinted(browser, name, size, width, millimetres) {
  const { page, context, requests, complaints } = await look(browser, join(dir, name), { print: true, width });
  const blank = await context.newPage();
  for (const card of await page.locator('.card').all()) {
    const address = await card.locator('.address').textContent();
    const read = await pixels(blank, await card.locator('.code').screenshot());
    check(read === `https://${address}`, `${size}: a camera reads ${address}`, read);
  }
  check(await page.locator('.card').count() === 7, `${size}: all links but single ones and kiosks`);
  const cut = await page.$$eval('.card', (all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length);
  check(cut === 0, `${size}: nothing is cut off`, `${cut}`);
  const box = await page.locator('.code').first().boundingBox();
  check(Math.abs(box.width / 96 * 25.4 - millimetres) < 0.5, `${size}: codes are ${millimetres} mm wide`, `${box.width}`);
  check(await sheets(page, size) === 2, `${size}: six cards a sheet`);
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `qr-${size}.png`), fullPage: true });
  check(requests.length === 1, `${size}: nothing is loaded`, requests.join('\n'));
  check(complaints.length === 0, `${size}: the browser has no complaints`, complaints.join('\n'));
  await context.close();
}

async function checkScreen(browser, dark, width) {
  const { page, context } = await look(browser, join(dir, 'a4.html'), { dark, width });
  const found = await violations(page, dark);
  check(found.length === 0, `axe-core, ${dark ? 'dark' : 'light'}, ${width} wide`, found.join('\n'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= width, `fits ${width}`, `${wide}`);
  const blank = await context.newPage();
  const read = await pixels(blank, await page.locator('.code').first().screenshot());
  check(read?.startsWith(`${base}/f/`), 'a camera reads it off the screen', read);
  await context.close();
}

const browser = await launch();
try {
  make();
  await checkPrinted(browser, 'a4.html', 'A4', 718, 46);
  await checkPrinted(browser, 'letter.html', 'Letter', 740, 42);
  await checkScreen(browser, false, 1280);
  await checkScreen(browser, true, 360);
  check(readFileSync(join(dir, 'a4.html'), 'utf8').includes('dir="rtl"'), 'Arabic from right to left');
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
finish();
