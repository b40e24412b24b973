// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every page of the app, for docs/pictures and a critical eye: `node shots.mjs PARALLAX FOLDER [NAME...]`;
// ./dev shots. Each page on a desk and on a phone, in light and in dark.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openApp } from './app.mjs';

const pages = [
  ['picture', '/app'],
  ['point', '/app/point/doorstep'],
  ['compare', '/app/compare'],
  ...['friction', 'consistency', 'journey', 'drivers', 'promises', 'trend', 'beliefs'].map((name) => [`reading-${name}`, `/app/reading/${name}`]),
  ['ask', '/app/ask'],
  ['ask-map', '/app/ask/map'],
  ['ask-forms', '/app/ask/forms'],
  ['ask-visits', '/app/ask/visits'],
  ['ask-workshops', '/app/ask/workshops'],
  ['ask-import', '/app/ask/import'],
  ['next', '/app/next'],
  ['next-steps', '/app/next/steps'],
  ['next-step', '/app/next/steps/1'],
  ['next-ledger', '/app/next/ledger'],
  ['next-suggestions', '/app/next/suggestions'],
  ['settings', '/app/settings'],
  ['settings-programs', '/app/settings/programs'],
  ['settings-data', '/app/settings/data'],
  ['settings-audit', '/app/settings/audit'],
  ['settings-health', '/app/settings/health'],
];
const looks = [['desk', 1280, 900, 'light'], ['desk-dark', 1280, 900, 'dark'], ['phone', 390, 844, 'light'], ['phone-dark', 390, 844, 'dark']];

const [parallax, folder, ...names] = process.argv.slice(2);
const out = resolve(folder);
mkdirSync(out, { recursive: true });
const app = await openApp(resolve(parallax));
const page = await app.person('administrator', { login: 'ruth' });
await page.addInitScript("localStorage.setItem('parallax.tour', 'away')");
for (const [name, path] of pages) {
  if (names.length && !names.includes(name)) continue;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(app.url + path);
  await page.waitForLoadState('networkidle');
  for (const [look, width, height, scheme] of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: join(out, `${name}-${look}.png`) });
  }
  console.log(`${name}: ${path}`);
}
for (const complaint of app.complaints) console.log(`complaint: ${complaint}`);
await app.stop();
