// SPDX-License-Identifier: GPL-3.0-or-later
// The place Picture of the app, by mouse and by keyboard: `node app_picture.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: what is chosen stands in the address and comes from the program's own report; chips; a point and its way back;
// arrow keys; the other readings; two sides; what is empty teaches; axe-core, light and dark; a phone's width; no complaint.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { sample } = await import('./sample.mjs');
const { launch } = await import('./browser.mjs');
const { serve } = await import('./service.mjs');
const { check, finish, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-picture-'));
const password = 'hop on the bus';
const run = (...words) => execFileSync(parallax, words, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

const heading = (page) => page.locator('.drawn h1').first();
const drawnAt = (page) => page.waitForFunction(() => document.querySelector('.drawn h1') && !document.querySelector('.waiting, .busy'),
  null, { timeout: 60000 });

async function signIn(page, server) {
  await page.goto(server.address('become its administrator'));
  await page.fill('[name=login]', 'ruth');
  await page.fill('[name=new]', password);
  await page.fill('[name=again]', password);
  await Promise.all([page.waitForNavigation(), page.click('main button[type=submit], main form button')]);
}

async function lookAt(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
  const found = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...await violations(page, true));
  await page.emulateMedia({ colorScheme: 'light' });
  check(found.length === 0, `${name}: axe-core, light and dark`, found.join('\n'));
}

// What `report` writes with the same options says the same sentence.
function sentence(...options) {
  run('report', 'shop.plx', '--reading', 'gaps', '-q', '-o', 'same.html', ...options);
  const html = readFileSync(join(dir, 'same.html'), 'utf8');
  return html.match(/<h1[^>]*>(.*?)<\/h1>/s)[1].replace(/<[^>]*>/g, '').replace(/\s+/g, ' ').trim();
}
// TRUE as soon as the page says it.
const says = (page, text) => page.waitForFunction((wanted) => !document.querySelector('.waiting, .busy') &&
  document.querySelector('.drawn h1')?.textContent.replace(/\s+/g, ' ').trim() === wanted, text, { timeout: 60000 }).then(() => true, () => false);
const said = async (page) => (await heading(page).textContent()).replace(/\s+/g, ' ').trim();

async function filters(page, url) {
  await page.goto(`${url}/app`);
  await drawnAt(page);
  check(await says(page, sentence()), 'home says what the report says', await said(page));
  await page.getByRole('button', { name: /^Place/ }).click();
  check(await page.locator('.pick-panel input[type=search]').evaluate((node) => node === document.activeElement), 'a long list begins with its search');
  await page.keyboard.type('hul');
  await page.getByLabel(/^Hull/).check();
  await drawnAt(page);
  check(new URL(page.url()).searchParams.getAll('where').join() === 'place=Hull', 'a place stands in the address', page.url());
  check(await says(page, sentence('--where', 'place=Hull')), 'and is what the program was asked', await said(page));
  await page.keyboard.press('Escape');
  check(await page.getByRole('button', { name: /^Place/ }).evaluate((node) => node === document.activeElement), 'Escape closes the list and goes back');
  await page.getByRole('button', { name: /^Channel/ }).click();
  await page.getByLabel(/^web/).check();
  await page.keyboard.press('Escape');
  await drawnAt(page);
  check(new URL(page.url()).searchParams.getAll('where').join(' ') === 'place=Hull channel=web', 'where stands several times', page.url());
  await page.getByRole('button', { name: 'Take away: Channel: web' }).click();
  check(new URL(page.url()).searchParams.getAll('where').join() === 'place=Hull', 'a chip takes away what it says');
  await page.getByRole('button', { name: /^Period/ }).click();
  await page.getByRole('button', { name: /^Last 90 days/ }).click();
  await drawnAt(page);
  const chosen = new URL(page.url()).searchParams;
  check(chosen.get('until') === '2026-08-31' && chosen.get('since') === '2026-06-03', 'a period counts back from the last answer', page.url());
  check(await says(page, sentence('--where', 'place=Hull', '--since', '2026-06-03', '--until', '2026-08-31')), 'and is what the program was asked');
  await lookAt(page, 'chosen');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await drawnAt(page);
  check(new URL(page.url()).search === '' && await says(page, sentence()), 'clear shows everything again', page.url());
  await page.goBack();
  await drawnAt(page);
  check(new URL(page.url()).searchParams.get('where') === 'place=Hull', 'back is back');
}

async function nothingLeft(page, url) {
  await page.goto(`${url}/app?where=place%3DHull&since=2031-01-01`);
  await page.getByText('No answers are left with these choices').waitFor({ timeout: 30000 });
  check(await page.getByRole('button', { name: 'Take away: since 1 Jan 2031' }).count() > 0, 'what leaves nothing can be taken away');
  await lookAt(page, 'nothing left');
}

async function points(page, url) {
  await page.goto(`${url}/app?where=place%3DHull`);
  await drawnAt(page);
  const first = page.locator('svg a.point').first();
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const at = await page.evaluate('document.activeElement.getAttribute("href")');
  check(at === '#g0-p2', 'arrow keys walk from point to point', at);
  check(await page.locator('tbody.lit').getAttribute('id') === 'g0-p2', 'its row in the table lights up');
  const id = await page.locator('#g0-p2').getAttribute('data-point');
  await page.keyboard.press('Enter');
  await drawnAt(page);
  check(new URL(page.url()).pathname === `/app/point/${id}` && new URL(page.url()).search === '?where=place%3DHull', 'Enter opens its evidence, of the same answers', page.url());
  run('report', 'shop.plx', '--reading', 'point', '--point', id, '--where', 'place=Hull', '-q', '-o', 'point.html');
  const own = readFileSync(join(dir, 'point.html'), 'utf8').match(/<h1[^>]*>(.*?)<\/h1>/s)[1];
  check(await says(page, own), 'which is what report --reading point says', await said(page));
  check(await page.evaluate('document.activeElement.tagName') === 'H1', 'its heading has the focus');
  await lookAt(page, 'point');
  await page.locator('.neighbours a[data-way=next]').waitFor({ timeout: 30000 });
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((before) => !window.location.pathname.endsWith(before), id);
  await drawnAt(page);
  const next = decodeURIComponent(new URL(page.url()).pathname.split('/').pop());
  await page.getByRole('link', { name: 'Back to the picture' }).click();
  await drawnAt(page);
  await page.waitForFunction(() => document.activeElement?.classList.contains('point'), null, { timeout: 10000 });
  const back = await page.evaluate('document.getElementById(document.activeElement.getAttribute("href").slice(1)).dataset.point');
  check(back === next, 'and back in the picture the point has the focus', `${back} ${next}`);
  await page.locator('tbody[data-point] a.to-point').first().click();
  check(new URL(page.url()).pathname.startsWith('/app/point/'), 'a name in the table is a link, too');
}

async function otherReadings(page, url) {
  for (const name of ['friction', 'consistency', 'journey', 'drivers', 'promises', 'trend', 'beliefs', 'workshop']) {
    await page.goto(`${url}/app/reading/${name}`);
    await drawnAt(page);
    const found = await violations(page);
    check((await said(page)).length > 10 && found.length === 0, `${name} has a screen`, found.join('\n'));
  }
  await page.goto(`${url}/app/reading/beliefs`);
  await drawnAt(page);
  const beliefs = await page.locator('.command-line code').textContent();
  check(beliefs.trim() === 'parallax beliefs shop.plx', 'guesses: the command that says the same, and locks nothing', beliefs);
  const room = await page.locator('main').innerText();
  check(!room.includes('--') && await page.getByRole('link', { name: 'To the workshops' }).getAttribute('href') === '/app/ask/workshops', 'and where they are revealed for real', room.slice(-400));
  await page.goto(`${url}/app/reading/workshop`);
  await drawnAt(page);
  check(run('info', 'shop.plx', '--format', 'json').includes('"observations": 22450'), 'and looking changed nothing');
  const text = await page.locator('.command-line code').textContent();
  check(text.includes('parallax report shop.plx --reading workshop'), 'each says its command', text);
  await page.goto(`${url}/app/reading/vignettes`);
  await page.getByText('Not enough for this yet').waitFor({ timeout: 30000 });
  check(await page.getByText('There are no vignettes in the map').isVisible(), 'a map without vignettes says so, without asking for them');
  await lookAt(page, 'no vignettes');
}

// On a phone the bar of readings is moved to the one that is looked at, also when it was opened on a desk.
async function tabBar(page, url) {
  const seen = () => page.locator('nav.tabs').first().evaluate((bar) => {
    const [tab, box] = [bar.querySelector('[aria-current]').getBoundingClientRect(), bar.getBoundingClientRect()];
    return tab.left >= box.left && tab.right <= box.right;
  });
  await page.goto(`${url}/app/reading/vignettes`);
  await page.getByText('Not enough for this yet').waitFor({ timeout: 30000 });
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 780 });
  await page.waitForTimeout(200);
  check(await seen(), 'turned into a phone, the bar shows the reading that is looked at');
  await page.reload();
  await page.getByText('Not enough for this yet').waitFor({ timeout: 30000 });
  check(await seen(), 'and when it is opened there');
  await page.setViewportSize(size);
}

