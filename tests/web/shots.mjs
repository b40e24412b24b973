// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every page of the app, for docs/pictures and a critical eye: `node shots.mjs PARALLAX FOLDER [NAME...]`;
// ./dev shots. Each page in one file: on a desk and on a phone, in light and in dark. FULL=1: each look in a file of its own,
// as long as the page is. `report` makes the pictures of the report.
//
// Three services: the demo's, in use; one where nothing is yet ("empty-"); one of 60 moments with long German words and
// Arabic ("many-"). The tabs of a place are found on its page, so that a new one is in here by itself.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openApp } from './app.mjs';
import { launch } from './browser.mjs';
import { writeMany } from './many.mjs';
import { sheet } from './palette.mjs';

const looks = [['desk', 1280, 900, 'light'], ['phone', 390, 844, 'light'], ['desk-dark', 1280, 900, 'dark'], ['phone-dark', 390, 844, 'dark']];
const SCALE = 0.5;
const front = ['picture', 'ask-map', 'next'];

function inUse(dir, run) {
  run('demo', 'demo');
  renameSync(join(dir, 'demo/demo.plx'), join(dir, 'shop.plx'));
  const days = [7, 14].map((days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10));
  run('link', 'create', 'shop.plx');
  run('link', 'create', 'shop.plx', '--audience', 'leader', '--journey', 'order');
  run('visit', 'plan', 'shop.plx', '--journey', 'order', '--place', 'Hull', '--from', days[0], '--until', days[1]);
  run('workshop', 'open', 'shop.plx', '--workshop', 'Monday room');
  run('walk', 'create', 'shop.plx', '--journey', 'A visit to the market');
  run('token', 'create', 'shop.plx', 'till 3', '--scope', 'collect');
}

function many(dir, run) {
  writeMany(dir);
  run('init', 'shop.plx', '--map', 'map.yaml');
  run('import', 'shop.plx', 'ratings.csv');
}

const worlds = [
  { prefix: '', make: inUse, starts: ['/app', '/app/ask', '/app/next', '/app/settings'],
    also: [['point', '/app/point/doorstep'], ['compare-two', '/app/compare?a=place%3DBath&b=place%3DHull'], ['picture-by', '/app?by=channel'],
      ['ask-forms-new', '/app/ask/forms/new'], ['ask-kiosks', '/app/ask/kiosks'], ['ask-visits-1', '/app/ask/visits/1'],
      ['next-new', '/app/next/new'], ['next-steps-1', '/app/next/steps/1'], ['next-suggestion', '/app/next/suggestions', 'main a[href^="/app/next/suggestions/"]']] },
  { prefix: 'empty-', make: (_, run) => run('init', 'shop.plx'), starts: ['/app', '/app/ask', '/app/next'], also: [] },
  { prefix: 'many-', make: many, starts: [],
    also: [['picture', '/app'], ['picture-open', '/app?open=t1', '', 'figure details[open]'], ['point', '/app/point/t1-p2'], ['ask', '/app/ask'], ['ask-map', '/app/ask/map'],
      ['next', '/app/next'], ['reading-friction', '/app/reading/friction'], ['reading-consistency', '/app/reading/consistency']] },
];

const nameOf = (path) => path.replace(/^\/app\/?/, '').replaceAll('/', '-') || 'picture';

async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('.waiting, .busy'), null, { timeout: 60000 }).catch(() => {});
}

// The pages of a world: its places' own, their tabs, and what no tab leads to.
async function pagesOf(app, page, world) {
  const found = new Map();
  for (const start of world.starts) {
    await page.goto(app.url + start);
    await settled(page);
    const paths = await page.locator('main nav.tabs a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
    for (const path of [start, ...paths]) found.set(nameOf(path), path);
  }
  const pages = [...found].map(([name, path]) => [name, path]);
  return [...pages, ...world.also].map(([name, ...where]) => [world.prefix + name, ...where]);
}

// `link`: the page is behind the first of these. `sight`: what is to be seen, further down.
async function shoot(app, page, browser, out, [name, path, link, sight]) {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(app.url + path);
  await settled(page);
  if (link) {
    await page.locator(link).first().click();
    await settled(page);
  }
  const pieces = [];
  for (const [look, width, height, colorScheme] of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    if (sight) await page.locator(sight).first().evaluate((node) => node.scrollIntoView({ block: 'center' }));
    const png = await page.screenshot({ fullPage: Boolean(process.env.FULL) });
    if (process.env.FULL) { writeFileSync(join(out, `${name}-${look}.png`), png); continue; }
    const place = { width: Math.round(width * SCALE), height: Math.round(height * SCALE) };
    const phone = look.startsWith('phone');
    pieces.push({ png, ...place, x: phone ? Math.round(1280 * SCALE) + 8 : 0, y: look.endsWith('dark') ? Math.round(900 * SCALE) + 8 : 0 });
  }
  if (pieces.length > 0) writeFileSync(join(out, `${name}.png`), await sheet(browser, pieces));
  // On a desk, in light, large: for README.md and docs/app.md.
  if (pieces.length > 0 && front.includes(name)) {
    writeFileSync(join(out, '..', `app-${name}.png`), await sheet(browser, [{ png: pieces[0].png, x: 0, y: 0, width: 1280, height: 900 }]));
  }
  console.log(`${name}: ${path}`);
}

// docs/pictures/page-*.png and picture.png: the report of the demo.
async function report(run, dir, browser, out) {
  run('report', 'shop.plx', '-q', '-o', 'page.html');
  for (const [name, width, height, colorScheme] of [['light', 1280, 1500, 'light'], ['dark', 1280, 1500, 'dark'], ['320', 320, 1600, 'light']]) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.goto(`file://${join(dir, 'page.html')}`);
    const png = await page.screenshot();
    writeFileSync(join(out, `page-${name}.png`), await sheet(browser, [{ png, x: 0, y: 0, width, height }]));
    if (name === 'light') writeFileSync(join(out, 'picture.png'), await page.locator('figure.journey').screenshot());
    await page.close();
  }
  console.log('report: page-light, page-dark, page-320');
}

const [parallax, folder, ...names] = process.argv.slice(2);
const out = resolve(folder);
const chosen = (name) => names.length === 0 || names.includes(name);
mkdirSync(out, { recursive: true });
const browser = await launch();
for (const world of worlds) {
  if (names.length > 0 && world.prefix && !names.some((name) => name.startsWith(world.prefix))) continue;
  const app = await openApp(resolve(parallax), world.make);
  const page = await app.person('administrator', { login: 'ruth' });
  page.on('response', (response) => { if (response.status() >= 400) app.complaints.push(`${response.status()} ${response.url()} on ${page.url()}`); });
  await page.addInitScript("localStorage.setItem('parallax.tour', 'away')");
  for (const one of await pagesOf(app, page, world)) if (chosen(one[0])) await shoot(app, page, browser, out, one);
  if (!world.prefix && chosen('report')) await report(app.run, app.dir, browser, resolve(out, process.env.FULL ? '.' : '..'));
  for (const complaint of app.complaints) console.log(`complaint: ${complaint}`);
  await app.stop();
}
await browser.close();
