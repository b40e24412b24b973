// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in as a person does it, on a phone, by keyboard alone:
// `node accounts.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: the first administrator, a wrong password, out and in, a second factor on and used; that no
// page has a script, loads anything else, breaks its own policy or is wider than the phone; axe-core, light and dark; the
// same in Arabic, from right to left; signing in without TLS.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch } = await import('./browser.mjs');
const { check, finish, violations } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-accounts-'));
const password = 'hop on the bus';

// The server, and the address that makes the first administrator.
function serve() {
  const server = spawn(parallax, ['serve', 'shop.plx', '--template', 'marketplace-order', '--listen', '127.0.0.1:0'], { cwd: dir });
  return new Promise((done, failed) => {
    let told = '';
    server.stderr.on('data', (text) => failed(new Error(String(text))));
    server.stdout.on('data', (text) => {
      told += text;
      if (told.includes('Ctrl-C')) done({ server, setup: told.match(/http:\S+\/setup\/\S+/)[0] });
    });
  });
}

// RFC 6238, apart from the program's own.
function code(base32, ahead = 0) {
  const bits = [...base32].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + ahead));
  const digest = createHmac('sha1', key).update(counter).digest();
  return String((digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// Each text into the next field, by Tab, then Enter.
async function fillIn(page, texts) {
  for (const text of texts) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function lookAt(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  const scripts = await page.locator('script').count();
  const found = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...await violations(page, true));
  await page.emulateMedia({ colorScheme: 'light' });
  check(found.length === 0 && !wide && scripts === 0, `${name}: axe-core, as wide as the phone, no script`,
    found.join('\n') || 'too wide, or a script');
}

const has = async (page, text) => (await page.locator('main').textContent()).includes(text);

async function first(page, setup) {
  await page.goto(setup);
  await lookAt(page, 'setup');
  await fillIn(page, ['ruth', 'short', 'short']);
  check(await has(page, 'at least 12 characters'), 'a short password is explained');
  check(await page.locator('[name=login]').inputValue() === 'ruth', 'and the name is still there');
  await lookAt(page, 'setup, once more');
  await page.locator('[name=login]').focus();
  await fillIn(page, [password, password]);
  check(page.url().endsWith('/app'), 'the first administrator is in, and at the app', page.url());
  await toVisits(page);
  check(await has(page, 'You are signed in as ruth (administrator).'), 'and is known');
  await lookAt(page, 'visits');
}

// The app is looked at elsewhere (app_*.test.mjs); this page has no script.
async function toVisits(page) {
  await page.goto(new URL('/visits', page.url()).href);
}

async function outAndIn(page) {
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Sign out' }).press('Enter')]);
  check(page.url().endsWith('/login'), 'out');
  await lookAt(page, 'login');
  await fillIn(page, ['ruth', 'wrong']);
  check(await has(page, 'That name and password do not fit.'), 'a wrong password is said');
  await lookAt(page, 'login, once more');
  await fillIn(page, ['ruth', password]);
  await toVisits(page);
  check(await has(page, 'You are signed in as ruth'), 'and in');
}

async function secondFactor(page) {
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Your account' }).press('Enter')]);
  await lookAt(page, 'account');
  const key = await page.locator('[name=key]').inputValue();
  check(await page.locator('code').textContent() === key, 'the key is shown');
  const box = await page.locator('svg').boundingBox();
  check(box.width >= 160 && box.height >= 160, 'its picture is large enough for a camera', JSON.stringify(box));
  await page.getByRole('link', { name: 'Open in an authenticator' }).focus();
  await fillIn(page, [code(key), password]);
  check(await has(page, 'You sign in with a code'), 'a second factor is on');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Back' }).press('Enter')]);
  await toVisits(page);
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Sign out' }).press('Enter')]);
  await fillIn(page, ['ruth', password]);
  check(page.url().includes('/login/code'), 'the password alone is half the way');
  await lookAt(page, 'code');
  await fillIn(page, [code(key, 1)]);
  await toVisits(page);
  check(await has(page, 'You are signed in as ruth'), 'the code is the other');
}

// In a browser of somebody who reads Arabic, and as they choose at the foot of the page.
async function languages(browser, setup) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'ar' });
  const page = await context.newPage();
  await page.goto(new URL('/login?next=/account', setup).href);
  const frame = () => page.evaluate('[document.documentElement.lang, document.documentElement.dir, document.title].join(" ")');
  check(await frame() === 'ar rtl تسجيل الدخول', 'the page to sign in is Arabic, from right to left', await frame());
  await lookAt(page, 'login in Arabic');
  await fillIn(page, ['ruth', 'wrong']);
  check(await frame() === 'ar rtl تسجيل الدخول' && await has(page, 'غير متطابقين'), 'what is wrong is said in it, too');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Deutsch' }).press('Enter')]);
  check(await frame() === 'de ltr Anmelden' && page.url().endsWith('/login?next=/account'), 'German is chosen, and the way on kept',
    `${await frame()} ${page.url()}`);
  await fillIn(page, ['ruth', password]);
  check(await frame() === 'de ltr Ihr Konto', 'and it stays');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'العربية' }).press('Enter')]);
  await lookAt(page, 'account in Arabic');
  await page.goto(new URL('/visits', setup).href);
  await lookAt(page, 'visits in Arabic');
  await page.goto(setup);
  check(await frame() === 'ar rtl هذا الرابط لم يعد يعمل', 'the link that was used says so');
  await lookAt(page, 'a link that was used, in Arabic');
  await context.close();
}

// Without TLS, at a name: then browsers do not say from which site a form comes, and of its origin "null".
async function plain(browser, setup) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://shop.test:${new URL(setup).port}/login`);
  const posted = page.waitForRequest((request) => request.method() === 'POST');
  await fillIn(page, ['ruth', password]);
  const headers = await (await posted).allHeaders();
  check(headers.origin === 'null' && !headers['sec-fetch-site'], 'the browser does not say where the form comes from',
    JSON.stringify(headers));
  await toVisits(page);
  check(await has(page, 'You are signed in as ruth'), 'and one signs in all the same');
  await context.close();
}

const { server, setup } = await serve();
const browser = await launch(['--host-resolver-rules=MAP shop.test 127.0.0.1']);
try {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const elsewhere = [];
  const complaints = [];
  page.on('request', (request) => {
    const own = new URL(request.url()).origin === new URL(setup).origin;
    if (!own && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  await first(page, setup);
  await outAndIn(page);
  await languages(browser, setup);
  await plain(browser, setup);
  await secondFactor(page);
  const cookies = await context.cookies();
  check(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === 'Lax', 'one cookie, not for scripts',
    JSON.stringify(cookies));
  const odd = complaints.filter((text) => !text.includes('status of 40'));
  check(elsewhere.length === 0 && odd.length === 0, 'nothing else is loaded, no policy broken',
    [...elsewhere, ...odd].join('\n'));
} finally {
  await browser.close();
  server.kill();
  rmSync(dir, { recursive: true, force: true });
}
finish();