async function sides(page, url) {
  await page.goto(`${url}/app/compare`);
  await page.locator('fieldset select').nth(1).waitFor({ timeout: 30000 });
  await page.getByRole('group', { name: 'Side A' }).getByLabel('Place').selectOption({ label: 'Bath' });
  await page.getByRole('group', { name: 'Side B' }).getByLabel('Place').selectOption({ label: 'Hull' });
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await drawnAt(page);
  await page.locator('.side-picture svg.picture').nth(3).waitFor({ timeout: 30000 });
  check(new URL(page.url()).search === '?a=place%3DBath&b=place%3DHull', 'both sides stand in the address', page.url());
  run('compare', 'shop.plx', '--a', 'place=Bath', '--b', 'place=Hull', '-q', '-o', 'c.html');
  const own = readFileSync(join(dir, 'c.html'), 'utf8').match(/<h1[^>]*>(.*?)<\/h1>/s)[1];
  check(await says(page, own), 'and say what compare says', await said(page));
  const scales = await page.evaluate(() => [...document.querySelectorAll('.side-picture')].map((side) =>
    [...side.querySelector('svg.picture').querySelectorAll('.level-label')].map((node) => node.textContent).join()));
  check(scales.length === 2 && scales[0] === scales[1], 'both pictures have one scale', scales.join('\n'));
  await lookAt(page, 'compare');
  const words = await said(page);
  check(words.startsWith('Hull against Bath: '), 'sides are said in words', words);
  const place = page.getByRole('group', { name: 'Side A' }).getByLabel('Place');
  await place.selectOption({ label: 'York' });
  await page.getByRole('group', { name: 'Side B' }).getByLabel('Period').selectOption('own');
  await page.getByRole('group', { name: 'Side B' }).getByLabel('From').fill('2026-02-01');
  await page.getByRole('group', { name: 'Side B' }).getByLabel('To').fill('2026-02-28');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.waitForFunction(() => /^Hull, February.2026 against York: /.test(document.querySelector('.drawn h1')?.textContent ?? ''), null, { timeout: 60000 });
  check(true, 'and so are periods');
  await page.goBack();
  await page.waitForFunction(() => /^Hull against Bath/.test(document.querySelector('.drawn h1')?.textContent ?? ''), null, { timeout: 60000 });
  check(await place.inputValue() === 'place=Bath' && await page.getByRole('group', { name: 'Side B' }).getByLabel('From').count() === 0,
    'fields follow the browser back', await place.inputValue());
  await page.goForward();
  await page.getByRole('group', { name: 'Side B' }).getByLabel('From').waitFor();
  check(await place.inputValue() === 'place=York' && await page.getByRole('group', { name: 'Side B' }).getByLabel('To').inputValue() === '2026-02-28',
    'and forward', await place.inputValue());
  await page.goto(`${url}/app/compare?a=2026-02&b=2026-03..2026-05`);
  await drawnAt(page);
  await page.locator('.side-picture svg.picture').nth(3).waitFor({ timeout: 30000 });
  const titles = await page.locator('.side-picture h2:first-child').allTextContents();
  check(titles.join().includes('1 Feb 2026 – 28 Feb 2026') && titles.join().includes('1 Mar 2026 – 31 May 2026'), 'months are whole months', titles.join());
}

