// SPDX-License-Identifier: GPL-3.0-or-later
// A workshop on devices in a browser: `node workshop.test.mjs PARALLAX`. Speaks TAP. With
// SCREENSHOTS=DIR it also writes pictures.
//
// Checks: a morning with two devices, a wall and who leads it: guesses are kept as
// they are given, also without network and over a reload; the wall and the devices follow; what is
// unsent is not lost when the workshop goes on; the reveal; by keyboard; axe-core on every page, light
// and dark; Arabic from right to left; 320 px without sideways scrolling; nothing from elsewhere.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch } = await import('./browser.mjs');
const { check, finish, map, violations } = await import('./sheet.mjs');
const { serve } = await import('./service.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-workshop-'));
const run = (...args) => execFileSync(parallax, args, { cwd: dir, encoding: 'utf8' });
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });
const shoot = (page, name) => pictures && page.screenshot({ path: join(pictures, `workshop-${name}.png`), fullPage: true });

const elsewhere = [];
const complaints = [];
async function open(browser, url, { width = 390, height = 844, dark = false, locale = 'en-GB', script = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale, javaScriptEnabled: script });
  const page = await context.newPage();
  page.on('request', (request) => { if (!request.url().startsWith(new URL(url).origin)) elsewhere.push(request.url()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => { if (!/Failed to load resource/.test(message.text())) complaints.push(message.text()); });
  await page.goto(url);
  return { page, context };
}

async function enter(page, { table = '1', who = 'Leaders', people = '7', person = '' } = {}) {
  await page.getByLabel('Number of your table').fill(table);
  await page.getByLabel(who, { exact: true }).check();
  await page.getByLabel('How many of you are at this table?').fill(people);
  await page.getByLabel('Your name or number').fill(person);
  await page.getByRole('button', { name: 'Join in' }).click();
  await page.waitForURL(/\/seat\//);
}

async function looks(page, name) {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, true);
  await page.emulateMedia({ colorScheme: 'light' });
  check(light.length + dark.length === 0, `${name}: axe-core, light and dark`, [...light, ...dark].join('\n'));
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= 320, `${name}: no sideways scrolling at 320 px`, `${wide}`);
  await page.setViewportSize(size);
  await shoot(page, name.replaceAll(' ', '-'));
}

const choice = (page, value, n = 0) => page.locator('#guess fieldset').nth(n).locator(`input[value="${value}"]`);
const seen = (page, text) => page.getByText(text).first().waitFor({ timeout: 20000 });

async function checkGuesses(browser, at, wall) {
  const { page, context } = await open(browser, at.join);
  await looks(page, 'joining');
  await enter(page, { person: 'Anna' });
  await choice(page, '8').check();
  await seen(page, 'Saved.');
  await looks(page, 'guessing');
  check(await page.getByText('Each number is kept as you choose it.').isVisible(), 'with scripts numbers are kept as they are chosen');
  check(await page.getByText('Of 10 customers, how many would say').isVisible() && (await page.locator('.tally').innerText()) === '6', 'the question, and of how many moments');
  await seen(wall, '1 / 6');
  check(true, 'the wall follows');
  await context.setOffline(true);
  await choice(page, '3', 1).check();
  await seen(page, 'No network.');
  check(true, 'without network the device says so');
  await context.setOffline(false);
  await seen(page, 'Saved.');
  await page.reload();
  check(await choice(page, '8').isChecked() && await choice(page, '3', 1).isChecked(), 'both guesses are kept');
  return { page, context };
}

