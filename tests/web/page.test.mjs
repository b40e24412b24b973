// SPDX-License-Identifier: GPL-3.0-or-later
// The page of a report in a browser: `node page.test.mjs WRITE-SAMPLES`. Speaks TAP.
//
// Checks for every sample page: nothing but the file is loaded and nothing is complained about;
// axe-core finds no violation, light and dark; no sideways scrolling of the page at 320 px; the
// keyboard reaches every link, point and toggle in reading order; print shows the method.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { violations } = await import('./axe.mjs');
const { launch, look } = await import('./browser.mjs');

let count = 0;
let failed = 0;
function check(ok, name, detail = '') {
  count += 1;
  if (!ok) failed += 1;
  console.log(`${ok ? 'ok' : 'not ok'} ${count} - ${name}`);
  if (!ok && detail) for (const line of String(detail).split('\n')) console.log(`# ${line}`);
}

// In one look, as to open a page takes longer than to check it.
async function checkQuietAndAccessible(browser, name, file) {
  const { page, context, requests, complaints } = await look(browser, file);
  for (const dark of [false, true]) {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    const found = await violations(page, dark);
    check(found.length === 0, `${name}: axe-core, ${dark ? 'dark' : 'light'}`, found.join('\n'));
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [r] = ground.match(/\d+/g).map(Number);
    check(dark ? r < 64 : r > 192, `${name}: ${dark ? 'dark' : 'light'} ground`, ground);
  }
  check(requests.length === 1, `${name}: loads nothing but itself`, requests.join('\n'));
  check(complaints.length === 0, `${name}: the browser has no complaints`, complaints.join('\n'));
  await context.close();
}

async function checkNarrow(browser, name, file) {
  const { page, context } = await look(browser, file, { width: 320, height: 640 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= 320, `${name}: no sideways scrolling of the page at 320 px`, `${wide} px wide`);
  const regions = await page.$$eval('.scroll', (all) => all.every((one) => one.tabIndex === 0));
  check(regions, `${name}: wide content scrolls in regions the keyboard reaches`);
  const folded = await page.$$eval('details.fold', (all) => all.every((one) => !one.open && one.querySelector('summary').offsetHeight >= 24
    && !one.querySelector('.scroll').checkVisibility()));
  check(folded, `${name}: long tables are folded up there`);
  const link = page.locator('svg a.point[href^="#g0-p"]').first();
  if (await link.count()) {
    const row = await link.getAttribute('href');
    await link.click({ force: true });
    check(await page.locator(row).evaluate((one) => one.checkVisibility()), `${name}: a point of the picture opens the table and its row`);
  }
  await context.close();
}

// Tab through the whole page: what has the focus must be visible and come in reading order.
async function checkKeyboard(browser, name, file) {
  const { page, context } = await look(browser, file, { width: 1280, height: 900 });
  // What is folded up on a phone alone has no heading to open it by here.
  const wanted = await page.$$eval('a[href], input, summary, .scroll', (all) => all.filter((one) => one.checkVisibility()).length);
  await page.evaluate(() => { globalThis.seen = []; });
  let outOfOrder = '';
  for (let i = 0; i < wanted; i += 1) {
    await page.keyboard.press('Tab');
    outOfOrder ||= await page.evaluate(() => {
      const now = document.activeElement;
      const last = globalThis.seen.at(-1);
      globalThis.seen.push(now);
      if (now === document.body) return 'focus left the page';
      const after = !last || (last.compareDocumentPosition(now) & (Node.DOCUMENT_POSITION_FOLLOWING));
      return after ? '' : `${now.outerHTML.slice(0, 80)} comes too late`;
    });
  }
  const distinct = await page.evaluate(() => new Set(globalThis.seen).size);
  check(!outOfOrder && distinct === wanted, `${name}: the keyboard reaches all ${wanted} stops in order`,
    outOfOrder || `${distinct} of ${wanted}`);
  await context.close();
}

async function checkPrint(browser, name, file) {
  const { page, context } = await look(browser, file, { print: true, dark: true });
  const state = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    method: document.querySelector('.method dd').checkVisibility({ contentVisibilityAuto: true }),
    boxes: [...document.querySelectorAll('.legend input')].every((i) => i.offsetWidth === 0),
  }));
  check(state.ground === 'rgb(255, 255, 255)', `${name}: prints on white`, state.ground);
  check(state.method, `${name}: prints the method`);
  check(state.boxes, `${name}: prints no checkboxes`);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  check(pdf.length > 5000, `${name}: becomes a PDF`);
  await context.close();
}

