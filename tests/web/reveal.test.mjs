// SPDX-License-Identifier: GPL-3.0-or-later
// Guess and reveal in a browser: `node reveal.test.mjs WRITE-SAMPLES`. Speaks TAP.
//
// Checks: nothing but the file is loaded and nothing complained about; axe-core
// on every kind of screen, light and dark; a walk through all screens by keyboard, in which no truth
// is seen before its time; own guesses; narrow screens; without script; print. With SCREENSHOTS=DIR
// it also writes pictures.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { check, checkPrint, look, violations, withSamples } from './deck.mjs';

// What can be seen now: the screen's id, and whether its truth is there.
function state(page) {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll('.slide')].filter((slide) => slide.checkVisibility());
    const truth = [...document.querySelectorAll('.moment .truth')].filter((one) =>
      one.checkVisibility({ checkVisibilityCSS: true, visibilityProperty: true }));
    return {
      screens: seen.map((slide) => slide.id),
      truth: truth.length > 0,
      told: document.getElementById('told').textContent,
      focus: document.activeElement?.id,
    };
  });
}

// Of ten moments alike axe-core is asked about three, of other samples about one, first as guesses, then with
// the truth; about other screens of one id once.
const asked = new Set();

function isAsked(name, id) {
  if (/^m\d+$/.test(id)) return (name === 'full' ? /^m[1-3]$/ : /^m1$/).test(id) && name !== 'down'; // as stars
  const again = asked.has(id) && name !== 'hostile';
  asked.add(id);
  return !again;
}

async function checkWalk(browser, name, file) {
  const { page, context, requests, complaints } = await look(browser, file, { width: 1280, height: 720 });
  const screens = await page.$$eval('.slide', (all) => all.map((one) => [one.id, one.matches('.moment')]));
  const wrong = [];
  const found = [];
  for (const [id, moment] of screens) {
    const ask = isAsked(name, id);
    let now = await state(page);
    if (ask) found.push(...(await violations(page)).map((one) => `${id}: ${one}`));
    if (now.screens.join() !== id) wrong.push(`${id}: shows ${now.screens.join()}`);
    if (moment) {
      if (now.truth || now.told.includes('They said')) wrong.push(`${id}: tells too early`);
      await page.keyboard.press('Space');
      now = await state(page);
      if (!now.truth) wrong.push(`${id}: does not tell`);
      if (now.screens.join() !== id) wrong.push(`${id}: goes on too early`);
      if (ask) {
        await page.waitForTimeout(400); // it fades in
        found.push(...(await violations(page)).map((one) => `${id}, told: ${one}`));
      }
    }
    await page.keyboard.press('ArrowRight');
  }
  check(wrong.length === 0, `${name}: the keyboard walks through ${screens.length} screens, truth second`, wrong.join('\n'));
  check(found.length === 0, `${name}: axe-core, light`, found.join('\n'));
  const last = await state(page);
  check(last.screens.join() === screens.at(-1)[0], `${name}: and stays at the last`, last.screens.join());
  for (let i = 0; i < 2 * screens.length; i += 1) await page.keyboard.press('ArrowLeft');
  check((await state(page)).screens.join() === 'start', `${name}: and back to the first`);
  check(requests.length === 1, `${name}: loads nothing but itself`, requests.join('\n'));
  check(complaints.length === 0, `${name}: the browser has no complaints`, complaints.join('\n'));
  await context.close();
}

async function checkDark(browser, name, file) {
  const { page, context } = await look(browser, file, { width: 1280, height: 720, dark: true });
  const screens = await page.$$eval('.slide', (all) => all.map((one) => one.id));
  const found = [];
  for (const id of screens) {
    if (!(name === 'full' ? /^m([4-9]|\d\d)$/ : /^m([2-9]|\d\d)$/).test(id)) {
      found.push(...(await violations(page, true)).map((one) => `${id}: ${one}`));
      if (id.startsWith('m')) {
        await page.keyboard.press('Space');
        await page.waitForTimeout(400); // it fades in
        found.push(...(await violations(page, true)).map((one) => `${id}, told: ${one}`));
      }
    } else {
      await page.keyboard.press('Space');
    }
    await page.keyboard.press('ArrowRight');
  }
  check(found.length === 0, `${name}: axe-core, dark`, found.join('\n'));
  await context.close();
}

// Everything of a moment is on the screen of a projector; what is narrow scrolls down only.
async function checkFits(browser, name, file) {
  for (const [width, height] of [[1280, 720], [1920, 1080], [390, 844]]) {
    const { page, context } = await look(browser, file, { width, height });
    const moments = await page.$$eval('.moment', (all) => all.length);
    const wrong = [];
    for (let i = 0; i < moments; i += 1) {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const room = await page.$eval('.slide.now', (one) => [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth]);
      if (room[1] > 0 || (width > 1000 && room[0] > 0)) wrong.push(`moment ${i + 1}: ${room}`);
    }
    check(wrong.length === 0, `${name}: moments fit on ${width} x ${height}`, wrong.join('\n'));
    await context.close();
  }
}

