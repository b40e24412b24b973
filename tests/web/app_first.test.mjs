// SPDX-License-Identifier: GPL-3.0-or-later
// The first 30 minutes: `node app_first.test.mjs PARALLAX [mouse|keyboard|both]`. Speaks TAP, and says how long each part took.
//
// Checks: the story (story.mjs) from one command to a page for Monday, by keyboard alone; what was done is in the workspace; the focus is
// never lost; every page of it: 200 % and a small phone without sideways scrolling or a lost control, mirrored without overlaps, axe-core
// in light and dark where no other test asks it; nothing from elsewhere; how late a cold picture is. With PLX_LONG or named hands axe-core
// looks at all pages; with PLX_LONG the mouse tells it, too. With SCREENSHOTS=DIR it also writes pictures.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch } = await import('./browser.mjs');
const { check, finish, sheets } = await import('./sheet.mjs');
const { keyHand, mouseHand } = await import('./hands.mjs');
const { chapters } = await import('./story.mjs');
const { lookAt } = await import('./look.mjs');
const parallax = resolve(process.argv[2]);
const wanted = process.argv[3] ?? (process.env.PLX_LONG ? 'both' : 'keyboard');
const whole = process.argv[3] !== undefined || Boolean(process.env.PLX_LONG);
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

function worldOf(browser, hand, looks) {
  const dir = mkdtempSync(join(tmpdir(), 'parallax-first-'));
  const complaints = [];
  const world = {
    parallax, dir, hand, sheets, complaints, found: [], looking: 0,
    check: (ok, name, detail) => check(ok, `${hand.name}: ${name}`, detail),
    run: (...words) => execFileSync(parallax, words, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, USER: 'test' } }),
    async person({ width = 1280, height = 900 } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', reducedMotion: 'reduce', acceptDownloads: true });
      const page = await context.newPage();
      page.setDefaultTimeout(15000);
      // A page that has not heard yet that its guess is kept sends it again, and is told that guesses are locked.
      const isLate = (message) => /409/.test(message.text()) && message.location().url.endsWith('/guess');
      page.on('console', (message) => { if (message.type() === 'error' && !isLate(message)) complaints.push(`${message.text()} ${message.location().url}`); });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        if (!/^(data|blob|file):|^http:\/\/127\.0\.0\.1:/.test(request.url())) complaints.push(`asks ${request.url()}`);
      });
      return page;
    },
    // `axe`: no other test asks axe-core about this page.
    async look(page, name, { axe = false } = {}) {
      if (!looks) return;
      const before = performance.now();
      for (const fault of await lookAt(page, name, { axe: axe || whole, pictures })) world.found.push(`${name}: ${fault}`);
      world.looking += performance.now() - before;
    },
  };
  return world;
}

// Of somebody who is signed in, with nothing kept by the browser: from the address to a picture whose filters can be used.
async function cold(browser, world) {
  const times = [];
  const storageState = await world.page.context().storageState();
  for (let i = 0; i < 3; i += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, storageState: { cookies: storageState.cookies, origins: [] } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const see = () => {
        const filter = document.querySelector('.filters button:not([aria-disabled])');
        if (filter && document.querySelector('svg.picture')) globalThis.usable = performance.now();
        else requestAnimationFrame(see);
      };
      see();
    });
    await page.goto(`${world.url}/app`);
    await page.waitForFunction(() => globalThis.usable);
    times.push(Math.round(await page.evaluate('globalThis.usable')));
    await context.close();
  }
  console.log(`# cold, to a picture that can be used: ${times.join(', ')} ms`);
}

async function tell(browser, hand, looks) {
  const world = worldOf(browser, hand, looks);
  try {
    for (const [name, chapter] of chapters) {
      const [begun, looked, done] = [performance.now(), world.looking, hand.count];
      await chapter(world);
      const seconds = (performance.now() - begun - (world.looking - looked)) / 1000;
      console.log(`# ${hand.name}, ${name}: ${seconds.toFixed(1)} s, ${hand.count - done} ${hand.name === 'by mouse' ? 'clicks and fields' : 'keys'}`);
    }
    if (looks) {
      check(world.found.length === 0, 'every page: accessible in light and dark, at 200 %, on a small phone, and mirrored', world.found.join('\n'));
      console.log(`# looking at the pages: ${(world.looking / 1000).toFixed(1)} s`);
    }
    check(hand.lost.length === 0, `${hand.name}: the focus is never lost`, hand.lost.join('\n'));
    check(world.complaints.length === 0, `${hand.name}: no complaints`, world.complaints.join('\n'));
    await cold(browser, world);
  } catch (error) {
    check(false, `${hand.name}: the story came to its end`, `${error.stack}\n${world.found.join('\n')}\n${hand.lost.join('\n')}`);
    if (pictures && world.page) await world.page.screenshot({ path: join(pictures, 'stopped.png') }).catch(() => {});
  } finally {
    await world.service?.stop();
    rmSync(world.dir, { recursive: true, force: true });
  }
}

const browser = await launch();
if (wanted !== 'mouse') await tell(browser, keyHand(), true);
if (wanted !== 'keyboard') await tell(browser, mouseHand(), wanted === 'mouse');
await browser.close();
finish();
