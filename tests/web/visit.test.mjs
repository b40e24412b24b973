// SPDX-License-Identifier: GPL-3.0-or-later
// A visit told on a phone: `node visit.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: the scripts' types; a visit told with pictures while the server and the network go away in
// the middle, the browser is closed, opened again without a network, and all of it arrives exactly
// once, also where an answer was lost or never came, or more was noted meanwhile; one that came back; a link that is void; a file that goes on
// on another phone; a walk by keyboard alone; axe-core on every view, light and dark; narrow phones;
// words that would be code. With SCREENSHOTS=DIR it also writes pictures.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

await import('./chromium.mjs'); // or skip
const require = createRequire(import.meta.url);
const { check, finish, violations } = await import('./sheet.mjs');
const { phone, png } = await import('./phone.mjs');
const { serve } = await import('./service.mjs');
const here = dirname(fileURLToPath(import.meta.url));
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-visit-'));
const env = { ...process.env, USER: 'anna' };
const run = (...words) => execFileSync(parallax, words, { cwd: dir, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const shown = (visit) => JSON.parse(run('visit', 'show', 'house.plx', visit, '--format', 'json'));
const rows = (sql) => run('sql', 'house.plx', sql, '--format', 'csv').trim().split('\n').slice(1);
const out = process.env.SCREENSHOTS ? resolve(process.env.SCREENSHOTS) : null;

const MAP = `parallax: 1
title: The house
journeys:
  - id: stay
    title: A stay
    transactions:
      - title: Arriving
        points:
          - {id: find, title: Finding the house}
          - {id: welcome, title: The welcome at the desk, levels: {3: Greeted and handled, 6: Known by name}}
      - title: The night
        points:
          - {id: room, title: The first look at the room}
          - {id: quiet, title: How quiet it is}
tasks:
  - {id: greet, title: Greet within ten seconds, points: [welcome]}
promises:
  - {id: silent, title: You sleep in silence, points: [quiet]}
`;

function checkTypes(lib, ...names) {
  const scripts = names.map((name) => resolve(here, '../../src/serve/web', name));
  const result = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmit',
    '--allowJs', '--checkJs', '--strict', '--noUnusedLocals', '--noImplicitReturns', '--target',
    'es2022', '--lib', lib, ...scripts], { encoding: 'utf8' });
  check(result.status === 0, `${names.join(', ')}: tsc --checkJs --strict`, result.stdout);
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const titled = (page, text) => page.getByRole('heading', { name: text, exact: true, level: 1 }).waitFor();
const title = (page) => page.locator('h1').textContent();
const picture = (name, colour) => ({ name, mimeType: 'image/png', buffer: png(1800, 40, colour) });

async function shoot(page, name) {
  if (!out) return;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: join(out, `visit-${name}.png`), fullPage: true });
}

// Every view once: axe-core, nothing wider than the phone.
async function look(page, name, found) {
  found.push(...(await violations(page)).map((one) => `${name}: ${one}`));
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...(await violations(page, true)).map((one) => `${name}, dark: ${one}`));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 640 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) found.push(`${name}: ${over} px too wide at 320 px`);
  await page.setViewportSize({ width: 390, height: 844 });
  await shoot(page, name);
}

// The visit -----------------------------------------------------------------------------------

async function begin(page, url) {
  await page.goto(url);
  await page.getByLabel('Nothing: I do not work there').check();
  await page.getByText('This page now works without a network.').waitFor();
}

// Everything that was typed is on the disk of the phone.
const kept = (page) => page.waitForFunction(async (path) => {
  const open = indexedDB.open('parallax-visits', 1);
  const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const get = base.transaction('drafts').objectStore('drafts').get(path);
  const draft = await new Promise((done) => { get.onsuccess = () => done(get.result); });
  base.close();
  const field = document.querySelector('textarea');
  return draft && (!field || draft.moments.some(({ words }) => words === field.value));
}, new URL(page.url()).pathname);

