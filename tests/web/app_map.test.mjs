// SPDX-License-Identifier: GPL-3.0-or-later
// The map editor as people use it: `node app_map.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: all of it by keyboard, and by mouse; what happens to answers; two people at once; that what was done is in
// the workspace, by the shell; axe-core, light and dark; 320 px; no complaints of the browser.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch } = await import('./browser.mjs');
const { serve } = await import('./service.mjs');
const { check, finish, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-map-'));
const complaints = [];

const shell = (...args) => execFileSync(parallax, args, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const map = () => JSON.parse(shell('map', 'show', 'shop.plx', '--format', 'json')).map;
const outline = () => map().journeys.map((journey) => `${journey.title}: ${journey.transactions
  .map((one) => `${one.title} (${one.points.map((point) => point.title ?? `-> ${point.use}`).join(', ')})`).join(' ')}`).join('; ');

function workspace() {
  writeFileSync(join(dir, 'map.yaml'), `parallax: 1
title: Bakery
journeys:
  - title: Buying
    transactions:
      - {title: Inside, points: [Smell, Queue, Greeting]}
      - {title: Outside, points: [Bread]}
promises:
  - {id: fresh, words: Always fresh, points: [bread]}
`);
  const rows = ['smell', 'smell', 'queue', 'greeting', 'bread', 'bread', 'bread'].map((point, i) => `customer,e${i},r${i},2026-01-0${i + 1},${point},4`);
  writeFileSync(join(dir, 'a.csv'), `audience,encounter,respondent,time,point,level\n${rows.join('\n')}\n`);
  shell('init', 'shop.plx', '--map', 'map.yaml');
  shell('import', 'shop.plx', 'a.csv');
}

async function open(browser, server, first) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(first ? server.address('/setup/') : `${server.url}/login`);
  await page.fill('input[name=login]', 'ruth');
  for (const field of await page.$$('input[type=password]')) await field.fill('hop on the bus');
  await Promise.all([page.waitForNavigation(), page.locator('main form').first().locator('button').first().click()]);
  page.on('console', (message) => { // signing in ends at the picture, for which there are too few answers
    if (!/\/(file\/report|command\/next)/.test(message.location().url)) complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${server.url}/app/ask/map`);
  await page.getByRole('tree').waitFor();
  return page;
}

const seen = (locator) => locator.first().waitFor({ timeout: 5000 }).then(() => true, () => false);
const row = (page, name) => page.getByRole('treeitem', { name: new RegExp(`^${name}\\s*, `) });
const rows = (page) => page.locator('.map-row:not(.is-group, .is-map)').evaluateAll((all) => all.map((one) => one.querySelector('.map-name')?.textContent).join(', '));

async function lookAt(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name.replace(/\W+/g, '-')}.png`), fullPage: true });
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  const found = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...await violations(page, true));
  await page.emulateMedia({ colorScheme: 'light' });
  check(found.length === 0 && !wide, `${name}: axe-core, light and dark, and no wider than the page`, found.join('\n') || 'too wide');
}

// Saves by keyboard, and waits until it says so.
async function save(page) {
  await page.keyboard.press('Control+s');
  await page.getByText(/^Saved as map/).waitFor();
  return page.getByText(/^Saved as map/).textContent();
}

async function byKeyboard(page) {
  await row(page, 'Buying').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  check(await page.evaluate('document.activeElement.textContent').then((text) => text.includes('Smell')), 'arrows go through the tree');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Light');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Music');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  check(await rows(page) === 'Buying, Inside, Smell, Light, Music, Queue, Greeting, Outside, Bread, Always fresh', 'Enter: one after the other', await rows(page));
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('F2');
  await page.keyboard.type('Quiet music');
  await page.keyboard.press('Enter');
  check((await rows(page)).includes('Light, Queue, Quiet music, Greeting'), 'moved and renamed', await rows(page));
  await page.keyboard.press('Alt+ArrowLeft');
  check(await row(page, 'Quiet music').getAttribute('aria-level') === '2', 'outwards: a transaction');
  await page.keyboard.press('Alt+ArrowRight');
  check(await row(page, 'Quiet music').getAttribute('aria-level') === '3', 'and inwards again');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  check((await rows(page)).includes('Light, Queue, Music, Greeting'), 'steps back', await rows(page));
  await page.keyboard.press('Control+Shift+z');
  check(await page.getByText('4 changes not saved yet').count() === 1, 'and forth; they are counted', await page.locator('.map-count').textContent());
  await lookAt(page, 'outline with changes');
  await save(page);
  check(outline() === 'Buying: Inside (Smell, Light, Queue, Quiet music, Greeting) Outside (Bread)', 'it is in the workspace', outline());
}

