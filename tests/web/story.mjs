// SPDX-License-Identifier: GPL-3.0-or-later
// The first 30 minutes (design.md, section 7) of somebody with a hotel group and last year's survey, told once for any hand
// (hands.mjs). Each chapter gets `world`: the hand, the pages and what was found on the way.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mouseHand } from './hands.mjs';
import { serve } from './service.mjs';

const password = 'hop on the bus';
const hotels = ['Lakeside', 'Old Town', 'Station', 'Harbour', 'Garden', 'Castle', 'Bridge', 'Market'];

// The questions of last year, as a survey tool exports them, and how they were answered on the whole.
const asked = [
  ['How satisfied were you with the welcome at reception?', 4.2],
  ['How satisfied were you with the waiting time to check in?', 3.0],
  ['Cleanliness of your room', 4.4],
  ['How quiet was your room at night?', 3.1],
  ['How was the breakfast?', 3.3],
  ['How was check-out?', 3.4],
];
export const whole = 'Overall, how satisfied were you with your stay?';
const recommend = 'How likely are you to recommend us to a friend?';
const words = 'Anything else you would like to tell us?';

// The same dice each time.
export function lastYear(rows = 640) {
  let seed = 7;
  const dice = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  const bell = () => dice() + dice() + dice() - 1.5;
  const mark = (x, low, high) => Math.min(high, Math.max(low, Math.round(x)));
  const lines = [['Response ID', 'Submitted', 'Hotel', ...asked.map(([title]) => title), whole, recommend, words].map((title) => `"${title}"`).join(',')];
  for (let i = 0; i < rows; i += 1) {
    const mood = bell() * 0.6;
    const marks = asked.map(([, mean]) => mark(mean + mood + bell() * 1.5, 1, 5));
    const all = 0.6 * marks[1] + 0.15 * marks[3] + 0.1 * marks[4] + 0.15 * marks[0] + bell() * 0.6 + 0.6;
    const day = new Date(Date.UTC(2025, 0, 3) + i * 13 * 3600e3).toISOString().slice(0, 10).split('-').reverse().join('/');
    const note = i % 6 ? '' : marks[1] < 3 ? 'We waited half an hour to check in, and nobody said a word' : 'Lovely breakfast, and a quiet corner';
    lines.push([1000 + i, day, hotels[i % hotels.length], ...marks.map((one) => (dice() < 0.06 ? '' : one)), mark(all, 1, 5), mark(all * 2, 0, 10), `"${note}"`].join(','));
  }
  return `${lines.join('\n')}\n`;
}