async function tellOffline(folder, url, server, found) {
  const { context, page } = await phone(folder);
  await begin(page, url);
  await look(page, 'brief', found);
  await press(page, 'Begin');
  await titled(page, 'What happened, in order');
  check(await page.getByText('Nothing is noted yet.').isVisible(), 'the brief leads to what happened');
  await press(page, 'Note a moment');
  await press(page, 'Done');
  const which = page.getByLabel('Which moment?');
  check(await title(page) === 'A moment' && await page.getByRole('alert').filter({ hasText: 'Please choose which moment this is.' }).isVisible()
    && await which.evaluate((one) => one === document.activeElement), 'a moment that is none is asked for, where it is missed');
  await look(page, 'nameless', found);
  await which.selectOption('find');
  await page.getByLabel('When?').fill('2026-12-02T15:05');
  await page.getByLabel('Yes, a good one').check();
  await page.getByLabel('What happened?').fill('A boy led me to the door.');
  await page.getByLabel('Pictures').setInputFiles([picture('door.png', [200, 30, 30])]);
  await page.getByRole('img', { name: 'Picture 1' }).waitFor();
  await look(page, 'moment', found);
  await kept(page);
  await press(page, 'Done');

  await context.setOffline(true);
  await server.stop();
  await press(page, 'Note a moment');
  await page.getByLabel('When?').fill('2026-12-02T15:20');
  await page.getByLabel('Which moment?').selectOption('A moment that is not on the list');
  await page.getByLabel('What is it called?').fill('A cat on <b>the</b> stairs');
  await page.getByLabel('I hesitated').check();
  await page.getByLabel('What happened?').fill('It would not move. "><script>alert(1)</script>');
  await page.getByLabel('Pictures').setInputFiles([picture('cat.png', [30, 200, 30]), picture('stairs.png', [30, 30, 200])]);
  await page.getByRole('img', { name: 'Picture 2' }).waitFor();
  await kept(page);
  await context.close(); // in the middle of it
}

async function goOnOffline(folder, url, found) {
  const { context, page } = await phone(folder);
  await context.setOffline(true);
  await page.goto(url);
  await titled(page, 'What happened, in order');
  check(true, 'opened again without a network, it goes on');
  const names = await page.locator('.moments button').allInnerTexts();
  check(names.length === 2 && names[0].includes('Finding the house') && names[0].includes('1 picture')
    && names[1].includes('A cat on <b>the</b> stairs') && names[1].includes('2 pictures'), 'with all that was noted', names.join('\n'));
  await look(page, 'told', found);
  await press(page, 'Note a moment');
  await page.getByLabel('Which moment?').selectOption('quiet');
  await page.getByLabel('When?').fill('2026-12-02T15:10'); // it came before the cat
  await page.getByLabel('It did not happen').check();
  await press(page, 'Done');
  const order = await page.locator('.moments time').allInnerTexts();
  check(order.join() === '15:05,15:10,15:20', 'moments stand in order of time', order.join());
  await press(page, 'That was all');
  await page.getByRole('group', { name: 'Greet within ten seconds' }).getByLabel('It was done').check();
  await page.getByRole('group', { name: 'You sleep in silence' }).getByLabel('It was not kept').check();
  await look(page, 'end', found);
  await press(page, 'Send');
  await page.getByText('waits for a network').waitFor();
  const items = await page.locator('.queue li').allInnerTexts();
  check(items.length === 4, 'the queue shows three pictures and the report', items.join('\n'));
  await look(page, 'queue', found);
  await context.close();
}

