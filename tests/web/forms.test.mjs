// SPDX-License-Identifier: GPL-3.0-or-later
// Forms in a browser: `node forms.test.mjs PARALLAX`. Speaks TAP. With SCREENSHOTS=DIR it also writes
// pictures.
//
// Checks: a customer's form on a phone without scripts, by tapping and by keyboard alone, to the
// stored answer; back (also the browser's own) and refresh keep what was said; a mistake is told where it is; axe-core on every
// kind of card, light and dark; Arabic from right to left; large text and 320 px without sideways
// scrolling; leaders' form; nothing is loaded from elsewhere, no cookie before the first answer and none left after the last, no storage.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { launch, tap } = await import('./browser.mjs');
const { check, finish, violations } = await import('./sheet.mjs');
const { serve } = await import('./service.mjs');
const parallax = resolve(process.argv[2]);
const dir = mkdtempSync(join(tmpdir(), 'parallax-forms-'));
const run = (...args) => execFileSync(parallax, args, { cwd: dir, encoding: 'utf8', env: { ...process.env, USER: 'test' } });
const count = () => JSON.parse(run('info', 'service.plx', '--format', 'json')).observations;
const pictures = process.env.SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

async function open(browser, url, { width = 390, dark = false, script = false, locale = 'en-GB', large = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 844 }, javaScriptEnabled: script, locale, colorScheme: dark ? 'dark' : 'light', bypassCSP: large,
  });
  const page = await context.newPage();
  const elsewhere = [];
  const complaints = [];
  page.on('request', (request) => { if (!request.url().startsWith(new URL(url).origin)) elsewhere.push(request.url()); });
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(url);
  if (large) await page.addStyleTag({ content: 'html{font-size:200%!important}' });
  return { page, context, elsewhere, complaints };
}

const shoot = (page, name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
const isOver = (page) => page.url().includes('/thanks');
const names = (page) => page.evaluate(() => [...new Set([...document.querySelectorAll('input[type=radio]')].map((one) => one.name))]);

// The next page is there before anything is looked at.
const submit = (page) => Promise.all([page.waitForNavigation(), tap(page, '.buttons button[type=submit]')]);

// Taps the choice in the middle of everything that is asked.
async function fill(page, level = '2') {
  for (const name of await names(page)) {
    const second = await page.evaluate((asked) => document.getElementsByName(asked)[1].value, name);
    await tap(page, `input[name="${name}"][value="${name.startsWith('level.') ? level : second}"]`);
  }
}

async function checkTaps(browser, url) {
  const before = count();
  const { page, context, elsewhere, complaints } = await open(browser, url);
  let cards = 0;
  for (; !isOver(page) && cards < 30; cards += 1) {
    await fill(page);
    if (cards === 0) await shoot(page, 'card');
    if (cards === 0) {
      check(await page.getByLabel('What would one level better look like?').isVisible(), 'below what was expected: what would be better');
      check(!(await page.getByText('What did they do?').isVisible()), 'and not what they did');
      await page.locator('textarea').fill('A bench to wait on. <b>&');
    }
    if (await page.evaluate(() => document.querySelector('.tick') !== null)) {
      await shoot(page, 'whole');
      check(!(await page.locator('textarea[name=suggestion]').isVisible()), 'further words are a line each until they are wanted');
      await page.locator('summary', { hasText: 'suggestion' }).click();
      await page.locator('textarea[name=suggestion]').fill('Open at eight');
      await page.locator('input[name=_answer]').check();
    }
    await submit(page);
  }
  check(isOver(page), 'a form by tapping ends with thanks', page.url());
  await shoot(page, 'thanks');
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(wide <= width, `thanks with a private address, ${width} px: no sideways scrolling`, `${wide}`);
  }
  check((await page.locator('textarea[readonly]').inputValue()).includes('/answer/'), 'the private address stands in a field to be copied');
  check(count() > before, 'and is stored', `${before} ${count()}`);
  check(elsewhere.length === 0, 'nothing is loaded from elsewhere', elsewhere.join('\n'));
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  check((await context.cookies()).length === 0, 'no cookie is left');
  await page.locator('a[href*="/answer/"]').click();
  // One person's words are not shown, not even here, before there are enough of others.
  check((await page.locator('h1').innerText()) === 'There is no answer yet', 'the private address knows the suggestion', await page.locator('body').innerText());
  await shoot(page, 'answer');
  await context.close();
}

