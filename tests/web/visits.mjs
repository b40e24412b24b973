// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of visits and walks share: a workspace of their own, its server, phones, views.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { check, finish, violations } = await import('./sheet.mjs');
const { png } = await import('./phone.mjs');
const { serve } = await import('./service.mjs');

export const parallax = resolve(process.argv[2]);
export const dir = mkdtempSync(join(tmpdir(), 'parallax-visit-'));
const env = { ...process.env, USER: 'anna' };
export const run = (...words) => execFileSync(parallax, words, { cwd: dir, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
export const shown = (visit) => JSON.parse(run('visit', 'show', 'house.plx', visit, '--format', 'json'));
export const rows = (sql) => run('sql', 'house.plx', sql, '--format', 'csv').trim().split('\n').slice(1);
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

// Visits of the journey, numbered from 1.
export const plan = (count, ...more) => run('visit', 'plan', 'house.plx', '--journey', 'stay', '--place', 'Lyon',
  ...(more.includes('--from') ? [] : ['--from', '2026-11-01']), '--until', '2099-12-12', '--count', String(count), ...more);
export const assign = (visit) => run('visit', 'assign', 'house.plx', visit, '--to', 'Zoë Miller').trim();

// The test, with a server that it may stop and start; what axe-core and narrow phones found.
export async function test(work) {
  const found = [];
  const house = { server: null };
  try {
    writeFileSync(join(dir, 'map.yaml'), MAP);
    run('init', 'house.plx', '--map', 'map.yaml');
    house.server = await serve(parallax, dir, 'house.plx');
    await work(house, found);
    check(found.length === 0, 'axe-core, light and dark, and 320 px, on every view', found.join('\n'));
  } catch (error) {
    check(false, 'the test ran to its end', error.stack);
  } finally {
    await house.server?.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  finish();
}

export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
export const titled = (page, text) => page.getByRole('heading', { name: text, exact: true, level: 1 }).waitFor();
export const title = (page) => page.locator('h1').textContent();
export const picture = (name, colour) => ({ name, mimeType: 'image/png', buffer: png(1800, 40, colour) });

export async function shoot(page, name) {
  if (!out) return;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: join(out, `visit-${name}.png`), fullPage: true });
}

// Every view once: axe-core, nothing wider than the phone.
export async function look(page, name, found) {
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

export async function begin(page, url) {
  await page.goto(url);
  await page.getByLabel('Nothing: I do not work there').check();
  await page.getByText('This page now works without a network.').waitFor();
}

// Everything that was typed is on the disk of the phone.
export const kept = (page) => page.waitForFunction(async (path) => {
  const open = indexedDB.open('parallax-visits', 1);
  const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const get = base.transaction('drafts').objectStore('drafts').get(path);
  const draft = await new Promise((done) => { get.onsuccess = () => done(get.result); });
  base.close();
  const field = document.querySelector('textarea');
  return draft && (!field || draft.moments.some(({ words }) => words === field.value));
}, new URL(page.url()).pathname);

export async function noteFrom(page, point, words) {
  await press(page, 'Note a moment');
  await page.getByLabel('Which moment?').selectOption(point);
  await page.getByLabel('What happened?').fill(words);
  await kept(page);
  await press(page, 'Done');
}

export async function sendIt(page) {
  await press(page, 'That was all');
  await press(page, 'Send');
}