async function arrive(folder, url, found) {
  const { context, page } = await phone(folder);
  let lost = 0;
  await page.route('**/report', async (route) => { // it arrives, and nobody says so
    lost += 1;
    if (lost === 2) return route.fulfill({ status: 408 });
    if (lost > 2) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.goto(url);
  await page.getByText('Everything has arrived').waitFor();
  check(lost === 3, 'an answer that was lost is asked for again, and a server that waited too long', lost);
  await look(page, 'arrived', found);
  const { report } = shown('1');
  check(report.moments.map(({ words }) => words).join('|') === 'A boy led me to the door.||It would not move. "><script>alert(1)</script>',
    'it is there as it was told', JSON.stringify(report));
  check(rows('SELECT count(*) FROM visit_report').join() === '1' && rows('SELECT count(*) FROM visit_photo').join() === '3',
    'exactly once, with three pictures');
  await page.reload();
  check((await page.locator('.queue .state').allInnerTexts()).every((state) => state === 'has arrived'), 'opened again it says so');
  await context.close();
}

// It came back -----------------------------------------------------------------------------

async function comeBack(folder, url, found) {
  run('visit', 'review', 'house.plx', '1', '--return', 'Which room was it?');
  const { context, page } = await phone(folder);
  await page.goto(url);
  await titled(page, 'What happened, in order');
  await press(page, 'Read the brief again');
  check(await page.getByText('Which room was it?').isVisible(), 'one that came back says why');
  await look(page, 'returned', found);
  await press(page, 'Go on');
  await page.getByRole('button', { name: /Finding the house/ }).click();
  await page.getByRole('img', { name: 'Picture 1' }).waitFor();
  check(true, 'and has what was told, with pictures');
  await page.getByLabel('What happened?').fill('A boy led me to room 7.');
  await press(page, 'Done');
  await press(page, 'That was all');
  await press(page, 'Send');
  await titled(page, 'Everything has arrived');
  const { report, state } = shown('1');
  check(state === 'sent' && report.moments[0].words === 'A boy led me to room 7.' && report.moments[0].photos.length === 1,
    'told again it is there anew', JSON.stringify(report));
  run('visit', 'review', 'house.plx', '1', '--accept');
  await page.reload();
  await page.getByText('What you told was accepted.').waitFor();
  const left = await page.evaluate(async () => {
    const open = indexedDB.open('parallax-visits', 1);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const counts = ['drafts', 'pictures'].map((name) => {
      const request = base.transaction(name).objectStore(name).count();
      return new Promise((done) => { request.onsuccess = () => done(request.result); });
    });
    return (await Promise.all(counts)).join();
  });
  check(left === '0,0', 'accepted, nothing of it stays on the phone', left);
  await context.close();
}

// Another phone ----------------------------------------------------------------------------

async function checkVoid(server, found) {
  const link = () => `${server.url}${run('visit', 'assign', 'house.plx', '2', '--to', 'Zoë Miller').trim()}`;
  const first = await phone(join(dir, 'first'));
  await begin(first.page, link());
  await press(first.page, 'Begin');
  await press(first.page, 'Note a moment');
  await first.page.getByLabel('Which moment?').selectOption('find');
  await first.page.getByLabel('What happened?').fill('It was dark.');
  await first.page.getByLabel('Pictures').setInputFiles([picture('dark.png', [9, 9, 9]),
    { name: 'list.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') }]);
  await first.page.getByRole('alert').filter({ hasText: 'list.png: this is no picture' }).waitFor();
  await kept(first.page);
  const tab = await first.context.newPage();
  await tab.goto(first.page.url());
  check(await tab.getByText('This is open in another tab already.').isVisible(), 'a second tab does not overwrite the first');
  await tab.close();
  const second = link(); // the first is void now
  await first.page.goto(first.page.url().split('#')[0]);
  await first.page.reload();
  await first.page.getByText('What you noted is still on this phone').waitFor();
  check(await first.page.getByRole('button', { name: /Finding the house/ }).isVisible(), 'a link that is void still shows what was noted');
  await look(first.page, 'void', found);
  const [early] = await Promise.all([first.page.waitForEvent('download'), press(first.page, 'Save it to a file')]);
  await early.saveAs(join(dir, 'early.json'));
  const half = JSON.parse(readFileSync(join(dir, 'early.json'), 'utf8'));
  check(half.draft.state === 'open' && half.pictures.length === 1, 'what is not told to its end can be saved, too', early.suggestedFilename());
  await press(first.page, 'That was all');
  await press(first.page, 'Send');
  await first.page.getByText('was not taken: This link does not work').waitFor();
  const [file] = await Promise.all([first.page.waitForEvent('download'), press(first.page, 'Save it to a file')]);
  check(file.suggestedFilename() === 'visit-2.json', 'it can be saved to a file', file.suggestedFilename());
  await file.saveAs(join(dir, 'visit-2.json'));
  const text = readFileSync(join(dir, 'visit-2.json'), 'utf8');
  check(!text.includes('/v/'), 'which does not hold the address');
  await first.context.close();

  const other = await phone(join(dir, 'other'));
  await begin(other.page, second);
  await press(other.page, 'Begin');
  await press(other.page, 'Note a moment');
  await other.page.getByLabel('What happened?').fill('Noted here.');
  await kept(other.page);
  await other.page.goto(`${second}#brief`);
  await other.page.getByText('Go on with what was saved to a file').click();
  const broken = JSON.parse(text);
  broken.pictures.push({ ...broken.pictures[0], id: 'last', bytes: '?' });
  await other.page.getByLabel('The file').setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(broken)) });
  await other.page.getByText('The file was not taken').waitFor();
  await other.page.reload();
  await press(other.page, 'Go on');
  await titled(other.page, 'What happened, in order');
  check(await other.page.locator('.moments button').count() === 1, 'a file that is broken takes nothing away');
  await press(other.page, 'Read the brief again');
  await other.page.getByText('Go on with what was saved to a file').click();
  await other.page.getByLabel('The file').setInputFiles(join(dir, 'visit-2.json'));
  await titled(other.page, 'Everything has arrived');
  const { report } = shown('2');
  check(report?.moments[0].words === 'It was dark.' && report.moments[0].photos.length === 1, 'and is sent from another phone', JSON.stringify(report));
  await other.context.close();
}

