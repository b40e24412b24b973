// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of the app: `node app_frame.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: the four places by keyboard and by shortcut, which can be switched off; the tour; the menu and signing out;
// back and forward; an address that is not there; how much is loaded, and that it is all ours; axe-core.
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const app = await openApp(resolve(process.argv[2]));
const page = await app.person('administrator');

const at = () => new URL(page.url()).pathname;

// Under each place, and deeper; what is there in its stead says where to go.
async function lost() {
  for (const [path, back] of [['nowhere', '/app'], ['ask/nowhere', '/app/ask'], ['ask/map/nowhere', '/app/ask'], ['ask/import/nowhere', '/app/ask'],
    ['next/nowhere', '/app/next'], ['next/ledger/7', '/app/next/ledger'], ['settings/nowhere', '/app/settings'], ['settings/data/7', '/app/settings'],
    ['reading/nowhere', '/app'], ['reading', '/app'], ['point', '/app'], ['compare/7', '/app']]) {
    await page.goto(`${app.url}/app/${path}`);
    const box = page.locator('.empty-state').filter({ has: page.getByRole('heading', { name: 'There is no such page' }) });
    await box.waitFor();
    const heads = await page.locator('h1').count();
    await box.getByRole('link').first().click();
    const landed = at();
    check(landed === back && heads === 1, `/app/${path}: no such page, and where to go`, landed);
  }
  await page.goto(`${app.url}/app/next/nowhere`);
  await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
  const found = await app.faults(page, 'frame-lost');
  check(found.length === 0, 'no such page: accessible', found.join('\n'));
}

async function places() {
  await app.go(page, '/app/settings', 'Settings');
  await page.getByRole('link', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  check(at() === '/app/next', 'a place by keyboard', at());
  await page.goBack();
  check(at() === '/app/settings', 'back');
  await page.goForward();
  check(at() === '/app/next', 'and forward');
  await page.locator('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  check(at() === '/app/settings', 'a place by its keys', at());
  await lost();
}

async function help() {
  await app.go(page, '/app/settings', 'Settings');
  await page.locator('main').focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  const found = await app.faults(page, 'frame-shortcuts');
  check(found.length === 0, 'shortcuts: accessible', found.join('\n'));
  await dialog.getByLabel('Single keys do something').uncheck();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  check(at() === '/app/settings', 'switched off they do nothing', at());
}

async function tour() {
  await page.getByRole('button', { name: 'Show me' }).click();
  const box = page.getByRole('complementary', { name: 'A tour in five steps' });
  for (let i = 1; i <= 5; i += 1) {
    await box.getByText(`${i} of 5`).waitFor();
    if (i === 3) {
      await page.waitForURL('**/app/ask');
      check(true, 'the tour goes to where it speaks of');
    }
    await box.getByRole('button', { name: i < 5 ? 'Next' : 'End the tour', exact: true }).click();
  }
  await box.waitFor({ state: 'detached' });
  await app.go(page, '/app/settings', 'Settings');
  check(await page.getByRole('button', { name: 'Show me' }).count() === 0, 'and is not offered again');
}

async function weight() {
  let bytes = 0;
  const ours = [];
  page.on('response', (response) => ours.push(response));
  await page.goto(`${app.url}/app`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  for (const response of [...ours]) {
    if (!/^(document|script|stylesheet)$/.test(response.request().resourceType())) continue;
    bytes += gzipSync(await response.body()).length;
  }
  check(bytes > 5000 && bytes < 100000, 'what is loaded first is under 100 kB', `${bytes} bytes`);
  console.log(`# first load: ${bytes} bytes, packed`);
}

// Who may not change settings does not find them in the bar, nor among the keys. A long name of one's own ends in dots, in
// its own direction, and the arrow beside it stays, on a small phone too.
async function others() {
  for (const language of ['en', 'ar']) {
    const one = await app.person('viewer', { login: `maria.${language}.fernandez@grand-hotel.example` });
    await one.goto(`${app.url}/language/${language}?page=${encodeURIComponent('/app')}`);
    await one.locator('.places').waitFor();
    check(await one.locator('.places a').count() === 3 && await one.locator('.places a[href="/app/settings"]').count() === 0, `${language}: a viewer has three places`);
    await one.locator('main').focus();
    await one.keyboard.press('g');
    await one.keyboard.press('s');
    check(new URL(one.url()).pathname === '/app', `${language}: and no key for a fourth`);
    for (const width of [1280, 320]) {
      await one.setViewportSize({ width, height: 640 });
      const seen = await one.evaluate(() => {
        const [summary, name] = ['.me summary', '.me-name'].map((which) => document.querySelector(which));
        const [box, text] = [summary.getBoundingClientRect(), name.getBoundingClientRect()];
        const arrow = getComputedStyle(summary).direction === 'rtl' ? text.left - box.left : box.right - text.right;
        return { arrow, inside: box.left >= 0 && box.right <= innerWidth && Math.min(box.left, innerWidth - box.right) < 40, direction: getComputedStyle(name).direction, cut: name.scrollWidth > name.clientWidth,
          from: getComputedStyle(name).textOverflow, wide: document.documentElement.scrollWidth > innerWidth, size: text.width };
      });
      check(seen.arrow > 18 && seen.inside && !seen.wide && seen.direction === 'ltr' && seen.cut && seen.from === 'ellipsis' && seen.size > 40,
        `${language}, ${width} px: a long name ends in dots, its arrow stays`, JSON.stringify(seen));
      if (process.env.SCREENSHOTS) await one.screenshot({ path: `${process.env.SCREENSHOTS}/frame-name-${language}-${width}.png`, clip: { x: 0, y: 0, width, height: 120 } });
    }
    await one.context().close();
  }
}

async function menu() {
  await page.locator('details.me summary').click();
  const found = await app.faults(page, 'frame-menu');
  check(found.length === 0, 'the menu: accessible', found.join('\n'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/login/);
  await page.goto(`${app.url}/app`);
  check(at() === '/login', 'signed out', at());
}

await places();
await help();
await tour();
await weight();
await others();
await menu();
check(app.complaints.length === 0, 'no complaints', app.complaints.join('\n'));
await app.stop();
finish();
