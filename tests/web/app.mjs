// SPDX-License-Identifier: GPL-3.0-or-later
// The app in a browser: a workspace that is served, and people who are signed in to it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from './axe.mjs';
import { launch } from './browser.mjs';
import { sample } from './sample.mjs';
import { serve } from './service.mjs';

const password = 'hop on the bus';

// { dir, url, run, person, stop }: `run` is the command line beside it; `person(role)` signs in and gives a page.
// `make(dir, run)` makes shop.plx; without it, it is the demo's.
export async function openApp(parallax, make) {
  const dir = mkdtempSync(join(tmpdir(), 'parallax-app-'));
  const run = (...words) => execFileSync(parallax, words, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, USER: 'test' } });
  if (make) await make(dir, run);
  else {
    sample(parallax, join(dir, 'demo'));
    renameSync(join(dir, 'demo', 'demo.plx'), join(dir, 'shop.plx'));
  }
  const service = await serve(parallax, dir, 'shop.plx');
  const browser = await launch();
  const complaints = [];

  async function person(role, { width = 1280, height = 900, dark = false, login } = {}) {
    const link = run('user', 'add', 'shop.plx', login ?? `${role}-${complaints.length}-${Date.now()}`, '--role', role).trim();
    const context = await browser.newContext({
      viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(30000);
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(service.url) && !/^(data|blob):/.test(request.url())) complaints.push(`asks ${request.url()}`);
    });
    await page.goto(service.url + link.replace(/^https?:\/\/[^/]+/, ''));
    for (const field of await page.locator('input[type=password]').all()) await field.fill(password);
    await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
    return page;
  }

  return {
    dir, run, person, complaints, url: service.url,
    // To an address of the app, until it says `heading`.
    async go(page, path, heading) {
      await page.goto(service.url + path);
      await page.getByRole('heading', { name: heading }).first().waitFor();
    },
    // What is wrong with a page as it is: axe-core in light and dark, sideways scrolling on a phone.
    async faults(page, name) {
      const found = await violations(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      found.push(...await violations(page, true));
      await page.emulateMedia({ colorScheme: 'light' });
      const size = page.viewportSize();
      await page.setViewportSize({ width: 320, height: 640 });
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push('wider than a small phone');
      if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}-phone.png`), fullPage: true });
      await page.setViewportSize(size);
      if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
      return found;
    },
    async stop() {
      await browser.close();
      await service.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