// Tab and arrows and the space bar, as somebody who has no mouse.
async function checkKeys(browser, url) {
  const before = count();
  const { page, context } = await open(browser, url);
  for (let cards = 0; !isOver(page) && cards < 30; cards += 1) {
    for (let i = 0; i < 200; i += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => { const one = document.activeElement; return { tag: one.tagName, type: one.type, checked: one.checked, seen: one.checkVisibility() }; });
      if (!at.seen) check(false, 'the focus is where it can be seen');
      if (at.type === 'radio' && !at.checked) await page.keyboard.press('Space');
      if (at.tag === 'BUTTON') break;
    }
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  }
  check(isOver(page), 'a form by keyboard ends with thanks', page.url());
  check(count() > before, 'and is stored');
  await context.close();
}

async function checkBack(browser, url) {
  const { page, context } = await open(browser, url);
  check((await context.cookies()).length === 0, 'no cookie before the first answer');
  await page.locator('button[type=submit]').click({ noWaitAfter: true }).catch(() => {});
  // The browser itself says that one has to choose: it stays.
  check(await page.locator('form').count() === 1, 'nothing chosen: the form stays');
  await fill(page, '6');
  await page.locator('textarea').fill('They ran after me');
  await submit(page);
  const second = page.url();
  await page.reload();
  check(page.url() === second, 'a refresh stays at the card');
  await page.getByText('Back', { exact: true }).click();
  check(await page.locator('input[name^="level."][value="6"]').isChecked(), 'back shows what was said');
  check((await page.locator('textarea').inputValue()) === 'They ran after me', 'and the words');
  // The browser's own way back, over both cards: what was answered, of the same form; changed from there, it is one.
  await page.goBack();
  await page.goBack();
  check(page.url() === url, "the browser's own way back leads to the link", page.url());
  check(await page.locator('input[name^="level."][value="6"]').isChecked()
    && (await page.locator('textarea').inputValue()) === 'They ran after me', 'which shows the card as it was answered', await page.locator('body').innerText());
  await shoot(page, 'back');
  await page.locator('input[name^="level."][value="5"]').check();
  await submit(page);
  check(page.url() === second, 'and goes on with the same form', `${page.url()} ${second}`);
  check((await context.cookies()).length === 1, 'which is known by one cookie');
  await page.getByText('Back', { exact: true }).click();
  check(await page.locator('input[name^="level."][value="5"]').isChecked(), 'and was changed');
  // Somebody's link to go on with, in another browser.
  const other = await open(browser, second);
  check(await other.page.locator('form').count() === 1, 'the address goes on elsewhere');
  await other.context.close();
  await context.close();
}

// The browser says that there is no network; its "reload" sends the card again.
async function checkOffline(browser, url) {
  const { page, context } = await open(browser, url);
  await fill(page);
  await context.setOffline(true);
  const failed = page.waitForEvent('requestfailed');
  await page.locator('.buttons button[type=submit]').click({ noWaitAfter: true });
  await failed;
  for (let i = 0; i < 100 && !page.url().startsWith('chrome-error'); i += 1) await page.waitForTimeout(50);
  await context.setOffline(false);
  await Promise.all([page.waitForURL(/\/1\?lang=en$/), page.reload()]);
  await page.goto(page.url().replace(/\/1\?/, '/0?'));
  check(await page.locator('input[name^="level."][value="2"]').isChecked(), 'a card sent without a network is sent by loading again');
  await context.close();
}

