// SPDX-License-Identifier: GPL-3.0-or-later
// The page for Monday in a browser: `node monday.test.mjs PARALLAX`. Speaks TAP.
//
// Checks, of the demo, of answers that name no step, and of titles, places and words that are very
// long: one sheet of A4 and one of Letter, its last line on it, no word of what to do cut off;
// axe-core, light and dark, also on a phone; nothing loaded; no sideways scrolling.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { sample } = await import('./sample.mjs');
const { launch, look } = await import('./browser.mjs');
const { check, finish, sheets, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-monday-'));
const run = (...args) => execFileSync(parallax, args, { cwd: dir, stdio: 'ignore' });

async function checkScreen(browser, name, dark, width) {
  const { page, context, requests, complaints } = await look(browser, join(dir, `${name}.html`), { dark, width });
  const found = await violations(page, dark);
  check(found.length === 0, `${name}: axe-core, ${dark ? 'dark' : 'light'}, ${width} wide`, found.join('\n'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= width, `${name}: fits ${width}`, `${wide}`);
  check(requests.length === 1, `${name}: nothing is loaded`, requests.join('\n'));
  check(complaints.length === 0, `${name}: the browser has no complaints`, complaints.join('\n'));
  await context.close();
}

// So many points in the picture; where there is none, no heading over it either.
async function checkPicture(browser, name, points) {
  const { page, context } = await look(browser, join(dir, `${name}.html`));
  const drawn = await page.locator('.journey svg.picture g.point').count();
  check(drawn === points, `${name}: ${points} points in the picture`, `${drawn}`);
  const figures = await page.locator('figure.journey').count();
  check(figures === (points ? 1 : 0), `${name}: a figure only with a picture`, `${figures}`);
  await context.close();
}

// In two narrow columns, too.
async function checkCommand(browser, name) {
  for (const width of [830, 1000]) {
    const { page, context } = await look(browser, join(dir, `${name}.html`), { width });
    await page.locator('details.type-it summary').click();
    const over = await page.$eval('pre.code', (one) => one.scrollWidth - one.clientWidth);
    check(over <= 0, `${name}: the command keeps to its box, ${width} wide`, `${over}`);
    await context.close();
  }
}

async function checkPaper(browser, name) {
  const { page, context } = await look(browser, join(dir, `${name}.html`), { print: true, width: 700 });
  for (const format of ['A4', 'Letter']) {
    const n = await sheets(page, format);
    check(n === 1, `${name}: one sheet of ${format}`, `${n}`);
  }
  await context.close();
  // What the sheet of Letter, the shorter one, leaves between its margins.
  const size = { width: Math.floor(((215.9 - 26) / 25.4) * 96), height: Math.floor(((279.4 - 23) / 25.4) * 96) };
  const laid = await look(browser, join(dir, `${name}.html`), { print: true, ...size });
  const cut = await laid.page.evaluate((height) => {
    const main = document.querySelector('main').getBoundingClientRect();
    const out = [...document.querySelectorAll('.columns section, .levels')]
      .filter((one) => one.getBoundingClientRect().bottom > main.bottom + 1).map((one) => one.className);
    const foot = document.querySelector('footer').getBoundingClientRect().bottom;
    return foot > height + 1 ? [...out, `footer ${foot}`] : out;
  }, size.height);
  check(cut.length === 0, `${name}: nothing of what to do is cut off`, cut.join('\n'));
  await laid.context.close();
}

// So many people, at levels in turn, at each point.
function answers(name, points, people, place = (i) => `P${i % 9}`, note = () => '') {
  const lines = ['audience,respondent,place,point,level,prompt,note'];
  for (let i = 0; i < people; i += 1)
    for (const [point, levels] of points)
      lines.push(`customer,c${i},${place(i)},${point},${levels[i % levels.length]},${note(i) ? 'comment' : ''},${note(i)}`);
  writeFileSync(join(dir, `${name}.csv`), `${lines.join('\n')}\n`);
}

const long = 'The moment at which a guest who has come a long way stands before the closed door and reads the menu in the rain';
const browser = await launch();
try {
  sample(parallax, join(dir, 'demo'));
  run('report', '-q', 'demo/ratings.csv', '--map', 'demo/map.yaml', '--one-page', '-o', 'demo.html');
  run('init', '-q', 'owed.plx', '--map', 'demo/map.yaml');
  run('import', '-q', 'owed.plx', 'demo/ratings.csv');
  run('report', '-q', 'owed.plx', '--one-page', '-o', 'owed.html');
  // A step that is written down, in more words than a sheet has room for.
  run('step', 'add', '-q', 'owed.plx', '--by', 'A', '--owner', 'Anna Berger', '--note', 'A message before noon, with a reason. '.repeat(30),
    '--point', 'delay-message', '--from', '1', '--to', '2', '--share', '0.92', '--start', '2099-01-12',
    '--places', 'Bath,Birmingham,Bradford,Bristol,Coventry,Hull', '--compare', 'Dundee,Glasgow,York,Sheffield,Leeds,Cardiff', '--looks', '6w,12w');
  run('report', '-q', 'owed.plx', '--one-page', '-o', 'planned.html');
  answers('alike', [['Door', [2, 3, 4]], ['Desk', [3, 4, 2]]], 90);
  answers('content', [['Door', [4, 5, 6]], ['Desk', [5, 5, 6]]], 90);
  answers('few', [['Door', [1, 2, 3, 3]]], 8);
  answers('long', [[long, [1, 2, 2, 3]], ['Till', [3, 4, 5]]], 200, (i) => `A rather long name of a place number ${i % 9}`,
    (i) => (i % 5 ? '' : `${'We waited and waited and '.repeat(12)}nobody came ${i}`));
  const names = ['alike', 'content', 'few', 'long'];
  for (const name of names) run('report', '-q', `${name}.csv`, '--one-page', '-o', `${name}.html`);
  // One journey, of customers alone and beside leaders.
  writeFileSync(join(dir, 'one.yaml'), 'parallax: 1\ntitle: Inn\njourneys:\n  - title: Stay\n    transactions:\n'
    + '      - {title: Arrive, points: [{id: door, title: Door}, {id: wait, title: The wait}, {id: desk, title: Desk}]}\n');
  const stay = [['door', [3, 4, 5]], ['wait', [1, 2, 2, 3, 3]], ['desk', [3, 4, 4]]];
  answers('alone', stay, 200);
  answers('beside', stay, 200);
  appendFileSync(join(dir, 'beside.csv'), Array.from({ length: 20 }, (_, i) => `leader,l${i},,wait,${4 + (i % 2)},,\n`).join(''));
  for (const name of ['alone', 'beside']) {
    run('report', '-q', `${name}.csv`, '--map', 'one.yaml', '--one-page', '-o', `${name}.html`);
    names.push(name);
    await checkPicture(browser, name, name === 'beside' ? 3 : 0);
    await checkCommand(browser, name);
  }
  const samples = ['demo', 'planned', 'few', 'long'];
  for (const name of ['demo', 'owed', 'planned', ...names]) {
    await checkPaper(browser, name);
    if (process.env.PLX_LONG || samples.includes(name)) await checkScreen(browser, name, false, 390);
  }
  for (const name of process.env.PLX_LONG ? samples : ['demo']) await checkScreen(browser, name, true, 1280);
  await checkScreen(browser, 'demo', false, 1280);
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}
finish();