async function checkKeys(browser, file) {
  const { page, context } = await look(browser, file, { width: 1280, height: 720 });
  await page.keyboard.press('End');
  check((await state(page)).screens.join() === 'numbers', 'full: End goes to the last screen');
  await page.keyboard.press('Home');
  check((await state(page)).screens.join() === 'start', 'full: Home goes to the first');
  await page.keyboard.press('?');
  check(await page.getByRole('dialog', { name: 'Keys' }).isVisible(), 'full: ? shows the keys');
  await page.keyboard.press('ArrowRight');
  check((await state(page)).screens.join() === 'start', 'full: and keeps the screen meanwhile');
  await page.keyboard.press('Escape');
  check(!await page.locator('dialog').isVisible(), 'full: Escape closes them');
  await page.getByRole('button', { name: 'Next' }).click();
  check((await state(page)).screens.join() === 'm1', 'full: buttons do the same');
  await page.getByRole('button', { name: 'What did they say?' }).click();
  const now = await state(page);
  check(now.truth && now.told.includes('They said 3 in 10'), 'full: the truth is said to screen readers', now.told);
  await page.evaluate(() => { globalThis.printed = 0; globalThis.print = () => { globalThis.printed += 1; }; });
  await page.keyboard.press('p');
  check(await page.evaluate(() => globalThis.printed) === 1, 'full: P prints');
  await page.reload();
  check((await state(page)).screens.join() === 'm1', 'full: a reload stays at the screen');
  await page.goto(`${page.url().split('#')[0]}#g0-p3`);
  check((await state(page)).screens.join() === 'numbers', 'full: a point of the picture leads to its row');
  await context.close();
}

async function checkOwn(browser, file) {
  const { page, context } = await look(browser, file, { width: 1280, height: 720 });
  const strong = page.locator('.slide.now .guess .say strong');
  const verdict = page.locator('.slide.now .verdict');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('8');
  check(await strong.textContent() === '8 in 10', 'hidden: a digit is the own guess');
  check(await page.locator('.slide.now .guess .person.full').count() === 8, 'hidden: eight little figures');
  await page.keyboard.press('ArrowRight');
  check(await verdict.textContent() === '50 in 100 fewer than you guessed.', 'hidden: and stands beside the truth', await verdict.textContent());
  await page.getByRole('button', { name: '3', exact: true }).click();
  check(await verdict.textContent() === 'Your guess lies within the range of what they said.', 'hidden: a button changes it', await verdict.textContent());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('1');
  await page.keyboard.press('0');
  check(await strong.textContent() === '10 in 10', 'hidden: 1 and 0 are ten');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('9');
  while ((await state(page)).screens.join() !== 'order') await page.keyboard.press('ArrowRight');
  // 3 for 30 %, 10 for 80 %, 9 for 80 %: of three pairs two agree, one is a tie of theirs.
  const order = await page.locator('.own-order').textContent();
  check(order === "Your own guesses put 3 moments in almost their order (Kendall's tau 0.82). Nobody else sees this.", 'hidden: the own order', order);
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  check(kept.join() === '0,0,', 'hidden: nothing is saved', kept.join());
  await context.close();
}

async function checkWithoutScript(browser, name, file) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  const slides = await page.locator('.slide').count();
  const seen = await page.locator('.slide:visible').count();
  check(slides > 0 && seen === slides, `${name}: without script all ${slides} parts are there`, `${seen}`);
  check(!await page.locator('#bar').isVisible(), `${name}: and no button that does nothing`);
  await context.close();
}

async function checkHostile(browser, file) {
  const { page, context } = await look(browser, file);
  const found = await page.evaluate(() => [document.scripts.length, document.images.length,
    document.body.textContent.includes('<script>alert(1)</script>')]);
  check(found.join() === '1,0,true', 'hostile: titles make no elements', found.join());
  await context.close();
}

async function screenshots(browser, file, out) {
  mkdirSync(out, { recursive: true });
  const { page, context } = await look(browser, file, { width: 1280, height: 720 });
  await page.keyboard.press('ArrowRight');
  await page.screenshot({ path: join(out, 'reveal-guess.png') });
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(out, 'reveal-truth.png') });
  await context.close();
}

await withSamples(process.argv[2], '.reveal', async (browser, names, file) => {
  for (const name of ['full', ...names.filter((one) => one !== 'full')]) {
    await checkWalk(browser, name, file(name));
    await checkWithoutScript(browser, name, file(name));
  }
  for (const name of ['full', 'hidden']) await checkDark(browser, name, file(name));
  for (const name of ['full', 'hidden', 'hostile', 'marks']) await checkFits(browser, name, file(name));
  await checkKeys(browser, file('full'));
  await checkOwn(browser, file('hidden'));
  for (const name of ['full', 'hidden']) await checkPrint(browser, name, file(name), 5, '.slide, .moment .side.truth');
  await checkHostile(browser, file('hostile'));
  if (process.env.SCREENSHOTS) await screenshots(browser, file('full'), resolve(process.env.SCREENSHOTS));
});
