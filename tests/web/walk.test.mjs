// SPDX-License-Identifier: GPL-3.0-or-later
// A walk on a phone: `node walk.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: a walk by keyboard alone becomes the draft of a map; one that was closed keeps what was
// noted on the phone, one that is over is not begun; in each language the page is in it, Arabic from right to left, also without a
// network; narrow phones in each, axe-core. With SCREENSHOTS=DIR it also writes pictures.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { assign, dir, kept, look, plan, press, run, shoot, test, titled } = await import('./visits.mjs');
const { launch } = await import('./browser.mjs');
const { check } = await import('./sheet.mjs');
const { phone } = await import('./phone.mjs');

// A walk by keyboard alone -----------------------------------------------------------------

async function tabTo(page, locator) {
  for (let i = 0; i < 60; i += 1) {
    if (await locator.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${locator}`);
}

async function enter(page, name) {
  await tabTo(page, page.getByRole('button', { name, exact: true }));
  await page.keyboard.press('Enter');
}

async function noteByKeys(page, words, level) {
  await enter(page, 'Note a moment');
  await titled(page, 'A moment');
  await tabTo(page, page.getByLabel('What is it called?'));
  await page.keyboard.type(words);
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('Space');
  for (let i = 0; i < level; i += 1) await page.keyboard.press('ArrowDown');
  await tabTo(page, page.getByRole('checkbox', { name: 'smell' }));
  await page.keyboard.press('Space');
  await enter(page, 'Done');
  await titled(page, 'What happened, in order');
}

async function checkWalk(server, found) {
  const path = run('walk', 'create', 'house.plx', '--journey', 'A visit to the market').trim();
  const { context, page } = await phone(join(dir, 'walker'));
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${server.url}${path}`);
  await titled(page, 'A visit to the market');
  await look(page, 'walk', found);
  await enter(page, 'Begin');
  await titled(page, 'What happened, in order');
  await noteByKeys(page, 'The smell of bread', 0);
  await noteByKeys(page, 'Nobody at the till', 5);
  await enter(page, 'That was all');
  await enter(page, 'Send');
  await titled(page, 'Everything has arrived');
  check(complaints.length === 0, 'the browser has no complaints', complaints.join('\n'));
  run('walk', 'adopt', 'house.plx', '1', '-o', 'walked.yaml');
  const yaml = readFileSync(join(dir, 'walked.yaml'), 'utf8');
  check(/The smell of bread[^]*Nobody at the till/.test(yaml), 'a walk by keyboard alone becomes the draft of a map', yaml);
  check(/smell/.test(yaml.split('Nobody')[0].replace('The smell of bread', '')), 'with senses', yaml);
  run('init', 'market.plx', '--map', 'walked.yaml');
  await enter(page, 'Tell another walk');
  await titled(page, 'A visit to the market');
  await context.close();
}

// Closed while it was told -------------------------------------------------------------------

async function checkClosed(server, found) {
  const path = run('walk', 'create', 'house.plx', '--journey', 'The night', '--until', '2099-12-31').trim(); // walk 2
  const { context, page } = await phone(join(dir, 'closed'));
  await page.clock.setFixedTime(new Date('2100-01-01T12:00:00'));
  await page.goto(`${server.url}${path}`);
  await page.getByText('The last day of this walk was 31 December 2099.').waitFor();
  check(await page.getByRole('button', { name: 'Begin' }).count() === 0, 'a walk that is over is not begun');
  await page.clock.setFixedTime(new Date('2099-12-31T12:00:00'));
  await page.reload();
  await press(page, 'Begin');
  await press(page, 'Note a moment');
  await page.getByLabel('What is it called?').fill('The owl');
  await kept(page);
  await press(page, 'Done');
  run('walk', 'close', 'house.plx', '2');
  await press(page, 'That was all');
  await press(page, 'Send');
  await page.getByText('was not taken: This walk was closed').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Save it to a file')]);
  await file.saveAs(join(dir, 'owl.json'));
  check(readFileSync(join(dir, 'owl.json'), 'utf8').includes('The owl'), 'what a closed walk does not take stays on the phone, and goes to a file');
  await press(page, 'Go back and change it');
  await page.reload();
  await page.getByText('On this phone, and not sent').waitFor();
  await look(page, 'walk-closed', found);
  await context.close();
}

// Languages --------------------------------------------------------------------------------

// What no page in another language may still have of the English one: a word from each view.
const ENGLISH = /\b(Begin|What to do|Note a moment|How was it|Pictures|Send|Save it|this phone|network)\b/;

async function checkLanguage(browser, url, language, begins) {
  const context = await browser.newContext({ locale: language, viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  const views = [];
  const note = async () => {
    views.push(await page.locator('body').innerText());
    return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  };
  await page.goto(url);
  await titled(page, 'Der Markt');
  const over = [await note()];
  await page.getByRole('button', { name: begins, exact: true }).click();
  await page.locator('.bar button').first().waitFor();
  over.push(await note());
  await page.locator('.bar button').first().click();
  await page.locator('textarea').waitFor();
  over.push(await note());
  await shoot(page, `moment-${language}`);
  const html = await page.locator('html').evaluate(({ lang, dir: way }) => `${lang} ${way}`);
  check(html === `${language} ltr` && views.every((view) => !ENGLISH.test(view)),
    `${language}: a walk is in the language of the browser`, `${html}\n${views.find((view) => ENGLISH.test(view))}`);
  check(over.every((more) => more <= 0), `${language}: nothing is wider than a narrow phone`, over.join());
  const values = await page.getByRole('radio').evaluateAll((all) => all.map(({ value }) => value).join(' '));
  check(values.startsWith('1 2 3 4 5 6'), `${language}: levels stand from the worst to the best`, values);
  await context.close();
}

async function checkLanguages(server) {
  const path = run('walk', 'create', 'house.plx', '--journey', 'Der Markt').trim(); // walk 3
  const browser = await launch();
  for (const [language, begins] of [['de', 'Beginnen'], ['es', 'Empezar'], ['fr', 'Commencer'], ['zh', '开始']]) {
    await checkLanguage(browser, `${server.url}${path}`, language, begins);
  }
  await browser.close();
}

// A visit in the language it was planned in, whatever the browser's, and without a network.
async function checkArabic(house, found) {
  plan(1, '--language', 'ar');
  const { visits } = JSON.parse(run('visit', 'list', 'house.plx', '--format', 'json'));
  const { context, page } = await phone(join(dir, 'arabic'), { locale: 'en' });
  await page.goto(`${house.server.url}${assign(String(visits[0].visit))}`);
  await page.getByText('تعمل هذه الصفحة الآن بلا شبكة.').waitFor();
  await look(page, 'visit-ar', found);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'ابدأ', exact: true }).click();
  await page.getByRole('button', { name: 'دوّن لحظة', exact: true }).click();
  await page.getByLabel('أي لحظة؟').selectOption('find');
  await look(page, 'visit-moment-ar', found);
  const start = await page.locator('.field').first().evaluate((one) => getComputedStyle(one).direction);
  check(start === 'rtl' && await page.getByText('كان تمامًا كما أحب').isVisible(),
    'a visit planned in Arabic is in it, from right to left, without a network, with the words of forms');
  await context.close();
}

await test(async (house, found) => {
  await checkWalk(house.server, found);
  await checkClosed(house.server, found);
  await checkLanguages(house.server);
  await checkArabic(house, found);
});
