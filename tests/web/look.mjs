// SPDX-License-Identifier: GPL-3.0-or-later
// A page as people with other eyes, screens and languages meet it.
import { join } from 'node:path';
import { violations } from './axe.mjs';

const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=treeitem]';

// What can be used now; by `seen` it is found again on another screen.
const remember = (page) => page.evaluate((what) => {
  globalThis.seen = [...document.querySelectorAll(what)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
}, controls);

// What could be used before and cannot now, and whether one must scroll sideways.
const faultsHere = (page, where) => page.evaluate((name) => {
  const say = (one) => `${one.tagName.toLowerCase()} “${(one.getAttribute('aria-label') || one.textContent || one.name || '').trim().slice(0, 40)}”`;
  const found = [];
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) found.push(`${name}: ${width} wide`);
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  // Not lost: what is folded away behind a button beside it, and what leads to the same from elsewhere.
  const folded = (one) => [one.closest('details:not([open])')?.querySelector('summary'), ...one.closest('section, nav, header, form')?.querySelectorAll('[aria-expanded=false]') ?? []]
    .some((fold) => fold && shown(fold));
  const same = (one) => one.matches('a') && [...document.querySelectorAll('a')].some((other) => shown(other) && other.getAttribute('href') === one.getAttribute('href'));
  for (const one of globalThis.seen) if (one.isConnected && !shown(one) && !folded(one) && !same(one)) found.push(`${name}: ${say(one)} is lost`);
  return found;
}, where);

// Controls that lie on each other. What floats above the page (bars that stay) is left out: it lies on what is below it by design.
const overlaps = (page, where) => page.evaluate(([what, name]) => {
  const floats = (one) => { for (let at = one; at; at = at.parentElement) if (/sticky|fixed/.test(getComputedStyle(at).position)) return true; return false; };
  const all = [...document.querySelectorAll(what)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('svg') && !floats(one)
    && !one.matches('.visually-hidden, .skip'));
  const boxes = all.map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 2 && box.height > 2);
  const say = (one) => (one.getAttribute('aria-label') || one.textContent || one.name || one.tagName).trim().slice(0, 40);
  const found = [];
  boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
    if (one.contains(other) || other.contains(one) || found.length > 5) return;
    const [x, y] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
    if (x > 3 && y > 3) found.push(`${name}: “${say(one)}” and “${say(other)}” lie on each other`);
  }));
  return found;
}, [controls, where]);

async function narrow(page, width, height, where, shoot) {
  await page.setViewportSize({ width, height });
  await shoot(where);
  return [...await faultsHere(page, where), ...await overlaps(page, where)];
}

// From right to left: as wide as before, and what stood at the start stands at the end of the line.
async function mirrored(page, shoot) {
  const first = page.locator('nav a').first();
  const place = async () => (await first.count() ? (await first.boundingBox())?.x ?? 0 : null);
  const before = await place();
  const dir = await page.evaluate(() => { const { dir: was } = document.documentElement; document.documentElement.dir = 'rtl'; return was; });
  await shoot('rtl');
  const found = [...await faultsHere(page, 'from right to left'), ...await overlaps(page, 'from right to left')];
  const after = await place();
  if (before !== null && before < 300 && after !== null && after <= before) found.push(`from right to left: the ways do not begin at the right (${before}, ${after})`);
  await page.evaluate((was) => { document.documentElement.dir = was; }, dir);
  return found;
}

// Faults, one text each. The page is afterwards as it was. `axe`: also what axe-core finds.
export async function lookAt(page, name, { axe, pictures }) {
  const shoot = (how) => pictures && page.screenshot({ path: join(pictures, `${name}${how ? `-${how.replace(/\W+/g, '-')}` : ''}.png`) });
  const size = page.viewportSize();
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .waiting'));
  await remember(page);
  await shoot('');
  const found = await overlaps(page, 'as it is');
  if (axe) {
    found.push(...await violations(page));
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot('dark');
    found.push(...(await violations(page, true)).map((one) => `dark: ${one}`));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  // What the program writes to files is in the language of its map, and has its direction.
  if (page.url().startsWith('http')) found.push(...await mirrored(page, shoot));
  // 200 %: half as many CSS pixels each way.
  if (size.width > 640) found.push(...await narrow(page, size.width / 2, size.height / 2, '200 %', shoot));
  found.push(...await narrow(page, 320, 640, '320', shoot));
  await page.setViewportSize(size);
  return found;
}