// Changed while it is under way ------------------------------------------------------------

async function noteFrom(page, point, words) {
  await press(page, 'Note a moment');
  await page.getByLabel('Which moment?').selectOption(point);
  await page.getByLabel('What happened?').fill(words);
  await kept(page);
  await press(page, 'Done');
}

async function sendIt(page) {
  await press(page, 'That was all');
  await press(page, 'Send');
}

// The first answer comes when more was noted, the second never.
async function checkChanged(page, url) {
  const bodies = [];
  let answer;
  await page.clock.install();
  await page.route('**/report', async (route) => {
    bodies.push(JSON.parse(route.request().postData()));
    if (bodies.length === 1) answer = () => route.fulfill({ status: 201, json: { again: false } });
    else if (bodies.length > 2) await route.continue();
  });
  const sent = async (n) => { while (bodies.length < n) await new Promise((done) => { setTimeout(done, 50); }); };
  await begin(page, url);
  await press(page, 'Begin');
  await noteFrom(page, 'find', 'The first.');
  await sendIt(page);
  await sent(1);
  await press(page, 'Go back and change it');
  await noteFrom(page, 'welcome', 'The second.');
  await sendIt(page);
  await titled(page, 'On its way');
  await answer();
  await sent(2);
  check(await title(page) === 'On its way' && bodies[1].moments.length === 2 && bodies[1].report !== bodies[0].report,
    'what was changed while it was under way has not arrived with it', JSON.stringify(bodies));
  await page.clock.fastForward(91000);
  await page.getByText('waits for a network').waitFor();
  await page.clock.fastForward(61000);
  await titled(page, 'Everything has arrived');
  check(shown('4').report.moments.length === 2, 'a network that says nothing is given up, and all is sent again');
}