// Nothing but keys: from the code to a guess.
async function checkKeys(browser, at) {
  const { page, context } = await open(browser, at.join);
  const type = async (text) => { await page.keyboard.press('Tab'); await page.keyboard.type(text); };
  await type('2');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await type('6');
  await type('Bert');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await Promise.all([page.waitForURL(/\/seat\//), page.keyboard.press('Enter')]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await seen(page, 'Saved.');
  check(await choice(page, '1').isChecked(), 'by keyboard: from the code to a guess');
  await context.close();
}

// Enough leaders for a common number, each with a device without scripts.
async function others(browser, at) {
  for (let i = 1; i <= 5; i += 1) {
    const { page, context } = await open(browser, at.join, { script: false });
    await enter(page, { table: '3', people: '5', person: String(i) });
    if (i === 1) check(!(await page.getByText('Each number is kept').isVisible()), 'without scripts no number is said to be kept by itself', `${await page.getByText('Without JavaScript').isVisible()}`);
    await choice(page, '7').check();
    await page.getByRole('button', { name: 'Save' }).click();
    check(await choice(page, '7').isChecked(), `without scripts: person ${i} guesses`);
    await context.close();
  }
}

async function checkQuestions(lead, anna, wall) {
  await looks(lead, 'leading');
  const lock = lead.getByRole('button', { name: 'Lock the guesses and go on' });
  check(!(await lock.first().isVisible()), 'nothing is locked by one press');
  await lead.getByText('To the questions').press('Enter');
  await lead.waitForTimeout(2500); // the page follows what happens
  check(await lock.first().isVisible(), 'the question stays open while others guess');
  await looks(lead, 'asked before locking');
  await lock.first().click();
  await seen(anna, 'Questions for your table');
  check(true, 'the device follows to the questions');
  await anna.getByLabel('What do we do well?').fill('Warm welcome\nFresh <b>bread');
  await anna.getByRole('button', { name: 'Send what the table says' }).click();
  await seen(anna, 'Fresh <b>bread');
  check(await anna.getByRole('button', { name: 'Take out' }).count() === 2, 'a line is an answer');
  check(await anna.getByLabel('What do we do well?').inputValue() === '', 'and is not there to be sent twice');
  await looks(anna, 'questions');
  await wall.getByRole('row', { name: /1 Leaders 7 2/ }).waitFor({ timeout: 20000 });
  const counted = await wall.getByRole('table').evaluate((one) => one.getBoundingClientRect().bottom);
  check(counted < 720, 'what tables have answered is in sight on a low screen', `${counted}`);
  await looks(wall, 'wall');
  await anna.getByLabel('What could be improved?').fill('The queue');
}

async function checkReveal(lead, anna, wall) {
  await lead.getByRole('button', { name: 'To the reveal' }).click();
  await seen(anna, 'The workshop goes on.');
  check(await anna.getByLabel('What could be improved?').inputValue() === 'The queue', 'what is unsent stays');
  await anna.getByRole('button', { name: 'Send what the table says' }).click();
  await seen(anna, 'Please look at the wall.');
  await seen(wall, 'In this room (Leaders):');
  check(!(await wall.getByText('Customers say').count()), 'first the guess');
  await lead.getByRole('button', { name: 'Show what they say' }).click();
  await seen(wall, 'Customers say');
  await seen(anna, 'Customers say');
  check((await anna.locator('#workshop').innerText()).includes('Your guess: 80 %'), 'beside the own guess');
  await looks(wall, 'reveal');
  await looks(anna, 'own guess');
  await looks(lead, 'leading the reveal');
  await lead.getByRole('button', { name: 'Next moment' }).click();
  await seen(wall, 'Moment 2');
  check(true, 'and on');
}

async function checkEnd(lead, anna) {
  await lead.getByText('End the workshop').first().click();
  await lead.getByRole('button', { name: 'End the workshop' }).click();
  await seen(anna, 'This workshop is over.');
  check(true, 'devices are told that it is over');
  run('export', 'house.plx', '-o', 'all.csv', '-q');
  const text = readFileSync(join(dir, 'all.csv'), 'utf8');
  check(text.includes('The queue') && text.includes('Fresh <b>bread'), 'all that was said is there', text.slice(0, 300));
}

// What stands above a row of numbers is a heading of it, and no button.
async function checkLevels(browser, url) {
  const { join: address } = JSON.parse(run('workshop', 'open', 'house.plx', '--workshop', 'Levels', '--predicted', '--base-url', url, '--format', 'json'));
  const { page, context } = await open(browser, address, { width: 390, height: 844 });
  await enter(page);
  const title = page.locator('.predicted legend span').first();
  check(await title.textContent() === 'Moment 1' && await title.evaluate((one) => getComputedStyle(one).borderTopWidth) === '0px',
    'asked for a level, too, a moment is named without a box');
  await looks(page, 'guessing levels');
  await context.close();
}

check(!/[<&]/.test(readFileSync(new URL('../../src/serve/workshop.js', import.meta.url), 'utf8')), 'workshop.js: what the page takes as it is');
writeFileSync(join(dir, 'map.yaml'), map(6));
const rows = Array.from({ length: 60 }, (_, i) => `customer,c${i},moment-1,${2 + (i % 3)}\ncustomer,c${i},moment-2,${3 + (i % 3)}`);
writeFileSync(join(dir, 'c.csv'), `audience,encounter,point,level\n${rows.join('\n')}\n`);
run('init', 'house.plx', '--map', 'map.yaml', '-q');
run('import', 'house.plx', 'c.csv', '-q');
const browser = await launch();
let server;
try {
  server = await serve(parallax, dir, 'house.plx');
  const at = JSON.parse(run('workshop', 'open', 'house.plx', '--workshop', 'Retreat', '--base-url', server.url, '--format', 'json'));
  const { page: wall } = await open(browser, at.wall, { width: 1280, height: 720 });
  const { page: lead } = await open(browser, at.lead, { width: 820, height: 1180 });
  await looks(wall, 'empty wall');
  const { page: anna } = await checkGuesses(browser, at, wall);
  await checkKeys(browser, at);
  await others(browser, at);
  const { page: arabic, context } = await open(browser, at.join, { locale: 'ar' });
  check(await arabic.evaluate(() => document.documentElement.dir) === 'rtl', 'Arabic: from right to left');
  await looks(arabic, 'Arabic');
  await context.close();
  await checkQuestions(lead, anna, wall);
  await checkReveal(lead, anna, wall);
  await checkEnd(lead, anna);
  await checkLevels(browser, server.url);
  check(elsewhere.length === 0, 'nothing is loaded from elsewhere', elsewhere.join('\n'));
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
}
finish();