async function checkLooks(browser, url, name, options = {}) {
  const { page, context } = await open(browser, url, { script: true, ...options });
  await fill(page, '6');
  const found = await violations(page, options.dark);
  check(found.length === 0, `${name}: axe-core`, found.join('\n'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= (options.width ?? 390), `${name}: no sideways scrolling`, `${wide}`);
  const covered = await page.locator('.tick').evaluateAll((all) => all.filter((one) => {
    const words = document.createRange();
    words.selectNodeContents(one.querySelector('legend'));
    const [title, choice] = [words.getBoundingClientRect(), one.querySelector('label').getBoundingClientRect()];
    return Math.min(title.right, choice.right) > Math.max(title.left, choice.left) + 1 && Math.min(title.bottom, choice.bottom) > Math.max(title.top, choice.top) + 1;
  }).length);
  check(covered === 0, `${name}: no title lies under its choices`, `${covered}`);
  await shoot(page, name);
  await context.close();
}

// Leaders on a phone, without scripts: a moment is a row; what has the focus is not behind the bar below.
async function checkRows(browser, url) {
  const { page, context } = await open(browser, url);
  const tops = await page.locator('.slim').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  const rows = tops.length;
  const tall = (tops[rows - 1] - tops[0]) / (rows - 1);
  check(tall > 60 && 110 > tall, 'a moment takes about 100 px of a phone', `${tall}`);
  const small = await page.locator('.slim label').evaluateAll((all) => all.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width < 24 || box.height < 44;
  }).length);
  check(small === 0, 'every number is large enough for a thumb', `${small}`);
  const hidden = [];
  for (let i = 0; i < rows; i += 1) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    hidden.push(await page.locator(':focus').evaluate((one) =>
      one.getBoundingClientRect().bottom - document.querySelector('.stays').getBoundingClientRect().top));
  }
  check(Math.max(...hidden) <= 0, 'what has the focus is not behind the bar', hidden.join(' '));
  check(await page.locator('.slim :checked').count() === rows, 'all is said by keyboard');
  const status = page.waitForResponse((reply) => reply.request().method() === 'POST');
  await page.locator('button[type=submit]').click();
  check((await status).status() === 303, 'and taken');
  await context.close();
}

// Leaders who are asked for levels, too: after what they believe, a few moments to a page, by keyboard.
async function checkLevels(browser, url) {
  const { page, context } = await open(browser, url, { script: true });
  const heights = [];
  for (let cards = 0; !isOver(page) && cards < 12; cards += 1) {
    heights.push(await page.evaluate(() => document.documentElement.scrollHeight));
    const found = await violations(page, false);
    check(found.length === 0, `levels, page ${cards + 1}: axe-core`, found.join('\n'));
    if (cards === 1) {
      await shoot(page, 'levels');
      const small = await page.locator('.slim label').evaluateAll((all) => all.filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width < 40 || box.height < 44;
      }).length);
      check(small === 0, 'every level is large enough for a thumb', `${small}`);
      check(await page.getByRole('radio', { name: 'It was what I expected' }).count() === await page.locator('.slim').count(), 'and has its sentence for a name');
    }
    const rows = await page.locator('.slim').count();
    for (let i = 0; i < 200 && await page.locator('.slim :checked').count() < rows; i += 1) {
      await page.keyboard.press('Tab');
      if (await page.locator(':focus').evaluate((one) => one.type === 'radio')) await page.keyboard.press('Space');
    }
    await submit(page);
  }
  check(isOver(page), 'all levels are said by keyboard', page.url());
  check(1600 > Math.max(...heights.slice(1)), 'a page of levels is not two screens of a phone', heights.join());
  await context.close();
}

// The whole journey on a phone: a moment is a row, and nobody has to go through all of them to send.
async function checkWhole(browser, url) {
  const { page, context } = await open(browser, url, { script: true });
  const tall = await page.evaluate(() => {
    const rows = [...document.querySelectorAll('.tick')].map((one) => one.getBoundingClientRect().height);
    const rest = document.documentElement.scrollHeight - rows.reduce((sum, one) => sum + one, 0);
    return { page: rest + 27 * Math.max(...rows), row: Math.max(...rows) };
  });
  check(2450 > tall.page, 'the whole journey of 27 moments is not three screens of a phone', JSON.stringify(tall));
  const small = await page.evaluate(() => [...document.querySelectorAll('.whole label, .whole summary, .whole button, .whole p, .whole legend')]
    .filter((one) => one.checkVisibility() && (parseFloat(getComputedStyle(one).fontSize) < 16
      || (one.matches('label:has(input), summary, button') && one.getBoundingClientRect().height < 44)))
    .map((one) => `${one.textContent} ${getComputedStyle(one).fontSize} ${one.getBoundingClientRect().height}`));
  check(small.length === 0, 'all of it can be read and hit: 16 px, 44 px', small.join());
  const wish = page.locator('.consent');
  check(!(await wish.isVisible()), 'an answer can be wished for when there is something to be answered');
  await page.locator('summary', { hasText: 'suggestion' }).click();
  await page.getByLabel('Do you have a suggestion?').fill('Open at eight');
  check(await wish.isVisible(), 'then it can');
  const inline = await page.locator('.tick').evaluateAll((all) => all.filter((one) =>
    new Set([...one.querySelectorAll('label')].map((label) => Math.round(label.getBoundingClientRect().top))).size > 1).length);
  check(inline === 0, 'what a moment can be ticked as stands in one row', `${inline}`);
  const order = await page.evaluate(() => [...document.querySelectorAll('.now button, fieldset')].slice(0, 2).map((one) => one.id || one.tagName));
  check(order.join() === 'BUTTON,overall', 'first it can be sent as it is, then how it was as a whole', order.join());
  await page.setViewportSize({ width: 390, height: 500 });
  await page.evaluate(() => window.scrollBy(0, document.querySelector('.tick:last-child').getBoundingClientRect().top - 60));
  const key = await page.locator('.key').boundingBox();
  check(key && Math.abs(key.y) < 2, 'what the signs mean stays in sight', JSON.stringify(key));
  await context.close();
}