const named = (page, role, name) => page.getByRole(role, { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { name }).first().waitFor();

// 1. One command; the sample opens -----------------------------------------------------------

// What opens a browser where there is none: it notes what it was asked to open.
function opener(dir) {
  mkdirSync(join(dir, 'bin'));
  writeFileSync(join(dir, 'bin', 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > ${join(dir, 'opened.part')} && mv ${join(dir, 'opened.part')} ${join(dir, 'opened')}\n`);
  chmodSync(join(dir, 'bin', 'xdg-open'), 0o755);
  return { ...process.env, USER: 'test', DISPLAY: ':0', PATH: `${join(dir, 'bin')}:${process.env.PATH}` };
}

async function until(what, name) {
  for (let i = 0; i < 200; i += 1) {
    if (what()) return;
    await new Promise((done) => { setTimeout(done, 25); });
  }
  throw new Error(`${name} did not come`);
}

export async function sample(world) {
  const { dir, check, hand } = world;
  execFileSync(world.parallax, ['demo', 'demo', '--open'], { cwd: dir, env: opener(dir), stdio: 'ignore' });
  await until(() => existsSync(join(dir, 'opened')), 'the page of the sample');
  const page = await world.person();
  await page.goto(`file://${join(dir, readFileSync(join(dir, 'opened'), 'utf8'))}`);
  await heading(page, /Leaders/);
  check(await page.locator('svg.picture').first().isVisible(), 'one command, and the sample opens: its headline and its picture');
  await world.look(page, '1-sample');
  await hand.press(page.locator('svg.picture a').first());
  await page.waitForURL(/#/);
  check(true, 'a point of it leads to its numbers');
  await page.context().close();
}

// 2. Last year's file --------------------------------------------------------------------------

// A server on a new workspace, and its first administrator.
export async function begin(world) {
  const { hand } = world;
  world.run('init', 'hotel.plx', '--template', 'hotel-stay');
  world.service = await serve(world.parallax, world.dir, 'hotel.plx');
  world.url = world.service.url;
  const page = await world.person();
  world.page = page;
  await page.goto(world.service.address('/setup/'));
  await world.look(page, '2-welcome');
  await hand.write(page.getByLabel('E-mail or name'), 'ruth');
  for (const field of await page.locator('input[type=password]').all()) await hand.write(field, password);
  await hand.press(named(page, 'button', 'Begin'));
  await heading(page, 'No answers yet');
  await hand.press(named(page, 'button', 'Not now'));
}

const column = (page, title) => page.locator('.import-column').filter({ has: named(page, 'heading', title) });

export async function lastYearsFile(world) {
  const { page, hand, check } = world;
  await world.look(page, '2-nothing-yet', { axe: true });
  await hand.press(page.getByRole('main').getByRole('link', { name: 'Import a file' }));
  await heading(page, 'Answers from a file');
  const path = join(world.dir, 'guest-survey-2025.csv');
  writeFileSync(path, lastYear());
  await world.look(page, '2-file');
  await hand.drop(page, path);
  await heading(page, 'What are these columns?');
  const here = page.getByLabel('The map that is here');
  if (await here.count() && !await here.isChecked()) await hand.pick(here);
  await column(page, 'How was the breakfast?').getByLabel('Point').waitFor();
  const found = await Promise.all([0, 1, 2, 3, 4, 5].map((i) => column(page, asked[i][0]).getByLabel('Point').inputValue()));
  check(found.join() === 'welcome-at-reception,check-in-wait,cleanliness,quiet-at-night,breakfast,check-out', 'long questions find their points by words', found.join());
  check(await column(page, whole).getByLabel('What it is').inputValue() === 'overall', 'what asks about the whole stay is known as that',
    await column(page, whole).textContent());
  await world.look(page, '2-columns');
  await hand.press(named(page, 'button', 'Check the answers'));
  await heading(page, 'This would be taken');
  await world.look(page, '2-check');
  await hand.press(named(page, 'button', 'Import'));
  await page.getByText('The answers are in').waitFor();
  await world.look(page, '2-taken');
  await hand.press(named(page, 'link', 'See the picture'));
  await page.locator('svg.picture').first().waitFor();
  const info = JSON.parse(world.run('info', 'hotel.plx', '--format', 'json'));
  check(info.observations > 4000, 'last year’s answers are in the workspace', `${info.observations}`);
  await world.look(page, '2-picture');
}

// 3. Leaders guess -----------------------------------------------------------------------------

const guesses = [[8, 9, 8, 9, 7], [8, 8, 9, 8, 7], [9, 9, 8, 9, 9], [6, 7, 5, 6, 6], [4, 5, 4, 3, 4], [7, 6, 6, 7, 7]];
const moments = ['Welcome at reception', 'Waiting to check in', 'Cleanliness', 'Quiet at night', 'Breakfast', 'Check-out'];

async function openWorkshop(world) {
  const { page, hand } = world;
  await hand.place(page, 'Ask');
  await heading(page, 'Ask');
  await page.getByText('One side only, so far').waitFor();
  await world.look(page, '3-ask', { axe: true });
  await hand.press(page.getByRole('navigation', { name: 'Ask' }).getByRole('link', { name: 'Workshops' }));
  await heading(page, 'Workshops');
  await hand.press(named(page, 'button', 'Open a workshop'));
  const dialog = page.getByRole('dialog');
  await hand.write(dialog.getByLabel('Name'), 'Monday');
  await world.look(page, '3-open-a-workshop', { axe: true });
  await hand.press(named(dialog, 'button', 'Open it'));
  await page.getByText('“Monday” is open').waitFor();
  await world.look(page, '3-workshop', { axe: true });
  const [join, wall, lead] = await page.getByRole('status').locator('code').allTextContents();
  return { join, wall, lead };
}

// One leader on a phone, from the address to the last guess. The others do what the first did: with a mouse, which is
// quicker, but for `./dev check --long`.
async function guess(world, join, i) {
  const hand = i === 0 || process.env.PLX_LONG ? world.hand : mouseHand();
  const page = await world.person({ width: 390, height: 844 });
  await page.goto(join);
  if (i === 0) await world.look(page, '3-join');
  await hand.write(page.getByLabel('Number of your table'), String(i + 1));
  await hand.pick(page.getByLabel('Leaders', { exact: true }));
  await hand.write(page.getByLabel('How many of you are at this table?'), '1');
  await hand.write(page.getByLabel('Your name or number'), `leader ${i + 1}`);
  await hand.press(named(page, 'button', 'Join in'));
  await page.waitForURL(/\/seat\//);
  const asks = await page.getByText('Of 10 guests, how many would say').isVisible();
  for (let n = 0; n < moments.length; n += 1) await hand.number(named(page, 'group', moments[n]), guesses[n][i]);
  await page.getByText('Saved.').first().waitFor();
  if (i === 0) await world.look(page, '3-guess');
  return { page, asks };
}

export async function leadersGuess(world) {
  const { check } = world;
  const at = await openWorkshop(world);
  world.wall = await world.person();
  await world.wall.goto(at.wall);
  world.leaders = [];
  for (let i = 0; i < 5; i += 1) world.leaders.push(await guess(world, at.join, i));
  check(world.leaders.every((one) => one.asks), 'five leaders guess, each on a phone');
  const [lead] = [await world.person({ width: 820, height: 1180 })];
  world.lead = lead;
  await lead.goto(at.lead);
  await world.wall.getByText('6 / 29').nth(4).waitFor({ timeout: 20000 });
  await world.hand.press(lead.locator('summary', { hasText: 'To the questions' }));
  await lead.getByText('30 of 145 guesses are in.').first().waitFor();
  await world.look(lead, '3-lead');
  await world.hand.press(named(lead, 'button', 'Lock the guesses and go on').first());
  const phone = world.leaders[0].page;
  await phone.getByText('Questions for your table').waitFor({ timeout: 20000 });
  check(await phone.getByRole('radio').count() === 0, 'and the answers lock: the phones go on by themselves');
  const said = JSON.parse(world.run('beliefs', 'hotel.plx', '--format', 'json'));
  check(JSON.stringify(said).includes('check-in-wait'), 'what they believed is in the workspace');
}

// 4. The reveal --------------------------------------------------------------------------------

export async function reveal(world) {
  const { hand, lead, wall, page, check } = world;
  await hand.press(named(lead, 'button', 'To the reveal'));
  await wall.getByText('In this room (Leaders):').waitFor({ timeout: 20000 });
  check(await wall.getByText('Guests say').count() === 0, 'on the wall the guess stands first');
  await hand.press(named(lead, 'button', 'Show what they say'));
  await wall.getByText('Guests say').waitFor({ timeout: 20000 });
  await world.look(wall, '4-wall');
  await hand.place(page, 'Picture');
  await hand.press(page.getByRole('navigation', { name: 'Readings' }).getByRole('link', { name: 'Beliefs' }));
  await page.locator('.drawn').first().waitFor();
  await world.look(page, '4-beliefs');
  const get = page.getByRole('link', { name: 'Get the page to rehearse' });
  const [download] = await Promise.all([page.waitForEvent('download'), hand.press(get)]);
  const path = join(world.dir, 'reveal.html');
  await download.saveAs(path);
  const deck = await world.person();
  await deck.goto(`file://${path}`);
  const text = (await deck.locator('body').textContent()).replace(/\s+/g, ' ');
  check(/You said 8 in 10\W{0,9}They said 3 in 10/.test(text), 'the reveal: you said 8 in 10, they said 3 in 10', text.match(/You said.{0,60}/)?.[0]);
  await world.look(deck, '4-reveal');
  for (const one of [deck, wall, lead, ...world.leaders.map((leader) => leader.page)]) await one.context().close();
}

// 5. The map, staff, guests, a visit --------------------------------------------------------------

// By keys for both hands: the map is edited so (the mouse has a test of its own, app_map).
async function editMap(world) {
  const { page, hand, check } = world;
  await hand.place(page, 'Ask');
  await hand.press(page.getByRole('navigation', { name: 'Ask' }).getByRole('link', { name: 'Map' }));
  const rowOf = (name) => page.getByRole('treeitem', { name: new RegExp(`^${name}\\s*, `) });
  await page.getByRole('tree').waitFor();
  const keys = async (...all) => { for (const key of all) await page.keyboard.press(key); };
  await hand.reach(page.getByRole('treeitem', { selected: true }));
  await keys('Home', ...Array(9).fill('ArrowDown'));
  for (let i = 0; i < 60 && !await rowOf('Waiting to check in').evaluate((one) => one === document.activeElement); i += 1) await keys('ArrowDown');
  await keys('F2');
  await page.keyboard.type('The queue at reception');
  await keys('Enter', 'Enter');
  await page.keyboard.type('A seat and a glass of water');
  await keys('Enter', 'Escape', 'Alt+ArrowUp');
  await page.getByText('What saving would change').waitFor();
  await world.look(page, '5-map', { axe: true });
  await keys('Control+s');
  await page.getByText(/^Saved as map/).waitFor();
  const tree = world.run('map', 'show', 'hotel.plx');
  check(/A seat and a glass of water[^]*The queue at reception/.test(tree), 'the map is edited by keyboard', tree);
}

// A form for an audience: the address of the first.
async function form(world, who, fill) {
  const { page, hand } = world;
  await hand.press(page.getByRole('navigation', { name: 'Ask' }).getByRole('link', { name: 'Forms' }));
  await heading(page, 'Forms');
  await hand.press(page.getByRole('main').getByRole('link', { name: /^(New form|Make the first form)$/ }).first());
  await heading(page, 'New form');
  await hand.choose(page.getByLabel('Who is asked'), who);
  await fill();
  await world.look(page, `5-new-form-${who.toLowerCase()}`);
  await hand.press(named(page, 'button', 'Make it'));
  await heading(page, 'It can be answered from now on');
  return page.locator('.addresses code').first().textContent();
}

// One of them answers the first moment.
async function answer(world, address) {
  const { hand } = world;
  const page = await world.person({ width: 390, height: 844 });
  await page.goto(address);
  await world.look(page, '5-form');
  await hand.pick(page.getByRole('radio').nth(2));
  await page.context().close();
}

async function ask(world) {
  const { page, hand, check } = world;
  const staff = await form(world, 'Staff', async () => {});
  await answer(world, staff);
  await form(world, 'Guests', async () => {
    await hand.pick(page.getByRole('radio', { name: /^One for each place/ }));
    await hand.write(page.getByLabel('Places, with commas between them'), 'Lakeside, Old Town');
  });
  await page.locator('.code-card svg').waitFor();
  await world.look(page, '5-codes', { axe: true });
  const sheet = named(page, 'link', 'A sheet of codes to print');
  const [download] = await Promise.all([page.waitForEvent('download'), hand.press(sheet)]);
  check(/<svg[^>]*class="code/.test(readFileSync(await download.path(), 'utf8')), 'guests are asked by a code on paper');
  const { links } = JSON.parse(world.run('link', 'list', 'hotel.plx', '--format', 'json'));
  check(links.map((one) => `${one.audience} ${one.place ?? ''}`.trim()).join() === 'staff,customer Lakeside,customer Old Town', 'staff by a link', JSON.stringify(links));
}

async function briefAVisit(world) {
  const { page, hand, check } = world;
  await hand.press(page.getByRole('navigation', { name: 'Ask' }).getByRole('link', { name: 'Visits' }));
  await heading(page, 'Secret visits');
  await hand.press(named(page, 'button', 'Plan visits'));
  const dialog = page.getByRole('dialog');
  await hand.write(dialog.getByLabel('Place'), 'Old Town');
  await hand.write(dialog.getByLabel('For whoever goes', { exact: true }), 'Arrive after ten in the evening');
  await world.look(page, '5-plan-a-visit', { axe: true });
  await hand.press(named(dialog, 'button', 'Plan it'));
  await page.getByText('It is planned', { exact: true }).waitFor();
  await world.look(page, '5-visits');
  await hand.press(page.getByRole('table').getByRole('link', { name: 'Old Town' }));
  await hand.press(named(page, 'button', 'Give it to somebody'));
  await hand.write(dialog.getByLabel('Name', { exact: true }), 'Zoë');
  await hand.press(named(dialog, 'button', 'Give it to them'));
  await page.getByText('Send this address to whoever goes.').waitFor();
  await world.look(page, '5-visit');
  const [brief] = await Promise.all([page.waitForEvent('download'), hand.press(named(page, 'link', 'The brief, to print'))]);
  check(/Arrive after ten/.test(readFileSync(await brief.path(), 'utf8')), 'a visit is briefed');
}

export async function askOthers(world) {
  await editMap(world);
  await ask(world);
  await briefAVisit(world);
}

// 6. The next step -----------------------------------------------------------------------------

export async function chooseStep(world) {
  const { page, hand, check } = world;
  await hand.place(page, 'Next');
  await heading(page, 'The next step');
  await page.locator('.proposal').first().waitFor();
  check(await page.locator('.proposal').count() === 3 && await page.getByText('Recommended').isVisible(), 'three proposed steps, one of them recommended',
    await page.getByRole('main').textContent());
  await world.look(page, '6-next');
  await hand.press(page.getByRole('link', { name: /^Choose this step/ }).first());
  await heading(page, 'Write the step down');
  await page.getByText(/Answers enough by/).first().waitFor();
  await hand.write(page.getByLabel('What will be done'), 'A second desk from three to six');
  await hand.write(page.getByLabel('Who sees to it'), 'Front office');
  await hand.press(named(page, 'button', 'Draw by lot'));
  await page.getByText('4 places with the step, 4 to compare with.').waitFor();
  await world.look(page, '6-register');
  await hand.press(named(page, 'button', 'Write it down'));
  await heading(page, 'The plan');
  await world.look(page, '6-step');
  const step = JSON.parse(world.run('step', 'list', 'hotel.plx', '--format', 'json')).steps[0];
  check(step?.point === 'check-in-wait' && step.places.length === 4 && step.owner === 'Front office' && step.registered, 'the step is chosen, and its design is fixed before it begins', JSON.stringify(step));
}

// 7. A page for Monday -------------------------------------------------------------------------

export async function monday(world) {
  const { page, hand, check } = world;
  await hand.place(page, 'Next');
  const link = page.getByRole('link', { name: 'Page for Monday' });
  await link.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), hand.press(link)]);
  const path = join(world.dir, 'monday.html');
  await download.saveAs(path);
  const paper = await world.person();
  await paper.goto(`file://${path}`);
  await world.look(paper, '7-monday');
  check(await world.sheets(paper, 'A4') === 1 && /The queue at reception/.test(await paper.locator('body').textContent()), 'one page to print for Monday');
  await paper.context().close();
}

export const chapters = [
  ['1. one command; the sample opens', sample],
  ['2. a new workspace', begin],
  ['2. last year’s file: dropped, matched by words, confirmed, imported', lastYearsFile],
  ['3. leaders guess; the answers lock', leadersGuess],
  ['4. the reveal', reveal],
  ['5. the map; staff by link, guests by code, a visit', askOthers],
  ['6. three steps; one is chosen and its design fixed', chooseStep],
  ['7. one page for Monday', monday],
];
