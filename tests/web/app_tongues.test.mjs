// SPDX-License-Identifier: GPL-3.0-or-later
// The app in the languages of the program: `node app_tongues.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: each language says all that English says, with the same gaps and with every form its numbers need; the page
// says its language and direction, and loads that language alone; the four places in German and Arabic (axe-core, a
// small phone, no text that is missing), what the program draws marked as English; names and commas in Arabic; the
// language chosen in the menu stays.
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const app = await openApp(resolve(process.argv[2]));
const page = await app.person('administrator');

const codes = ['en', 'de', 'es', 'fr', 'ar', 'zh'];
const texts = {};

// A key begins with a dot for each part that it shares with the key before it (web/packed.ts).
function unpacked([keys, lines]) {
  let before = [];
  return Object.fromEntries(keys.split('\n').map((key, i) => {
    const shared = key.match(/^\.*/)[0].length;
    before = [...before.slice(0, shared), ...key.slice(shared).split('.').filter(Boolean)];
    return [before.join('.'), lines.split('\n')[i]];
  }));
}

// As the server gives it to whoever reads that language.
async function load(code) {
  const html = await (await page.request.get(`${app.url}/app`, { headers: { 'Accept-Language': code, Accept: 'text/html' } })).text();
  const dir = code === 'ar' ? 'rtl' : 'ltr';
  check(html.includes(`<html lang="${code}" dir="${dir}">`), `${code}: language and direction`, html.slice(0, 80));
  const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map((found) => found[1]);
  check(scripts.length === 2 && scripts[0].startsWith(`/asset/texts-${code}-`), `${code}: its texts alone, before the app`, scripts.join());
  const bodies = await Promise.all([...scripts, html.match(/rel="stylesheet" href="([^"]+)"/)[1]]
    .map(async (path) => (await page.request.get(app.url + path)).body()));
  const bytes = [html, ...bodies].reduce((sum, body) => sum + gzipSync(body).length, 0);
  console.log(`# first load in ${code}: ${bytes} bytes, packed`);
  check(bytes < 100000, `${code}: under 100 kB`, `${bytes} bytes`);
  await import(`data:text/javascript,${encodeURIComponent(bodies[0].toString('utf8'))}`);
  texts[code] = unpacked(globalThis.parallaxTexts);
}

const gaps = (text) => [...new Set(text.match(/\{\w+\}/g))].sort().join();

// Of "x.one" the key for any other number.
function manyOf(key) {
  const stem = key.slice(0, -'.one'.length);
  return [`${stem}.many`, `${stem}.n`, stem].find((many) => many === 'import.answers' || texts.en[many]?.includes('{n}'));
}

function whole(code) {
  const { en, [code]: own } = texts;
  const base = Object.keys(own).filter((key) => !key.includes(':'));
  check(base.sort().join() === Object.keys(en).sort().join(), `${code}: the keys of English`);
  const wrong = [];
  for (const [key, text] of Object.entries(own)) {
    const many = key.endsWith('.one') ? manyOf(key) : key.includes(':') ? key.split(':')[0] : undefined; // one, or two: the number may be a word
    const model = en[many ?? key];
    const same = gaps(text) === gaps(model) || (many !== undefined && gaps(text) === gaps(model.replace(/\{n\}/g, '')));
    if (!same || !text.trim()) wrong.push(`${key}: ${text}`);
  }
  check(wrong.length === 0, `${code}: the gaps of English`, wrong.join('\n'));
  // Millions have a form of their own in Spanish and French; what is counted here says the same of them.
  const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories
    .filter((form) => form !== 'one' && form !== 'other' && !(form === 'many' && /^(es|fr)$/.test(code)));
  const pairs = Object.keys(en).filter((key) => key.endsWith('.one')).map(manyOf).filter(Boolean);
  const lacking = pairs.flatMap((many) => forms.map((form) => `${many}:${form}`)).filter((key) => !own[key]);
  check(pairs.length > 15 && lacking.length === 0, `${code}: every form of its numbers`, lacking.join());
  const alike = base.filter((key) => own[key] === en[key] && /[a-z]{3} [a-z]{3}/i.test(en[key]));
  check(code === 'en' || alike.length === 0, `${code}: no sentence left in English`, alike.join());
}

async function speaks(code) {
  await page.locator('details.me summary').click();
  await page.locator('.to-languages').click();
  await page.locator(`dialog a[hreflang="${code}"]`).click();
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted && document.querySelector('#app h1, .drawn h1') !== null, code);
}