// German on small phones: no word is broken, a scale of seven is one row. And what did not happen is not asked about.
async function checkGerman(browser, url) {
  for (const width of [390, 320]) {
    const { page, context } = await open(browser, url, { script: true, width, locale: 'de' });
    const broken = await page.evaluate(() => {
      const words = [];
      for (const span of document.querySelectorAll('.values span')) {
        for (const found of span.textContent.matchAll(/\S+/g)) {
          const range = document.createRange();
          range.setStart(span.firstChild, found.index);
          range.setEnd(span.firstChild, found.index + found[0].length);
          if (range.getClientRects().length > 1) words.push(found[0]);
        }
      }
      return words;
    });
    check(broken.length === 0, `German, ${width} px: no word is broken`, broken.join());
    const rows = await page.locator('fieldset.numbers').evaluateAll((all) => all.map((one) =>
      new Set([...one.querySelectorAll('.values label')].map((label) => label.getBoundingClientRect().top)).size));
    check(rows.length > 0 && rows.every((n) => n === 1), `and a scale is one row`, rows.join());
    check(!(await page.locator('.then').isVisible()), 'as long as it may have happened, nothing else is said');
    await page.locator('input[value=na]').check();
    check(await page.locator('.then').isVisible() && !(await page.locator('fieldset.numbers').first().isVisible()), 'of what did not happen nothing more is asked');
    await context.close();
  }
}

// The last card, reached with any answers.
async function lastCard(browser, url) {
  const { page, context } = await open(browser, url);
  while (!(await page.locator('.tick').count())) {
    await fill(page);
    await submit(page);
  }
  const at = page.url();
  await context.close();
  return at;
}

const browser = await launch();
let server;
try {
  server = await serve(parallax, dir);
  const url = server.address('a form for customers');
  run('link', 'create', 'service.plx', '--audience', 'leader');
  const leaders = `${server.url}${run('link', 'list', 'service.plx', '--format', 'csv').match(/leader.*?(\/f\/\w+)|(\/f\/\w+).*?leader/).slice(1).find(Boolean)}`;
  await checkTaps(browser, url);
  await checkKeys(browser, url);
  await checkBack(browser, url);
  await checkOffline(browser, url);
  await checkRows(browser, leaders);
  const levels = server.url + run('link', 'create', 'service.plx', '--audience', 'leader', '--measures', 'believed,level', '--journey', 'order', '-q').trim().split(/\s+/)[0];
  await checkLevels(browser, levels);
  const last = await lastCard(browser, url);
  await checkWhole(browser, last);
  await checkGerman(browser, url);
  for (const [name, at] of [['customers', url], ['whole journey', last], ['leaders', leaders], ['no such form', `${server.url}/f/nosuchform`]]) {
    await checkLooks(browser, at, name);
    await checkLooks(browser, at, `${name}, dark`, { dark: true });
  }
  for (const [name, at] of [['customers', url], ['whole journey', last], ['leaders', leaders]]) {
    await checkLooks(browser, at, `${name}, 320 px`, { width: 320 });
    await checkLooks(browser, at.replace('lang=en', 'lang=ar'), `${name}, Arabic`, { locale: 'ar' });
    await checkLooks(browser, at.replace('lang=en', 'lang=de'), `${name}, German at 200 %`, { locale: 'de', large: true });
  }
} catch (error) {
  check(false, 'the test ran to its end', error.stack);
} finally {
  await browser.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
}
finish();
