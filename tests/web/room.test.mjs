// SPDX-License-Identifier: GPL-3.0-or-later
// The page of a workshop in a browser: `node room.test.mjs WRITE-SAMPLES`. Speaks TAP.
//
// Checks: nothing but the file is loaded and nothing complained about; a walk
// through all screens by keyboard, each of which fits on a projector; axe-core, light and dark;
// narrow screens; without script; print. With SCREENSHOTS=DIR it also writes pictures.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { check, checkPrint, look, violations, withSamples } from './deck.mjs';

// What can be seen now, and what is too large for it.
function state(page) {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll('.slide')].filter((slide) => slide.checkVisibility());
    const now = seen[0];
    return {
      screens: seen.map((slide) => slide.id).join(),
      over: [now.scrollHeight - now.clientHeight, now.scrollWidth - now.clientWidth],
      focus: document.activeElement?.id,
    };
  });
}

// Screens of one id are made alike: axe-core is asked once, with --long of samples that are large or hostile again; and of other
// samples how they look on a telephone and without a script.
const isLong = Boolean(process.env.PLX_LONG);
const asked = new Set();

async function checkWalk(browser, name, file) {
  const { page, context, requests, complaints } = await look(browser, file, { width: 1280, height: 720 });
  const screens = await page.$$eval('.slide', (all) => all.map((one) => one.id));
  const wrong = [];
  const found = [];
  let looked = 0;
  for (const id of screens) {
    const now = await state(page);
    if (now.screens !== id) wrong.push(`${id}: shows ${now.screens}`);
    if (now.over[0] > 0 || now.over[1] > 0) wrong.push(`${id}: too large by ${now.over}`);
    if (!asked.has(id) || (isLong && ['many', 'hostile'].includes(name))) {
      found.push(...(await violations(page)).map((one) => `${id}: ${one}`));
      asked.add(id);
      looked += 1;
    }
    await page.keyboard.press('ArrowRight');
  }
  check(wrong.length === 0, `${name}: the keyboard walks through ${screens.length} screens, each fits`, wrong.join('\n'));
  if (looked) check(found.length === 0, `${name}: axe-core, light, ${looked} screens`, found.join('\n'));
  check((await state(page)).screens === screens.at(-1), `${name}: and stays at the last`);
  const local = requests.filter((url) => !url.startsWith('data:'));
  check(local.length === 1 && complaints.length === 0, `${name}: loads nothing, complains of nothing`, [...local, ...complaints].join('\n'));
  await context.close();
}

async function checkDark(browser, name, file) {
  const { page, context } = await look(browser, file, { width: 1280, height: 720, dark: true });
  const found = [];
  for (const id of await page.$$eval('.slide', (all) => all.map((one) => one.id))) {
    found.push(...(await violations(page, true)).map((one) => `${id}: ${one}`));
    await page.keyboard.press('ArrowRight');
  }
  check(found.length === 0, `${name}: axe-core, dark`, found.join('\n'));
  await context.close();
}

// On a telephone what is wide scrolls in its own place, or the screen scrolls down.
async function checkNarrow(browser, name, file) {
  const { page, context } = await look(browser, file, { width: 390, height: 844 });
  const wrong = [];
  for (const id of await page.$$eval('.slide', (all) => all.map((one) => one.id))) {
    const now = await state(page);
    if (now.over[1] > 0) wrong.push(`${id}: too wide by ${now.over[1]}`);
    await page.keyboard.press('ArrowRight');
  }
  check(wrong.length === 0, `${name}: fits on 390 x 844`, wrong.join('\n'));
  await context.close();
}

async function checkWithoutScript(browser, name, file) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  const hidden = await page.locator('.slide:not(:visible), .rest:not(:visible)').count();
  check(hidden === 0 && !await page.locator('#bar').isVisible(), `${name}: without script all stands one below the other`, hidden);
  await context.close();
}

async function checkMore(browser, file) {
  const { page, context } = await look(browser, file, { width: 1280, height: 720 });
  await page.keyboard.press('ArrowRight');
  const rows = await page.$$eval('.slide.now tbody tr', (all) => [all.length, all.filter((one) => one.checkVisibility()).length]);
  check(rows.join() === '40,5', 'many: a screen shows five themes of forty', rows.join());
  await page.emulateMedia({ media: 'print' });
  const printed = await page.$$eval('#all tbody tr', (all) => all.filter((one) => one.checkVisibility()).length);
  check(printed === 40, 'many: the hand-out has them all', printed);
  await context.close();
}

async function checkBrand(browser, file) {
  const { page, context } = await look(browser, file, { width: 1280, height: 720 });
  const logo = await page.$eval('.brand img', (one) => one.complete && one.naturalWidth > 0 && one.getBoundingClientRect().height > 20);
  check(logo, 'full: the logo is shown');
  await page.keyboard.press('End');
  check((await state(page)).screens === 'closing', 'full: the client has the last word');
  await context.close();
}

async function checkHostile(browser, file) {
  const { page, context } = await look(browser, file);
  const found = await page.evaluate(() => [document.scripts.length, document.images.length,
    document.body.textContent.includes('<script>alert(1)</script>')]);
  check(found.join() === '1,0,true', 'hostile: words make no elements', found.join());
  await context.close();
}

async function screenshots(browser, file, out) {
  mkdirSync(out, { recursive: true });
  const { page, context } = await look(browser, file, { width: 1280, height: 720 });
  for (const id of ['start', 'all', 'only', 'contested']) {
    await page.goto(`file://${file}#${id}`);
    await page.screenshot({ path: join(out, `room-${id}.png`) });
  }
  await context.close();
}

await withSamples(process.argv[2], '.room', async (browser, names, file) => {
  for (const name of ['full', ...names.filter((one) => one !== 'full')]) {
    await checkWalk(browser, name, file(name));
    if (!isLong && !['full', 'many', 'hostile'].includes(name)) continue;
    await checkWithoutScript(browser, name, file(name));
    await checkNarrow(browser, name, file(name));
  }
  for (const name of isLong ? ['full', 'many', 'alone'] : ['full']) await checkDark(browser, name, file(name));
  await checkPrint(browser, 'full', file('full'), 5);
  await checkPrint(browser, 'many', file('many'), 8);
  await checkMore(browser, file('many'));
  await checkBrand(browser, file('full'));
  await checkHostile(browser, file('hostile'));
  if (process.env.SCREENSHOTS) await screenshots(browser, file('full'), resolve(process.env.SCREENSHOTS));
});
