// SPDX-License-Identifier: GPL-3.0-or-later
// A phone that can be switched off, and pictures that it took.
import { deflateSync } from 'node:zlib';
import { executablePath } from './chromium.mjs';
import { chromium } from 'playwright-core';

// A browser that keeps what it keeps in `folder`, as one does that is closed and opened again.
export async function phone(folder, { dark = false, locale = 'en-GB' } = {}) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'Europe/Paris',
    locale,
  });
  const page = context.pages()[0] ?? await context.newPage();
  page.on('dialog', (dialog) => { void dialog.accept(); });
  return { context, page };
}

function crc32(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type, data) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

// A picture as PNG: one colour.
export function png(width, height, [r, g, b]) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + 3 * width);
  for (let x = 0; x < width; x += 1) row.set([r, g, b], 1 + 3 * x);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
