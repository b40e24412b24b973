// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of 60 points, by mouse and by keyboard: `node app_many.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: one column per transaction with the range of its points; Enter opens and closes, arrows walk through both, Escape
// closes; the address keeps what is open, also on the way back from a point; axe-core; a phone's width; the report from disk,
// on paper and without a script; nothing is wider than it may be with long German words and Arabic.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { launch } = await import('./browser.mjs');
const { writeMany } = await import('./many.mjs');
const { check, finish } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);

const drawnAt = (page) => page.waitForFunction(() => document.querySelector('.drawn figure.journey') && !document.querySelector('.waiting, .busy'),
  null, { timeout: 60000 });
const at = (page) => page.evaluate(() => document.activeElement.getAttribute('href'));
const isOpen = (page, n) => page.locator(`details[data-stretch="g0-t${n}"]`).evaluate((node) => node.open);
const opened = (page) => new URL(page.url()).searchParams.getAll('open').join(' ');
const settled = (page, wanted) => page.waitForFunction((open) => new URL(location.href).searchParams.getAll('open').join(' ') === open, wanted)
  .then(() => true, () => false);

async function keyboard(app, page) {
  await page.goto(`${app.url}/app`);
  await drawnAt(page);
  check(await page.locator('svg a.point.several').count() === 7, 'a column for each transaction of several points');
  check(await page.locator('details.stretch[open]').count() === 0, 'all are closed at first');
  const label = await page.locator('svg a.point.several').first().getAttribute('aria-label');
  check(/^Terminvereinbarung, 7 points: leaders from \d\.\d to \d\.\d, the middle \d\.\d; customers from/.test(label), 'a column says what it shows', label);
  await page.locator('svg a.point').first().focus();
  await page.keyboard.press('ArrowRight');
  check(await at(page) === '#g0-t1', 'closed: the next column is next', await at(page));
  await page.keyboard.press('Enter');
  check(await settled(page, 't1') && await isOpen(page, 1), 'Enter opens it, and the address says so', page.url());
  check(await page.locator('svg a.point').nth(1).getAttribute('aria-expanded') === 'true', 'an ear is told');
  check(await at(page) === '#g0-t1', 'the column keeps the focus', await at(page));
  await page.keyboard.press('ArrowRight');
  check(await at(page) === '#g0-p7', 'open: its first point is next', await at(page));
  for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight');
  check(await at(page) === '#g0-t2', 'behind its last point comes the next column', await at(page));
  await page.keyboard.press('End');
  check(await at(page) === '#g0-p59', 'a transaction of one point is that point', await at(page));
  await page.keyboard.press('Home');
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  check(await at(page) === '#g0-p9', 'through the points', await at(page));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.pathname.startsWith('/app/point/') && document.activeElement.tagName === 'H1', null, { timeout: 30000 });
  check(new URL(page.url()).pathname === '/app/point/t1-p2' && opened(page) === 't1', 'Enter on a point opens its evidence', page.url());
  await page.getByRole('link', { name: 'Back to the picture' }).click();
  await drawnAt(page);
  await page.waitForFunction(() => document.activeElement?.classList.contains('point'), null, { timeout: 10000 });
  check(await at(page) === '#g0-p9' && await isOpen(page, 1), 'and back it stands open, with the point focused', await at(page));
  await page.keyboard.press('Escape');
  check(await settled(page, '') && await at(page) === '#g0-t1' && !await isOpen(page, 1), 'Escape closes it and goes to its column', await at(page));
}

async function mouse(app, page) {
  await page.goto(`${app.url}/app?open=t3&open=t6`);
  await drawnAt(page);
  check(await isOpen(page, 3) && await isOpen(page, 6) && !await isOpen(page, 0), 'an address opens what it names');
  await page.locator('svg a.point.several').first().click();
  check(await settled(page, 't0 t3 t6'), 'a click opens one more', page.url());
  await page.getByRole('button', { name: 'Open all' }).click();
  check(await settled(page, 't0 t1 t2 t3 t4 t5 t6'), 'all can be opened', page.url());
  const found = await app.faults(page, 'many-open');
  check(found.length === 0, 'axe-core, light and dark, and a small phone: all open', found.join('\n'));
  await page.getByRole('button', { name: 'Close all' }).click();
  check(await settled(page, ''), 'and closed', page.url());
  const closed = await app.faults(page, 'many');
  check(closed.length === 0, 'axe-core, light and dark, and a small phone: closed', closed.join('\n'));
}

// Headings and labels stay within their own columns.
async function overlaps(page) {
  return page.evaluate(() => {
    const found = [];
    for (const svg of document.querySelectorAll('figure.journey svg.picture')) {
      const texts = [...svg.querySelectorAll('text.heading')].map((node) => [node.textContent, node.getBoundingClientRect()]);
      for (const [i, [a, one]] of texts.entries()) {
        for (const [b, other] of texts.slice(i + 1)) {
          if (one.left < other.right && other.left < one.right && one.top + 3 < other.bottom && other.top + 3 < one.bottom) found.push(`${a} / ${b}`);
        }
      }
    }
    return found;
  });
}

async function fromDisk() {
  const dir = mkdtempSync(join(tmpdir(), 'parallax-many-'));
  const run = (...words) => execFileSync(parallax, words, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  writeMany(dir);
  run('report', 'ratings.csv', '--map', 'map.yaml', '-q', '-o', 'all.html');
  check(readFileSync(join(dir, 'all.html')).length < 1000000, '60 points are less than a megabyte');
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`file://${join(dir, 'all.html')}`);
  await page.locator('svg a.point.several').nth(2).click();
  check(await isOpen(page, 2), 'from disk a column opens its points, without a script');
  for (const one of await page.locator('details.stretch').all()) await one.evaluate((node) => { node.open = true; });
  const touching = await overlaps(page);
  check(touching.length === 0, 'no heading touches another', touching.join('\n'));
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 700 });
    check(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${width} px: no sideways scrolling`);
  }
  for (const one of await page.locator('details.stretch').all()) await one.evaluate((node) => { node.open = false; });
  await page.emulateMedia({ media: 'print' });
  const heights = await page.locator('details.stretch svg').evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().height));
  check(heights.length === 7 && heights.every((height) => height > 50), 'on paper all are open', heights.join(' '));
  if (process.env.SCREENSHOTS) writeFileSync(join(process.env.SCREENSHOTS, 'many.pdf'), await page.pdf({ preferCSSPageSize: true }));
  await browser.close();
  rmSync(dir, { recursive: true, force: true });
}

const app = await openApp(parallax, (dir, run) => {
  writeMany(dir);
  run('init', 'shop.plx', '--map', 'map.yaml');
  run('import', 'shop.plx', 'ratings.csv');
});
try {
  const page = await app.person('administrator');
  await page.addInitScript("localStorage.setItem('parallax.tour', 'away')");
  await keyboard(app, page);
  await mouse(app, page);
  check(app.complaints.length === 0, 'no complaint of the console', app.complaints.join('\n'));
} finally {
  await app.stop();
}
await fromDisk();
finish();
