// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's Chromium through playwright-core: one browser, one context per look at a page.
import { executablePath } from './chromium.mjs';
import { chromium } from 'playwright-core';

export async function launch(more = []) {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      // A context has its own storage either way; a new process for each is a fifth of the time.
      '--process-per-site', '--renderer-process-limit=1', ...more],
  });
}

// Clicks in the middle of what a selector finds, as a mouse does. Playwright's own click brings its script to each
// page first, which is half the time of one that is left at once.
export async function tap(page, selector) {
  const middle = await page.evaluate((wanted) => {
    const one = document.querySelector(wanted);
    one.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = one.getBoundingClientRect();
    const at = [x + width / 2, y + height / 2];
    const hit = document.elementFromPoint(...at);
    return one === hit || one.contains(hit) || hit?.closest('label')?.control === one ? at : null;
  }, selector);
  if (!middle) throw new Error(`${selector} is not where it could be clicked`);
  await page.mouse.click(...middle);
}

// Opens a file as somebody would who double-clicks it; every request but the file is recorded.
export async function look(browser, file, { width = 1280, height = 900, dark = false, print = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    bypassCSP: false,
  });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  if (print) await page.emulateMedia({ media: 'print' });
  await page.goto(`file://${file}`);
  return { page, context, requests, complaints };
}
