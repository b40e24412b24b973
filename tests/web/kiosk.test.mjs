// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk in a browser: `node kiosk.test.mjs PARALLAX`. Speaks TAP. With SCREENSHOTS=DIR it also
// writes pictures.
//
// Checks: a guest from the first question to thanks, by tapping and by
// keyboard; the last tap undone; a guest who leaves; hours of guests in bounded memory; the network cut, the page loaded
// anew meanwhile, all sent once when it is back; replies that are lost; a kiosk that is closed;
// without scripts; axe-core on every view, light and dark; phone and wall; Arabic.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch } = await import('./browser.mjs');
const { check, finish, violations } = await import('./sheet.mjs');
const { serve } = await import('./service.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-kiosk-'));
const run = (...args) => execFileSync(parallax, args, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });
const shoot = (page, name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`) });

// Of a journey of four points, a link of its own for each test: how many guests it has had.
function newKiosk() {
  const made = run('link', 'create', 'shop.plx', '--kiosk', '--format', 'json');
  const path = made.match(/"path": "([^"]*)"/)[1];
  const link = () => JSON.parse(run('link', 'list', 'shop.plx', '--format', 'json')).links.find((one) => one.path === path);
  return { path, guests: () => link().completed, close: () => run('link', 'close', 'shop.plx', String(link().link)) };
}
const POINTS = 4;

async function open(browser, url, { width = 1280, height = 800, dark = false, script = true, locale = 'en-GB', clock = true, worker = true } = {}) {
  const context = await browser.newContext({
    serviceWorkers: worker ? 'allow' : 'block',
    viewport: { width, height }, javaScriptEnabled: script, locale, colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  if (script && clock) await page.clock.install();
  await page.goto(url);
  return { page, context, complaints };
}

// From here on time passes only as the test says, however busy the machine is.
async function stopClock(page) {
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
}

// What a guest does: looks, then taps.
async function tap(page, value) {
  await page.clock.runFor(400);
  await page.locator(`.levels button[value="${value}"], .ways button[value="${value}"]`).click();
}
async function pass(page, seconds) {
  await page.clock.runFor(seconds * 1000);
}
const state = (page) => page.locator('#state').textContent();
const isSent = (page, n = 0) => page.waitForFunction((words) => document.getElementById('state')?.textContent === words, n > 0 ? `Waiting to be sent: ${n}` : '', { polling: 50 });

// The kiosk tries again now and then; a reply needs time of ours, too.
async function comesBack(page) {
  for (let i = 0; i < 20 && (await state(page)) !== ''; i += 1) {
    await pass(page, 10);
    await page.waitForTimeout(200);
  }
  await isSent(page);
}

async function oneGuest(page, value = '5') {
  for (let i = 0; i < POINTS; i += 1) await tap(page, value);
  await pass(page, 8); // thanks
}

async function checkGuest(browser, base) {
  const kiosk = newKiosk();
  const { page, context, complaints } = await open(browser, base + kiosk.path);
  check(await page.locator('.level').count() === 6, 'six buttons');
  check(await page.locator('.level').first().innerText() === 'They let me down', 'with the guests’ sentences', await page.locator('.level').first().innerText());
  check(!(await page.locator('#done').isVisible()), 'nobody can be done before the beginning');
  await shoot(page, 'wall');
  const seen = new Set();
  for (let i = 0; i < POINTS; i += 1) {
    seen.add(await page.locator('#point').innerText());
    await tap(page, '6');
    if (i === 0) check(await page.locator('#done').isVisible(), 'afterwards one can');
    if (i === 0) check(await page.locator('#point').evaluate((one) => one === document.activeElement), 'the next question is read aloud');
  }
  check(seen.size === POINTS, 'one point at a time, each once', [...seen].join());
  check(await page.locator('#thanks').isVisible() && !(await page.locator('form').isVisible()), 'thanks');
  await shoot(page, 'wall-thanks');
  await pass(page, 4);
  check(kiosk.guests() === 0 && await page.locator('#thanks').isVisible(), 'nothing is final as long as they stand there');
  await pass(page, 4);
  await isSent(page);
  check(kiosk.guests() === 1, 'then one guest is stored', `${kiosk.guests()}`);
  check(await page.locator('form').isVisible(), 'and the next may come');
  const asked = await page.locator('#point').innerText();
  await tap(page, '1');
  await page.clock.runFor(400);
  await page.locator('#back').click();
  check(await page.locator('#point').innerText() === asked && !(await page.locator('#back').isVisible()), 'after a tap that went wrong the question is asked again');
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await tap(page, 'na');
  await page.locator('#done').click();
  await stopClock(page);
  await page.locator('#next').click();
  await page.clock.runFor(10);
  check((await sent).postData().match(/level\.[^=]+=\w+/g).map((one) => one.split('=')[1]).join() === 'na', 'and only what was said then is sent', (await sent).postData());
  await isSent(page);
  check(kiosk.guests() === 2, 'who is done after one point counts', `${kiosk.guests()}`);
  await page.locator('.level').nth(2).dblclick();
  check(!(await page.locator('#done').isVisible()), 'a touch at once is not meant');
  check((await context.cookies()).length === 0, 'no cookie');
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  await context.close();
}

async function checkKeys(browser, base) {
  const kiosk = newKiosk();
  const { page, context } = await open(browser, base + kiosk.path);
  for (let i = 0; i < POINTS; i += 1) {
    await page.clock.runFor(400);
    await page.keyboard.press('Tab');
    check(await page.locator('.level').first().evaluate((one) => one === document.activeElement), 'the first button is next to the question');
    await page.keyboard.press('Enter');
  }
  await page.clock.runFor(400);
  await page.keyboard.press('Tab');
  check(await page.locator('#next').evaluate((one) => one === document.activeElement), 'behind thanks the next guest comes first');
  await page.keyboard.press('Enter');
  await isSent(page);
  check(kiosk.guests() === 1, 'by keyboard alone', `${kiosk.guests()}`);
  await context.close();
}

// What a guest's request says of the points, in their order.
const values = (request) => request.postData().match(/level\.[^=]+=\w+/g).map((one) => one.split('=')[1]).join();

// The last tap can be undone while thanks are shown, also without the network; nobody who waits for it loses anything.
async function checkUndo(browser, base) {
  const kiosk = newKiosk();
  const { page, context } = await open(browser, base + kiosk.path, { worker: false });
  const posts = [];
  page.on('request', (request) => { if (request.method() === 'POST') posts.push(request); });
  const undo = page.locator('#undo');
  await stopClock(page);
  for (let i = 0; i < POINTS; i += 1) await tap(page, '5');
  const box = await undo.boundingBox();
  check(box.height >= 44, 'back to the last question stands under thanks', JSON.stringify(box));
  await page.clock.runFor(100);
  await undo.click();
  check(await page.locator('#thanks').isVisible(), 'a touch at once is not meant');
  await page.clock.resume(); // to load another page
  await page.clock.runFor(400);
  await undo.click();
  check(await page.locator('form').isVisible() && await page.locator('#point').evaluate((one) => one === document.activeElement), 'it is asked again');
  await tap(page, '1');
  await pass(page, 8);
  await isSent(page);
  check(posts.length === 1 && values(posts[0]) === '5,5,5,1', 'one guest is sent, with what they said last', posts.map(values).join(' '));
  // Behind "done" the question that was left open.
  await tap(page, '2');
  const open_ = await page.locator('#point').innerText();
  await page.clock.runFor(400);
  await page.locator('#done').click();
  await page.clock.runFor(400);
  await undo.click();
  check(await page.locator('#point').innerText() === open_, 'who was done goes on where they were');
  await tap(page, '3');
  await page.locator('#done').click();
  await pass(page, 8);
  await isSent(page);
  check(posts.length === 2 && values(posts[1]) === '2,3', 'and all they said is sent', posts.map(values).join(' '));
  // The network is away: undone before it joins the queue; the page closed during thanks.
  await context.setOffline(true);
  for (let i = 0; i < POINTS; i += 1) await tap(page, '6');
  check(await state(page) === '', 'during thanks nothing waits yet', await state(page));
  await page.clock.runFor(400);
  await undo.click();
  await tap(page, '4');
  await pass(page, 8);
  check(await says(page, 'Waiting to be sent: 1'), 'then it waits', await state(page));
  await context.setOffline(false);
  await comesBack(page);
  check(values(posts.at(-1)) === '6,6,6,4' && kiosk.guests() === 3, 'and is sent as it was corrected', `${values(posts.at(-1))} ${kiosk.guests()}`);
  for (let i = 0; i < POINTS; i += 1) await tap(page, '2');
  await page.reload();
  await pass(page, 60);
  await isSent(page);
  await comesBack(page);
  for (let i = 0; i < 100 && kiosk.guests() < 4; i += 1) await new Promise((done) => setTimeout(done, 100)); // on its way
  check(kiosk.guests() === 4, 'a page that is closed during thanks loses nothing', `${kiosk.guests()}`);
  await context.close();
}

async function checkIdle(browser, base) {
  const kiosk = newKiosk();
  const { page, context } = await open(browser, `${base}${kiosk.path}?idle=60`);
  const first = await page.locator('#point').innerText();
  await pass(page, 300);
  check(await page.locator('#point').innerText() === first, 'nobody there: nothing happens');
  await tap(page, '2');
  await pass(page, 35);
  check(!(await page.locator('#still').isVisible()), 'a guest may think');
  await pass(page, 10);
  check(await page.locator('#still').isVisible(), 'is asked twenty seconds before the end');
  check(/^This starts again in 1\d seconds\.$/.test(await page.locator('#again').innerText()), 'and told how long', await page.locator('#again').innerText());
  await shoot(page, 'wall-still');
  const found = await violations(page);
  check(found.length === 0, 'axe-core with the question', found.join('\n'));
  await page.locator('#stay').click();
  await pass(page, 35);
  check(!(await page.locator('#still').isVisible()) && await page.locator('#done').isVisible(), 'and goes on');
  await pass(page, 30);
  check(!(await page.locator('#done').isVisible()), 'who is gone makes room for the next');
  await isSent(page);
  check(kiosk.guests() === 1, 'and what they said is stored', `${kiosk.guests()}`);
  await context.close();
}

// Live objects once the garbage is gone.
async function measure(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const kept = await page.evaluate(() => Object.keys(localStorage).length);
  await session.detach();
  return { nodes, listeners: jsEventListeners, bytes: usedSize, kept };
}

// By script, as a tap takes ten times as long; with the touch that tells that somebody is there.
async function manyGuests(page, n) {
  for (let i = 0; i < n; i += 1) {
    await page.clock.runFor(400);
    await page.evaluate((at) => {
      const button = /** @type {HTMLElement} */ (document.querySelectorAll('.level')[at % 6]);
      button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
      button.click();
    }, i);
    if (i % POINTS === POINTS - 1) await page.clock.runFor(10000);
  }
  await isSent(page);
}

const many = process.env.PLX_LONG ? 600 : 200;

async function checkHours(browser, base) {
  const kiosk = newKiosk();
  const { page, context, complaints } = await open(browser, base + kiosk.path);
  await manyGuests(page, 40);
  const before = await measure(page);
  await manyGuests(page, many - 40);
  const after = await measure(page);
  check(kiosk.guests() === many / POINTS, `${many} answers are all stored`, `${kiosk.guests()}`);
  check(after.kept === before.kept, 'nothing of them is left in the browser', `${before.kept} ${after.kept}`);
  check(after.listeners === before.listeners, 'no listeners gather', `${before.listeners} ${after.listeners}`);
  check(after.nodes <= before.nodes + 20, 'no nodes gather', `${before.nodes} ${after.nodes}`);
  check(after.bytes < before.bytes + 500000, 'memory is bounded', `${before.bytes} ${after.bytes}`);
  for (let hour = 1; hour <= 3; hour += 1) {
    await Promise.all([page.waitForEvent('load'), page.clock.fastForward(3700000)]);
    await page.locator('#point').waitFor();
    await manyGuests(page, POINTS);
  }
  check(kiosk.guests() === many / POINTS + 3, 'an hour without guests: the page is loaded anew, and goes on', `${kiosk.guests()}`);
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  await context.close();
}

// What the foot says, once it says this: answers are put away a moment after the tap.
async function says(page, text) {
  for (let i = 0; i < 50 && !(await state(page)).includes(text); i += 1) await page.waitForTimeout(100);
  return (await state(page)).includes(text);
}

// The page and its script are kept, and the worker that gives them back has taken over.
const isKept = (page) => page.waitForFunction(async () => {
  const cache = await caches.open('parallax-kiosk');
  const { active } = await navigator.serviceWorker.ready;
  return navigator.serviceWorker.controller && active?.state === 'activated'
    && await cache.match(location.href) && (await cache.keys()).length >= 2;
}, undefined, { polling: 50 });

async function checkOffline(browser, running) {
  const kiosk = newKiosk();
  const { page, context } = await open(browser, running.url + kiosk.path);
  await isKept(page);
  await context.setOffline(true);
  for (let i = 0; i < 3; i += 1) await oneGuest(page);
  check(await state(page) === 'No network. Answers are kept here and sent later. Waiting to be sent: 3', 'without the network three guests wait', await state(page));
  await shoot(page, 'wall-offline');
  // And without a server, too: this the browser cannot know of (and Playwright's own way to cut the
  // network meddles with pages that come from a worker).
  await running.stop();
  await context.setOffline(false);
  await tap(page, '4'); // a guest in the middle
  await page.reload();
  check(await page.locator('.level').count() === 6, 'the page opens without the network');
  check(await says(page, 'Waiting to be sent: 3'), 'and has kept what waits', await state(page));
  await oneGuest(page);
  check(await says(page, 'Waiting to be sent: 4'), 'more guests come', await state(page));
  await pass(page, 60);
  check(await says(page, 'Waiting to be sent: 5'), 'the one in the middle is not forgotten', await state(page));
  check(kiosk.guests() === 0, 'nothing has arrived yet');
  const again = await serve(parallax, dir, 'shop.plx', '--listen', new URL(running.url).host);
  await comesBack(page);
  check(kiosk.guests() === 5, 'all are sent when it is back, once', `${kiosk.guests()}`);
  await page.reload();
  await isSent(page);
  check(kiosk.guests() === 5, 'and not again', `${kiosk.guests()}`);
  await context.close();
  return again;
}

// The server has stored it, and nobody heard.
async function checkLostReplies(browser, base) {
  const kiosk = newKiosk();
  // What goes through a worker's hands, Playwright does not lose.
  const { page, context } = await open(browser, base + kiosk.path, { worker: false });
  let lost = 0;
  await context.route('**/k/*/*', async (route) => {
    if (route.request().method() !== 'POST' || lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await oneGuest(page);
  await comesBack(page);
  check(lost === 2 && kiosk.guests() === 1, 'replies that are lost count nothing twice', `${lost} ${kiosk.guests()}`);
  await context.close();
}

async function checkClosed(browser, base) {
  const kiosk = newKiosk();
  const { page, context } = await open(browser, base + kiosk.path);
  kiosk.close();
  await oneGuest(page);
  const told = page.getByRole('heading', { name: 'This device takes no answers at the moment.' });
  await told.waitFor();
  check(await state(page) === 'Waiting to be sent: 1', 'a kiosk that is closed says so and keeps what it has', await state(page));
  check(!(await page.locator('form').isVisible()) && !(await page.locator('#thanks').isVisible()), 'and asks nobody');
  await shoot(page, 'wall-closed');
  const found = await violations(page, false);
  check(found.length === 0, 'closed: axe-core', found.join('\n'));
  await pass(page, 2 * 3600);
  await page.waitForTimeout(500);
  check(await told.isVisible() && await state(page) === 'Waiting to be sent: 1', 'hours later, too, what was not sent is in sight', await state(page));
  await page.clock.resume(); // to load another page
  await page.goto(base + kiosk.path);
  await page.getByText('Waiting to be sent: 1').waitFor();
  const reloaded = await violations(page, false);
  check(reloaded.length === 0, 'loaded anew it is, too: axe-core', reloaded.join('\n'));
  await context.close();
}

// Nobody comes by, and nothing is sent: it finds out itself.
async function checkClosedUnseen(browser, base) {
  const kiosk = newKiosk();
  const { page, context } = await open(browser, base + kiosk.path);
  kiosk.close();
  check(await page.locator('form').isVisible(), 'until it looks it asks');
  await pass(page, 400);
  await page.getByRole('heading', { name: 'This device takes no answers at the moment.' }).waitFor();
  check(!(await page.locator('form').isVisible()) && await state(page) === '', 'within minutes a kiosk sees that it was closed');
  await context.close();
}

async function checkPlain(browser, base) {
  const kiosk = newKiosk();
  const { page, context } = await open(browser, base + kiosk.path, { script: false, width: 390, height: 844 });
  for (let i = 0; i < 2; i += 1) await page.locator('.level').nth(i).click();
  check(await page.locator('main').innerText().then((text) => text.startsWith('Thank you!')), 'without scripts: thanks, and the next question');
  check(await page.locator('form').isVisible(), 'which is there');
  check(kiosk.guests() === 2, 'each is an answer', `${kiosk.guests()}`);
  await page.reload();
  check(kiosk.guests() === 2, 'a refresh sends nothing again');
  await shoot(page, 'phone-plain');
  await context.close();
}

async function checkLooks(browser, url, name, options = {}) {
  const { page, context } = await open(browser, url, options);
  const found = await violations(page, options.dark);
  check(found.length === 0, `${name}: axe-core`, found.join('\n'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= (options.width ?? 1280), `${name}: no sideways scrolling`, `${wide}`);
  await shoot(page, name);
  for (let i = 0; i < POINTS; i += 1) await tap(page, '3');
  const thanks = await violations(page, options.dark);
  check(thanks.length === 0, `${name}: axe-core on thanks`, thanks.join('\n'));
  await context.close();
}

async function checkTall(browser, url) {
  const { page, context } = await open(browser, url, { width: 1024, height: 768 });
  const end = await page.locator('.levels').evaluate((one) => one.getBoundingClientRect().bottom);
  check(end <= 768, 'on a tablet all six are seen without scrolling', `${end}`);
  await context.close();
}

const MAP = `parallax: 1
title: Shop
journeys:
  - title: A visit
    transactions:
      - title: At the desk
        points:
          - Greeting at the door
          - {title: {en: Waiting to be served by somebody who knows the answer, ar: انتظار الخدمة}}
          - How the bill was explained
          - Saying goodbye
`;
writeFileSync(join(dir, 'map.yaml'), MAP);
run('init', 'shop.plx', '--map', 'map.yaml');
let service = await serve(parallax, dir, 'shop.plx');
const browser = await launch();
try {
  await checkGuest(browser, service.url);
  await checkKeys(browser, service.url);
  await checkUndo(browser, service.url);
  await checkIdle(browser, service.url);
  service = await checkOffline(browser, service);
  await checkLostReplies(browser, service.url);
  await checkClosed(browser, service.url);
  await checkClosedUnseen(browser, service.url);
  await checkPlain(browser, service.url);
  const looked = service.url + newKiosk().path;
  await checkLooks(browser, looked, 'wall-light');
  await checkLooks(browser, looked, 'wall-dark', { dark: true });
  await checkLooks(browser, looked, 'phone', { width: 390, height: 844 });
  await checkLooks(browser, looked, 'narrow', { width: 320, height: 640 });
  await checkLooks(browser, looked, 'phone-ar', { width: 390, height: 844, locale: 'ar' });
  await checkTall(browser, looked);
  await checkHours(browser, service.url);
} finally {
  await browser.close();
  await service.stop();
  rmSync(dir, { recursive: true, force: true });
}
finish();