async function places(code) {
  const own = texts[code];
  const heads = [['', 'picture', null], ['/ask', 'ask', own['place.ask']], ['/next', 'next', own['next.title']], ['/settings', 'settings', own['place.settings']]];
  for (const [path, name, head] of heads) {
    await page.goto(`${app.url}/app${path}`);
    if (head) await page.getByRole('heading', { level: 1, name: head }).waitFor();
    else await page.locator('.drawn h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    const found = await app.faults(page, `tongues-${code}-${name}`);
    check(found.length === 0, `${code}, ${name}: accessible, and no wider than a phone`, found.join('\n'));
    const left = await page.evaluate(() => document.body.innerText.match(/\u27e6[^\u27e7]*\u27e7|\{\w+\}/g));
    check(left === null, `${code}, ${name}: nothing is missing`, String(left));
    const here = await page.locator('.way.here span').innerText();
    check(here === own[`place.${name}`], `${code}, ${name}: the place by its name`, here);
  }
}

// What is drawn is English, and read from the left, whatever is around it.
async function drawn() {
  await page.goto(`${app.url}/app`);
  const part = page.locator('.drawn').first();
  await part.locator('h1').waitFor();
  check(await part.getAttribute('lang') === 'en' && await part.getAttribute('dir') === 'ltr', 'what is drawn is marked as English');
  const hint = part.locator('.walk-hint').first();
  check(await hint.getAttribute('lang') === 'ar', 'and what the app adds to it is not', await hint.getAttribute('lang'));
  await page.locator('svg a.point').first().focus();
  const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
  await page.keyboard.press('ArrowRight');
  check(await page.evaluate(() => document.activeElement.getAttribute('href')) !== first, 'the right arrow goes on in a picture from left to right');
}

// On a phone the tab one is on is in sight.
async function phone(code) {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${app.url}/app/settings/health`);
  const tab = page.locator('.tab.here');
  await tab.waitFor();
  await page.waitForFunction(() => {
    const box = document.querySelector('.tab.here').getBoundingClientRect();
    return box.left >= 0 && box.right <= innerWidth;
  });
  check(true, `${code}: the tab one is on is in sight`);
  await page.goto(`${app.url}/app/ask/map`);
  await page.getByRole('tree').waitFor();
  check(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${code}: the outline on a phone`);
  await page.goto(`${app.url}/app/ask/map?as=canvas`);
  await page.locator('.map-wall').waitFor();
  check(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${code}: the canvas on a phone`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

// Two places, with the comma of Arabic between them.
async function commas() {
  const own = texts.ar;
  await page.goto(`${app.url}/app/ask/forms/new`);
  await page.getByRole('radio', { name: own['ask.kind.place'] }).check();
  await page.getByLabel(own['ask.places']).fill('القاهرة، Bath');
  await page.getByRole('button', { name: own['ask.make'] }).click();
  await page.getByRole('heading', { name: own['ask.made'] }).waitFor();
  const links = app.run('link', 'list', 'shop.plx');
  check(links.includes('القاهرة') && !links.includes('،'), 'places with commas of Arabic are two', links);
}

async function stays() {
  await page.locator('details.me summary').click();
  await page.locator('.to-languages').click();
  const dialog = page.getByRole('dialog', { name: texts.ar['me.language'] });
  await dialog.waitFor();
  const found = await app.faults(page, 'tongues-choice');
  check(found.length === 0, 'the choice of languages: accessible', found.join('\n'));
  check(await dialog.locator('[aria-current]').innerText() === 'العربية', 'which says the one that is spoken');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.locator('.way.here').waitFor();
  check(await page.evaluate('document.documentElement.lang') === 'ar', 'a language stays after a reload');
  await page.goto(`${app.url}/account`);
  check(await page.evaluate('document.documentElement.lang') === 'ar', 'and on the other pages');
  await page.goto(`${app.url}/app/next/steps?all=1`);
  await page.locator('.way.here').waitFor();
  await speaks('en');
  check(page.url().endsWith('/app/next/steps?all=1'), 'changed where one is', page.url());
}

for (const code of codes) await load(code);
for (const code of codes) whole(code);
await page.goto(`${app.url}/app/settings`);
await page.locator('.way.here').waitFor();
await speaks('de');
await places('de');
await phone('de');
await speaks('ar');
await places('ar');
await drawn();
await phone('ar');
await commas();
await stays();
check(app.complaints.length === 0, 'no complaints', app.complaints.join('\n'));
await app.stop();
finish();
