// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's Chromium: its headless shell, which takes half the processor time, or else the whole browser.
// Not /usr/bin/chromium-headless-shell: it stays in between, and a signal would only end that shell.
//
// Imported before playwright-core, which may be missing as well: without a browser a test is skipped.
import { existsSync } from 'node:fs';

const usual = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium'];
export const executablePath = (process.env.CHROMIUM ? [process.env.CHROMIUM] : usual).find(existsSync);

if (!executablePath) {
  console.log('1..0 # SKIP chromium is not installed');
  process.exit(0);
}