async function phone(page, url) {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/app', '/app/point/doorstep', '/app/compare?a=place%3DBath&b=place%3DHull', '/app/reading/trend']) {
    await page.goto(url + path);
    await drawnAt(page);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    check(wide <= 320, `${path}: no wider than a phone`, wide);
  }
  check(!await page.getByRole('button', { name: /^Place/ }).isVisible(), 'what can be chosen is folded up there');
  await page.getByRole('button', { name: 'Choose which answers' }).click();
  await page.getByRole('button', { name: /^Place/ }).click();
  const box = await page.locator('.pick-panel:not([hidden])').boundingBox();
  check(box.x >= 0 && box.x + box.width <= 320, 'a list fits on it', JSON.stringify(box));
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function empty(browser) {
  run('init', 'none.plx');
  const server = await serve(parallax, dir, 'none.plx');
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  try {
    await signIn(page, server);
    await page.goto(`${server.url}/app`);
    await page.getByText('No answers yet').waitFor({ timeout: 30000 });
    check(await page.getByRole('link', { name: 'Import a file' }).getAttribute('href') === '/app/ask/import', 'without answers home says what to do');
    await lookAt(page, 'no answers');
  } finally {
    await server.stop();
  }
}

// One visit was accepted, and nobody else has answered: no fault, but so many, from how many on, and how to ask more.
async function few(browser) {
  run('init', 'few.plx', '--template', 'hotel-stay');
  run('visit', 'plan', 'few.plx', '--by', 'Zoe', '--journey', 'stay', '--place', 'Lyon', '--from', '2026-12-01', '--until', '2026-12-10');
  run('visit', 'assign', 'few.plx', '1', '--by', 'Zoe', '--to', 'Zoe');
  writeFileSync(join(dir, 'told.json'), readFileSync(new URL('../../examples/visits/told.json', import.meta.url), 'utf8').replace('doorstep', 'lobby-first-impression'));
  run('visit', 'take', 'few.plx', '1', 'told.json', '--by', 'Zoe');
  run('visit', 'review', 'few.plx', '1', '--accept', '--by', 'Zoe');
  const server = await serve(parallax, dir, 'few.plx');
  const page = await (await browser.newContext({ reducedMotion: 'reduce', locale: 'de' })).newPage();
  try {
    await signIn(page, server);
    for (const path of ['/app', '/app/next', '/app/point/lobby-first-impression', '/app/reading/beliefs']) {
      await page.goto(server.url + path);
      await page.getByText('1 Person hat geantwortet. Zahlen werden ab 5 Personen gezeigt.').waitFor({ timeout: 30000 });
      const text = await page.locator('main').innerText();
      check(!text.includes('--') && !text.includes('nothing that was asked') && await page.locator('.notice.trouble').count() === 0, `${path}: few answers are no fault`, text);
      check(await page.getByRole('link', { name: 'Menschen befragen' }).getAttribute('href') === '/app/ask', `${path}: and how to ask more`);
      await lookAt(page, `few answers${path.replaceAll('/', '-')}`);
    }
  } finally {
    await server.stop();
  }
}

sample(parallax, join(dir, 'shop'));
run('init', 'shop.plx', '--map', 'shop/map.yaml');
run('import', 'shop.plx', 'shop/ratings.csv');
const server = await serve(parallax, dir, 'shop.plx');
const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await signIn(page, server);
  await filters(page, server.url);
  await nothingLeft(page, server.url);
  await points(page, server.url);
  await otherReadings(page, server.url);
  await tabBar(page, server.url);
  await sides(page, server.url);
  await phone(page, server.url);
  await empty(browser);
  await few(browser);
  const odd = complaints.filter((text) => !text.includes('status of 40'));
  check(odd.length === 0, 'no complaint, no policy broken', odd.join('\n'));
} finally {
  await browser.close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
finish();