async function checkPicture(browser, file) {
  const { page, context } = await look(browser, file);
  const points = page.locator('.picture .point');
  check(await points.count() === 30, 'marketplace: 30 points in the picture');
  const toggle = page.getByRole('checkbox', { name: 'staff' });
  const staff = page.locator('.picture .colour-square').first();
  check(await staff.isVisible(), 'marketplace: staff are shown');
  await toggle.focus();
  await page.keyboard.press('Space');
  check(!await staff.isVisible(), 'marketplace: the keyboard switches staff off');
  const label = await points.nth(17).getAttribute('aria-label');
  check(/^Doorstep handover: leaders did not see this yet\./.test(label), 'marketplace: a point says what it shows', label);
  await points.nth(17).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#g0-p17$/).catch(() => {}); // told below when it does not come
  check(page.url().endsWith('#g0-p17'), 'marketplace: Enter on a point leads to its numbers', page.url());
  const row = await page.$eval('#g0-p17 th', (cell) => cell.textContent);
  check(row === 'Doorstep handover', 'marketplace: and they are its numbers', row);
  await context.close();
}

async function checkHostile(browser, file) {
  const { page, context } = await look(browser, file);
  const state = await page.evaluate(() => ({
    scripts: document.scripts.length,
    images: document.images.length,
    text: document.body.textContent.includes('<script>alert(1)</script>'),
    right: getComputedStyle([...document.querySelectorAll('th.point span')].find((s) => /حالة/.test(s.textContent))).direction,
  }));
  check(state.scripts === 0 && state.images === 0, 'hostile: titles make no elements', JSON.stringify(state));
  check(state.text, 'hostile: titles are shown as they are');
  check(state.right === 'rtl', 'hostile: right-to-left titles run right to left');
  await context.close();
}

// Whatever the reading holds, the sheet is one sheet of paper, with everything of it on it.
async function checkSheet(browser, name, file) {
  const { page, context } = await look(browser, file, { print: true, width: 688, height: 1000 });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length;
  check(sheets === 1, `${name}: prints on one sheet`, `${sheets} sheets`);
  const bottom = await page.$eval('footer', (one) => one.getBoundingClientRect().bottom);
  check(bottom <= (265 / 25.4) * 96 + 1, `${name}: its last line is on it`, `${bottom} px`);
  await context.close();
}

// The others take long, and differ in what they say, not in how: `./dev check --long` looks at them, too.
const usual = ['empty', 'hidden', 'hostile', 'marketplace', 'tiny'];
const isLookedAt = (file) => process.env.PLX_LONG || usual.includes(file.split('.')[0]);
const [, , writeSamples] = process.argv;
const dir = mkdtempSync(join(tmpdir(), 'parallax-web-'));
const browser = await launch();
try {
  execFileSync(resolve(writeSamples), [dir]);
  const pages = readdirSync(dir).filter((name) => name.endsWith('.html') && isLookedAt(name)).sort();
  const sheets = pages.filter((name) => name.endsWith('.sheet.html'));
  for (const file of sheets) await checkSheet(browser, file.replace('.html', ''), join(dir, file));
  const one = join(dir, 'marketplace.sheet.html');
  await checkQuietAndAccessible(browser, 'marketplace.sheet', one);
  await checkNarrow(browser, 'marketplace.sheet', one);
  for (const file of pages.filter((page) => !sheets.includes(page))) {
    const name = file.replace('.html', '');
    const path = join(dir, file);
    await checkQuietAndAccessible(browser, name, path);
    await checkNarrow(browser, name, path);
    // Every kind of stop is in the others; 60 points in six journeys only take long.
    if (name !== 'many') await checkKeyboard(browser, name, path);
    await checkPrint(browser, name, path);
  }
  await checkPicture(browser, join(dir, 'marketplace.html'));
  await checkHostile(browser, join(dir, 'hostile.html'));
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
console.log(`1..${count}`);
process.exit(failed ? 1 : 0);