async function checkTrouble(server, found) {
  run('visit', 'plan', 'house.plx', '--journey', 'stay', '--place', 'Nice', '--from', '2026-12-01', '--until', '2026-12-12');
  const url = `${server.url}${run('visit', 'assign', 'house.plx', '4', '--to', 'Zoë Miller').trim()}`;
  const late = await phone(join(dir, 'late'));
  await begin(late.page, url);
  await press(late.page, 'Begin');
  await noteFrom(late.page, 'room', 'It was cold.');
  const { context, page } = await phone(join(dir, 'trouble'));
  await checkChanged(page, url);
  await context.close();
  run('visit', 'review', 'house.plx', '4', '--accept');
  await late.page.reload();
  await late.page.getByText('What you told was accepted.').waitFor();
  await look(late.page, 'closed', found);
  const [file] = await Promise.all([late.page.waitForEvent('download'), press(late.page, 'Save what is on this phone to a file')]);
  await file.saveAs(join(dir, 'late.json'));
  check(await late.page.getByRole('listitem').filter({ hasText: 'The first look at the room' }).isVisible()
    && readFileSync(join(dir, 'late.json'), 'utf8').includes('It was cold.'), 'accepted, what was never sent stays on the phone that has it');
  await late.context.close();
}

// A walk by keyboard alone -----------------------------------------------------------------

async function tabTo(page, locator) {
  for (let i = 0; i < 60; i += 1) {
    if (await locator.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${locator}`);
}

async function enter(page, name) {
  await tabTo(page, page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
}

async function noteByKeys(page, words, level) {
  await enter(page, 'Note a moment');
  await titled(page, 'A moment');
  await tabTo(page, page.getByLabel('What is it called?'));
  await page.keyboard.type(words);
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('Space');
  for (let i = 0; i < level; i += 1) await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByRole('checkbox', { name: 'smell' }));
  await page.keyboard.press('Space');
  await enter(page, 'Done');
  await titled(page, 'What happened, in order');
}

async function checkWalk(server, found) {
  const path = run('walk', 'create', 'house.plx', '--journey', 'A visit to the market').trim();
  const { context, page } = await phone(join(dir, 'walker'));
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${server.url}${path}`);
  await titled(page, 'A visit to the market');
  await look(page, 'walk', found);
  await enter(page, 'Begin');
  await titled(page, 'What happened, in order');
  await noteByKeys(page, 'The smell of bread', 0);
  await noteByKeys(page, 'Nobody at the till', 5);
  await enter(page, 'That was all');
  await enter(page, 'Send');
  await titled(page, 'Everything has arrived');
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  run('walk', 'adopt', 'house.plx', '3', '-o', 'walked.yaml');
  const yaml = readFileSync(join(dir, 'walked.yaml'), 'utf8');
  check(/The smell of bread[^]*Nobody at the till/.test(yaml), 'a walk by keyboard alone becomes the draft of a map', yaml);
  check(/smell/.test(yaml.split('Nobody')[0].replace('The smell of bread', '')), 'with senses', yaml);
  run('init', 'market.plx', '--map', 'walked.yaml');
  await enter(page, 'Tell another walk');
  await titled(page, 'A visit to the market');
  await context.close();
}

checkTypes('es2023,dom,dom.iterable', 'visit_keep.js', 'visit_picture.js', 'visit_send.js', 'visit_moment.js', 'visit_views.js', 'visit.js');
checkTypes('es2022,webworker', 'visit_worker.js');
let server;
try {
  writeFileSync(join(dir, 'map.yaml'), MAP);
  run('init', 'house.plx', '--map', 'map.yaml');
  run('visit', 'plan', 'house.plx', '--journey', 'stay', '--place', 'Lyon', '--from', '2026-12-01', '--until', '2026-12-12', '--count', '2', '--note', 'Ask for a quiet room.');
  const path = run('visit', 'assign', 'house.plx', '1', '--to', 'Zoë Miller').trim();
  server = await serve(parallax, dir, 'house.plx');
  const url = `${server.url}${path}`;
  const folder = join(dir, 'phone');
  const found = [];
  await tellOffline(folder, url, server, found);
  await goOnOffline(folder, url, found);
  server = await serve(parallax, dir, 'house.plx', '--listen', new URL(server.url).host); // at the same address
  await arrive(folder, url, found);
  await comeBack(folder, url, found);
  await checkVoid(server, found);
  await checkWalk(server, found);
  await checkTrouble(server, found);
  check(found.length === 0, 'axe-core, light and dark, and 320 px, on every view', found.join('\n'));
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
}
finish();