// A row that one leaves without a title goes, and what one clicks for that is clicked.
async function blank(page) {
  const before = await rows(page);
  const add = async () => {
    await row(page, 'Queue').click();
    await page.getByRole('button', { name: 'New below' }).click();
    await page.locator('.map-title-input').waitFor();
  };
  await add();
  await page.getByRole('button', { name: 'Take away…' }).click();
  check(await rows(page) === before, 'what is taken away is the row without a title, not the one above', await rows(page));
  await add();
  await row(page, 'Bread').click();
  await page.locator('.map-title-input').waitFor({ state: 'detached' });
  check(await rows(page) === before && await row(page, 'Bread').getAttribute('aria-selected') === 'true', 'a click elsewhere chooses what is clicked', await rows(page));
  await add();
  await page.getByRole('button', { name: 'New below' }).click();
  await page.keyboard.type('Candle');
  await save(page);
  check(outline().includes('Queue, Candle, Quiet music'), 'Ctrl+S while one types saves that, too', outline());
  await page.waitForFunction(() => document.querySelector('.map-row.chosen')?.textContent.includes('Candle'));
  await row(page, 'Candle').click();
  await page.keyboard.press('Delete');
  await save(page);
  check(await rows(page) === before, 'and it is taken away', await rows(page));
}

async function details(page) {
  await row(page, 'Bread').click();
  await page.getByRole('button', { name: 'Taste' }).click();
  await page.getByRole('button', { name: 'Smell', exact: true }).click();
  await page.getByLabel('Where it happens').fill('shop, home');
  await page.getByLabel('Level to aim at', { exact: true }).selectOption('5');
  await page.getByLabel('3 Expected').fill('Crisp');
  await page.getByText('Language of the texts: en').click();
  await page.getByLabel('Another language').fill('de');
  await page.getByRole('button', { name: 'Write in it' }).click();
  await page.getByLabel('Title (de)', { exact: true }).fill('Brot');
  await page.getByLabel('Language of the texts', { exact: true }).selectOption('en');
  await lookAt(page, 'details');
  await save(page);
  const bread = map().journeys[0].transactions[1].points[0];
  check(JSON.stringify(bread) === JSON.stringify({ id: 'bread', title: { en: 'Bread', de: 'Brot' }, senses: ['taste', 'smell'], channels: ['shop', 'home'], levels: { 3: 'Crisp' }, target: 5 }),
    'senses, channels, anchor, target, a second language', JSON.stringify(bread));
}

// What becomes of answers is said, and so it is.
async function answers(page) {
  await row(page, 'Smell').focus();
  await page.keyboard.press('Delete');
  check(await page.getByText('Its answers so far (2) stay with it.').count() === 1, 'taking away says what happens to answers');
  await lookAt(page, 'take away');
  await page.getByRole('button', { name: 'Take it away' }).click();
  await row(page, 'Light').focus();
  await page.keyboard.press('Delete');
  check(!(await rows(page)).includes('Light'), 'without answers it goes at once');
  await row(page, 'Queue').click();
  await page.getByRole('button', { name: 'Merge…' }).click();
  await page.getByLabel('Which point goes on?').selectOption({ label: 'Greeting' });
  check(await page.getByText('Its answers so far (1) move along to “Greeting”').count() === 1, 'merging says it');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await row(page, 'Bread').click();
  await page.getByRole('button', { name: 'Split…' }).click();
  await page.getByRole('textbox', { name: 'The first' }).fill('Crust');
  await page.getByRole('textbox', { name: 'The second' }).fill('Crumb');
  await lookAt(page, 'split');
  await page.getByRole('button', { name: 'Split', exact: true }).click();
  await page.getByText('What saving would change').waitFor();
  await save(page);
  const now = map();
  const points = now.journeys[0].transactions.flatMap((one) => one.points).map((point) => `${point.id} ${point.was ?? ''}`.trim());
  check(points.join(', ') === 'quiet-music, greeting queue, crust bread, crumb bread' && JSON.stringify(now.retired) === '{"points":[{"id":"smell","title":"Smell"}]}'
    && now.promises[0].points.join() === 'crust,crumb', 'retired, merged and split', JSON.stringify([points, now.retired, now.promises]));
}

async function wrongs(page) {
  await row(page, 'Outside').click();
  await page.getByRole('button', { name: 'New below' }).click();
  await page.keyboard.type('Later');
  await page.keyboard.press('Tab');
  check(await seen(page.getByText('“Later” has no point yet')), 'what is wrong is said while one types');
  await page.getByRole('button', { name: 'Save' }).click();
  check(await page.getByText(/^Saved as map/).count() === 0, 'and it is not saved');
  await page.getByRole('button', { name: 'Discard all' }).click();
  await row(page, 'Always fresh').click();
  for (const name of ['Crust', 'Crumb']) await page.getByLabel(name).uncheck();
  check(await seen(page.getByText('“Always fresh” is about no point')), 'a promise about nothing, too');
  await page.getByRole('button', { name: 'Discard all' }).click();
  check(await page.getByText('not saved yet').count() === 0, 'all is as it was');
}

async function paste(page) {
  await page.getByRole('button', { name: 'Paste an outline…' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('Returning\n  At home\n    - Stale\n    - Missing\n  Back again\n    Sorry');
  await lookAt(page, 'paste');
  await page.getByRole('button', { name: 'Add it' }).click();
  await save(page);
  check(outline().endsWith('Returning: At home (Stale, Missing) Back again (Sorry)'), 'an outline becomes a journey', outline());
}

async function canvas(page) {
  await page.getByRole('link', { name: 'Canvas' }).click();
  const card = (name) => page.locator('button.map-card').filter({ hasText: name });
  await card('Stale').focus();
  await card('Stale').click();
  await page.keyboard.press('Alt+ArrowRight');
  check(await page.evaluate('document.activeElement.textContent').then((text) => text.includes('Stale')), 'what moved is focused still');
  await card('Missing').dragTo(card('Sorry'), { targetPosition: { x: 30, y: 4 } });
  await lookAt(page, 'canvas');
  check(await page.locator('.map-column').filter({ hasText: 'Back again' }).locator('.map-card .map-name').allTextContents().then((all) => all.join()) === 'Back again,Stale,Missing,Sorry',
    'moved by keyboard, and dragged', (await page.locator('.map-column').allTextContents()).join('; '));
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.getByRole('link', { name: 'Outline' }).click();
}

// Different things are put together; the same is to be chosen.
async function two(page, other) {
  await other.reload();
  await other.getByRole('tree').waitFor();
  await row(page, 'Sorry').click();
  await page.getByLabel('Title', { exact: true }).fill('An excuse');
  await save(page);
  await row(other, 'Stale').click();
  await other.getByLabel('Title', { exact: true }).fill('Old bread');
  const told = await save(other);
  check(told.includes('together with what others changed') && outline().includes('At home (Old bread, Missing) Back again (An excuse)'), 'two people lose nothing', outline());
  await row(page, 'Missing').click();
  await page.getByLabel('Title', { exact: true }).fill('Too little');
  await row(other, 'Missing').click();
  await other.getByLabel('Title', { exact: true }).fill('Not enough');
  await save(other);
  await page.keyboard.press('Control+s');
  await page.getByText('Others changed the same', { exact: true }).waitFor();
  await lookAt(page, 'conflict');
  check(await page.getByText('As it is now: “Not enough”').count() === 1, 'both are shown');
  await page.getByText('As you have it: “Too little”').click();
  await page.getByRole('button', { name: 'Save it so' }).click();
  await page.getByText(/^Saved as map/).waitFor();
  check(outline().includes('At home (Old bread, Too little)'), 'and one is taken', outline());
}

async function history(page) {
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByText('by ruth').first().waitFor();
  await lookAt(page, 'history');
  await page.getByRole('button', { name: 'Bring this map back: Map 1', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await save(page);
  check(outline() === 'Buying: Inside (Smell, Queue, Greeting) Outside (Bread)', 'an older one, as a new change', outline());
  check(shell('map', 'log', 'shop.plx').includes('map.json'), 'the log has all of it');
}

// Answers that come while somebody edits keep their place.
async function meanwhile(page) {
  await row(page, 'Bread').click();
  await page.getByRole('button', { name: 'New below' }).click();
  await page.keyboard.type('Cake');
  await page.keyboard.press('Tab');
  await save(page);
  await row(page, 'Cake').click();
  writeFileSync(join(dir, 'b.csv'), 'audience,encounter,respondent,time,point,level\ncustomer,f1,s1,2026-02-01,cake,5\n');
  shell('import', 'shop.plx', 'b.csv');
  await page.keyboard.press('Delete');
  check(!(await rows(page)).includes('Cake') && await seen(page.getByText('There are answers about “cake”, which is not on the map.')), 'answers that came meanwhile are told');
  const said = complaints.splice(0);
  check(said.every((text) => text.includes('400')), 'and the browser complains of nothing else', said.join('\n'));
  await page.getByRole('button', { name: 'Keep them: it is no longer asked' }).click();
  await page.getByText('What saving would change').waitFor();
  await save(page);
  check(JSON.stringify(map().retired.points).includes('"cake"'), 'and kept by one press', JSON.stringify(map().retired));
}

// What is not saved outlives a look at something else, and the browser asks before it is lost.
async function leaving(page) {
  await row(page, 'Bakery').click();
  await page.getByLabel('Title', { exact: true }).fill('The bakery');
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Next' }).waitFor();
  await page.goBack();
  check(await seen(page.getByText('1 change not saved yet')), 'what is not saved is there still');
  const asked = new Promise((done) => page.once('dialog', (dialog) => { done(dialog.type()); void dialog.dismiss(); }));
  page.reload().catch(() => undefined); // does not happen
  check(await asked === 'beforeunload', 'the browser asks before it is lost');
  await save(page);
  check(map().title === 'The bakery', 'the map itself has another title');
}

// Who goes on while it is being saved loses nothing of it, and what was saved keeps its ids.
async function goingOn(page) {
  await row(page, 'Bread').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Paper bag');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  let go;
  const held = new Promise((done) => { go = done; });
  await page.route('**/command/map/apply', async (route) => {
    if (!JSON.parse(route.request().postData()).options['dry-run']) await held;
    await route.continue();
  });
  await row(page, 'Paper bag').focus();
  await page.keyboard.press('Control+s');
  await page.waitForFunction(() => document.querySelector('.map-bar [aria-busy]'));
  await page.keyboard.press('F2');
  await page.keyboard.press('End');
  await page.keyboard.type(' with a handle');
  await page.keyboard.press('Enter');
  go();
  check(await seen(page.getByText(/^Saved as map/)), 'what was sent is saved');
  await page.unroute('**/command/map/apply');
  check(await seen(row(page, 'Paper bag with a handle')) && await seen(page.getByText('1 change not saved yet')), 'what came since is there, and not saved',
    await rows(page));
  const first = map().journeys[0].transactions[1].points.find((point) => point.title === 'Paper bag');
  await row(page, 'Paper bag with a handle').focus();
  await save(page);
  const last = map().journeys[0].transactions[1].points.filter((point) => /^Paper bag/.test(point.title));
  check(first && last.length === 1 && last[0].id === first.id && last[0].title === 'Paper bag with a handle', 'it is saved in its turn, as what it was',
    JSON.stringify([first, last]));
}

async function small(page) {
  await page.setViewportSize({ width: 320, height: 640 });
  await row(page, 'Queue').click();
  await page.evaluate('scrollTo(0, 0)');
  await lookAt(page, 'outline on a phone');
  await page.getByRole('link', { name: 'Canvas' }).click();
  await lookAt(page, 'canvas on a phone');
}

workspace();
const server = await serve(parallax, dir, 'shop.plx');
const browser = await launch();
try {
  const page = await open(browser, server, true);
  await lookAt(page, 'outline');
  await byKeyboard(page);
  await blank(page);
  await details(page);
  await answers(page);
  await wrongs(page);
  await paste(page);
  await canvas(page);
  await two(page, await open(browser, server, false));
  await history(page);
  await meanwhile(page);
  await leaving(page);
  await goingOn(page);
  await small(page);
  check(complaints.length === 0, 'the browser has nothing to complain about', complaints.join('\n'));
} finally {
  await browser.close();
  await server.stop();
  rmSync(dir, { recursive: true });
}
finish();
