// SPDX-License-Identifier: GPL-3.0-or-later
// The place Ask, as an editor uses it: `node app_ask.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: what there is to ask with; a form that is made and closed; addresses for one form each as a file; answers that
// arrive while one looks; a visit from its plan to its review, with a picture; a workshop, papers; a walk and its draft;
// what a viewer is told; axe-core, light and dark, a small phone.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const app = await openApp(resolve(process.argv[2]));
const examples = fileURLToPath(new URL('../../examples/visits', import.meta.url));
const editor = await app.person('editor');
const told = (...words) => JSON.parse(app.run(...words, '--format', 'json'));

async function clean(name) {
  const found = await app.faults(editor, name);
  check(found.length === 0, `${name}: accessible`, found.join('\n'));
}

async function forms() {
  await app.go(editor, '/app/ask', 'What each moment still needs');
  await editor.getByRole('link', { name: 'Secret visits' }).waitFor();
  await editor.getByRole('table').waitFor();
  await clean('ask-overview');
  await app.go(editor, '/app/ask/forms/new', 'New form');
  await editor.getByLabel('Who is asked').selectOption({ label: 'Customers' });
  await editor.getByText('More choices').click();
  await editor.getByText('Moments: all of the journey').click();
  check(await editor.getByText('Choose one journey above').isVisible(), 'without a journey there are no moments to choose');
  await editor.getByLabel('About', { exact: true }).selectOption({ index: 1 });
  const door = editor.getByRole('checkbox', { name: 'At the doorstep' });
  await door.focus();
  await editor.keyboard.press('Space');
  await editor.getByText('Moments: 1 chosen').waitFor();
  await editor.getByLabel('Place', { exact: true }).fill('Oxford');
  check(await editor.getByText('it will be a new place').isVisible(), 'a place that no answer is from is said to be new');
  await editor.getByLabel('Place', { exact: true }).fill(' hull ');
  await clean('ask-new');
  await editor.getByRole('button', { name: 'Make it' }).press('Enter');
  await editor.getByRole('heading', { name: 'It can be answered from now on' }).waitFor();
  const address = await editor.locator('.addresses code').first().textContent();
  check((await fetch(address)).status === 200, 'a form is made, and its address asks', address);
  check(told('link', 'list', 'shop.plx').links[0].asks.only?.join() === 'doorstep', 'about the moments that were chosen', JSON.stringify(told('link', 'list', 'shop.plx').links[0].asks));
  check(told('link', 'list', 'shop.plx').links[0].place === 'Hull', 'a place is the one that answers know, however it is typed');
  await app.go(editor, '/app/ask/forms', 'Forms');
  await editor.getByRole('row').nth(1).getByRole('link').first().click();
  await editor.getByRole('button', { name: 'Close it…' }).click();
  await editor.getByRole('dialog').getByRole('button', { name: 'Close it', exact: true }).click();
  await editor.getByText('closed', { exact: true }).first().waitFor();
  check(told('link', 'list', 'shop.plx').links[0].state === 'closed', 'and closed');
  await clean('ask-form');
}

async function single() {
  await app.go(editor, '/app/ask/forms/new', 'New form');
  await editor.getByLabel('One for each person').check();
  await editor.getByLabel('How many addresses').fill('3');
  await editor.getByRole('button', { name: 'Make it' }).click();
  const link = editor.getByRole('link', { name: 'Download 3 addresses' });
  const [download] = await Promise.all([editor.waitForEvent('download'), link.click()]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n');
  check(lines.length === 4 && lines.slice(1).every((line) => line.includes('/f/')), 'addresses come as a file', lines.join('\n'));
}

// A place with a comma in its name is one.
async function places() {
  await app.go(editor, '/app/ask/forms/new', 'New form');
  await editor.getByLabel('One for each place').check();
  await editor.getByLabel('Places, with commas between them').fill('Oxford، "Oslo, centre", bath');
  await editor.getByRole('button', { name: 'Make it' }).click();
  await editor.getByRole('heading', { name: 'It can be answered from now on' }).waitFor();
  const named = told('link', 'list', 'shop.plx').links.slice(-3).map((one) => one.place);
  const sheet = decodeURIComponent(await editor.locator('.code-card a').first().getAttribute('href'));
  check(/links=\d+,\d+,\d+$/.test(sheet), 'one sheet has the codes of all places', sheet);
  check(named.join('|') === 'Oxford|Oslo, centre|Bath', 'a place with a comma stands in quotes', named.join('|'));
}

// Somebody answers while the editor looks: by a kiosk, in one request.
async function live() {
  app.run('link', 'create', 'shop.plx', '--kiosk', '--identity', 'visit');
  await app.go(editor, '/app/ask/kiosks', 'Kiosks');
  const kiosk = told('link', 'list', 'shop.plx').links.find((one) => one.kind === 'kiosk');
  const row = editor.getByRole('row').filter({ hasText: 'Kiosk ' });
  await row.waitFor();
  const body = new URLSearchParams({ _journey: 'order', _lang: 'en', _day: new Date().toISOString().slice(0, 10), 'level.doorstep': '4' });
  const sent = await fetch(`${app.url}${kiosk.path}/${'0123456789abcdef'.repeat(2)}`, { method: 'POST', body, headers: { Accept: 'application/json' } });
  check(sent.status === 200, 'a guest answers', await sent.text());
  await editor.getByRole('status').filter({ hasText: '1 new answer' }).waitFor({ timeout: 8000 });
  await row.getByText('1', { exact: true }).waitFor({ timeout: 8000 }); // counted anew a moment later
  check(true, 'what comes in is told, and counted, without a reload');
  const nobody = JSON.parse(app.run('link', 'create', 'shop.plx', '--kiosk', '--format', 'json')).addresses[0];
  await fetch(`${app.url}${nobody.path}/${'fedcba9876543210'.repeat(2)}`, { method: 'POST', body, headers: { Accept: 'application/json' } });
  await app.go(editor, `/app/ask/forms/${nobody.link}`, `Kiosk ${nobody.link} open`);
  await editor.waitForURL(`**/app/ask/kiosks/${nobody.link}`);
  check(await editor.locator('.tabs [aria-current]').textContent() === 'Kiosks', 'a kiosk is among the kiosks');
  const asks = await editor.locator('.ask-facts').textContent();
  check(asks.includes('level of service') && !/effort|feeling|the whole journey|Open questions/.test(asks), 'a kiosk is not said to ask what it does not', asks);
  await editor.getByRole('button', { name: 'Close it…' }).click();
  check(await editor.getByRole('dialog').getByText('Waiting to be sent').isVisible(), 'before it is closed the tablet is to send all');
  await editor.keyboard.press('Escape');
  check(await editor.getByText('Waiting: 1').waitFor().then(() => true, () => false), 'what waits for others is said where it was given');
}

// From the kiosks to a new one, and back to them.
async function kiosk() {
  await app.go(editor, '/app/ask/kiosks', 'Kiosks');
  await editor.getByRole('link', { name: 'New kiosk' }).click();
  await editor.getByRole('heading', { name: 'New kiosk' }).waitFor();
  check(await editor.locator('.tabs [aria-current]').textContent() === 'Kiosks', 'a new kiosk is under Kiosks');
  check(await editor.getByText('By which address').count() === 0, 'and nothing else is offered');
  await editor.getByLabel('Place', { exact: true }).fill('Hull');
  await clean('ask-new-kiosk');
  await editor.getByRole('button', { name: 'Make it' }).press('Enter');
  await editor.getByRole('heading', { name: 'The kiosk is ready' }).waitFor();
  await editor.getByRole('link', { name: 'All kiosks' }).click();
  await editor.getByRole('heading', { name: 'Kiosks' }).waitFor();
  const made = told('link', 'list', 'shop.plx').links.at(-1);
  check(made.kind === 'kiosk' && made.place === 'Hull', 'a kiosk is made', JSON.stringify(made));
}

async function visits() {
  await app.go(editor, '/app/ask/visits', 'Secret visits');
  await editor.getByRole('button', { name: 'Plan visits' }).press('Enter');
  const plan = editor.getByRole('dialog');
  await plan.getByLabel('Place').fill('Lyon');
  await plan.getByLabel('Language for whoever goes').selectOption({ label: 'German' });
  await plan.getByRole('button', { name: 'Plan it' }).press('Enter');
  await editor.getByText('It is planned', { exact: true }).waitFor();
  const notice = editor.locator('.ask-notice');
  check(await notice.getAttribute('lang') === 'de' && (await notice.textContent()).includes('Testkund') && await notice.locator('p').count() > 4,
    'the notice to staff is paragraphs in the language of the visit', await notice.textContent());
  await editor.getByRole('button', { name: 'Copy: the notice' }).waitFor();
  await clean('ask-visit-planned');
  await editor.getByRole('row').getByRole('link', { name: 'Lyon' }).click();
  await editor.getByRole('button', { name: 'Give it to somebody' }).click();
  await editor.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Zoë');
  await editor.getByRole('dialog').getByRole('button', { name: 'Give it to them' }).click();
  const address = await editor.getByRole('status').locator('code').textContent();
  check(/\/v\/[0-9a-f]+$/.test(address) && (await fetch(address)).status === 200, 'a visit is given to somebody by an address', address);
  const [brief] = await Promise.all([editor.waitForEvent('download'), editor.locator('a[download][href*="visit/show"]').click()]);
  check(readFileSync(await brief.path(), 'utf8').includes('Lyon'), 'its brief is a page to print');
  app.run('visit', 'take', 'shop.plx', '1', resolve(examples, 'kept.json'));
  await editor.locator('.moments').getByText('It was stuck').waitFor({ timeout: 8000 });
  await editor.waitForFunction(() => [...document.querySelectorAll('.photos img')].every((one) => one.complete && one.naturalWidth > 0));
  check(await editor.locator('.photos img').count() === 1, 'what was told comes by itself, with its picture');
  const moment = await editor.locator('.moments > li').first().textContent();
  check(moment.includes('10:01') && moment.includes('a bad surprise'), 'as the clock had it there', moment);
  check(moment.includes('It did the job, but only just'), 'levels are in the words of the reader, whatever the visit is in', moment);
  check(await editor.getByText('It is not shown again').count() === 0, 'nobody is asked to send the address of what was told');
  check(await editor.getByText('Declared no tie to this place').isVisible(), 'that nothing ties the shopper to the place is said');
  await clean('ask-visit');
  const shoppers = told('visit', 'list', 'shop.plx', '--point', 'doorstep').visits;
  check(shoppers.length === 1 && shoppers[0].moments.length > 0, 'a visit tells of a point', JSON.stringify(shoppers));
  await app.go(editor, '/app/point/doorstep', 'What secret shoppers told of it');
  await editor.locator('.point-visits').getByText('Lyon').waitFor();
  const tag = await editor.locator('.point-visits .tag').nth(1).textContent();
  check(told('visit', 'list', 'shop.plx', '--point', 'doorstep').levels.some((one) => one.text === tag), 'in the words of the levels', tag);
  await clean('ask-point-visits');
  await editor.locator('.point-visits').getByRole('link', { name: 'Lyon' }).click();
  await editor.getByRole('button', { name: 'Send it back…' }).click();
  await editor.getByRole('dialog').getByLabel('What is missing').fill('When did you leave?');
  await editor.getByRole('dialog', { name: 'Send it back', exact: true }).getByRole('button', { name: 'Send it back', exact: true }).click();
  await editor.locator('.ask-history').getByText('When did you leave?').waitFor();
  check(told('visit', 'show', 'shop.plx', '1').state === 'returned', 'it is sent back, with words');
  writeFileSync(resolve(app.dir, 'again.json'), readFileSync(resolve(examples, 'told.json'), 'utf8').replace('report-0001', 'report-0009'));
  app.run('visit', 'take', 'shop.plx', '1', 'again.json');
  await editor.getByRole('button', { name: 'Accept it' }).click();
  await editor.locator('.ask-history').getByText('accepted').waitFor();
  const accepted = await editor.locator('.notice.good').textContent();
  check(/from 5 different shoppers on. So far visits of one are accepted/.test(accepted) && !accepted.includes('--'), 'what accepting came to is said in words', accepted);
  await clean('ask-visit-accepted');
  check(told('visit', 'show', 'shop.plx', '1').state === 'accepted', 'and accepted when it was told again');
}

// What is English within a page from right to left neither tears a date apart nor moves its full stop.
async function arabic() {
  const reader = await app.person('administrator');
  await app.go(reader, '/app/ask/visits/1', /Lyon/);
  await reader.locator('details.me summary').click();
  await reader.locator('.to-languages').click();
  await reader.locator('dialog a[hreflang="ar"]').click();
  await reader.waitForFunction(() => document.documentElement.dir === 'rtl' && document.querySelector('.moments'));
  const torn = await reader.locator('.moments > li > p:first-child').evaluateAll((all) => all.filter((one) => {
    const [title, time] = [one.querySelector('strong'), one.lastElementChild].map((part) => part.getBoundingClientRect());
    return time.width === 0 || (time.left < title.right && time.right > title.left && time.top < title.bottom && time.bottom > title.top);
  }).length);
  check(torn === 0, 'Arabic: a date stays whole beside an English title', `${torn}`);
  const way = await reader.locator('.moments blockquote bdi').first().evaluate((one) => getComputedStyle(one).direction);
  check(way === 'ltr', 'and an English sentence runs its own way', way);
  const levels = await reader.locator('.moments .tag').first().textContent();
  check(/[\u0600-\u06ff]/.test(levels), 'levels are in Arabic', levels);
  const found = await app.faults(reader, 'ask-visit-ar');
  check(found.length === 0, 'ask-visit-ar: accessible', found.join('\n'));
  await app.go(reader, '/app/ask/visits', /./);
  await reader.locator('.page-head button.first').click();
  check(await reader.getByRole('dialog').locator('select option[value="zh"]').count() === 1, 'six languages to plan in');
  await reader.keyboard.press('Escape');
  app.run('visit', 'plan', 'shop.plx', '--journey', 'order', '--place', 'Hull', '--from', '2099-12-01', '--until', '2099-12-05');
  await app.go(reader, '/app/ask/visits/2', /Hull/);
  await reader.locator('.acts button.first').click();
  await reader.waitForFunction(() => document.querySelectorAll('#visit-logins option').length > 1);
  check(true, 'an administrator chooses from the accounts');
}

async function workshops() {
  await app.go(editor, '/app/ask/workshops', 'Workshops');
  await editor.getByRole('button', { name: 'Open a workshop' }).press('Enter');
  await editor.getByRole('dialog').getByLabel('Name').fill('Retreat');
  await editor.getByRole('dialog').getByRole('button', { name: 'Open it' }).press('Enter');
  await editor.getByText('“Retreat” is open').waitFor();
  const addresses = await editor.getByRole('status').locator('code').allTextContents();
  check(addresses.length === 3 && (await fetch(addresses[2])).status === 200, 'a workshop has its three addresses', addresses.join(' '));
  await editor.getByRole('button', { name: 'End it: Retreat' }).click();
  await editor.getByRole('row').getByText('ended').waitFor();
  check(told('workshop', 'list', 'shop.plx').workshops[0].phase === 'ended', 'and ends');
  const [sheet] = await Promise.all([editor.waitForEvent('download'), editor.locator('a[href*="workshop/guess"]').click()]);
  check(readFileSync(await sheet.path(), 'utf8').startsWith('<!DOCTYPE html>'), 'papers are files');
}

async function walks() {
  await app.go(editor, '/app/ask/walks', 'Walks');
  await editor.getByRole('button', { name: 'New walk' }).click();
  await editor.getByRole('dialog').getByLabel('What is walked through').fill('Market day');
  await editor.getByRole('dialog').getByRole('button', { name: 'Make the address' }).click();
  const row = editor.getByRole('row').filter({ hasText: 'Market day' });
  await row.waitFor();
  const walk = told('walk', 'list', 'shop.plx').walks[0];
  app.run('walk', 'take', 'shop.plx', String(walk.walk), resolve(examples, 'walk.json'));
  await row.getByText('1 time').waitFor({ timeout: 8000 });
  await row.getByRole('button', { name: 'What was noted: Market day' }).click();
  const notes = await editor.getByRole('dialog').locator('.moments > li').first().textContent();
  check(notes.includes('The gate') && notes.includes('See') && !/level \d/.test(notes), 'with what it was noticed, and in the words of the levels', notes);
  const outline = await editor.getByLabel('Outline').inputValue();
  check(outline.startsWith('Market day\n  ') && /\n {4}\S/.test(outline), 'a walk gives the outline of a map', outline);
  await clean('ask-walk');
  await editor.keyboard.press('Escape');
  await row.getByRole('button', { name: 'Close it… Market day' }).press('Enter');
  const closing = editor.getByRole('dialog', { name: 'Close the walk “Market day”?' });
  await clean('ask-walk-close');
  check(!told('walk', 'list', 'shop.plx').walks[0].closed, 'closing it is asked first');
  await closing.getByRole('button', { name: 'Close it', exact: true }).press('Enter');
  await row.getByText('closed').waitFor();
  check(told('walk', 'list', 'shop.plx').walks[0].closed, 'and is closed');
}

await forms();
await single();
await places();
await live();
await kiosk();
await visits();
await arabic();
await workshops();
await walks();
for (const [path, heading] of [['visits', 'Secret visits'], ['workshops', 'Workshops'], ['kiosks', 'Kiosks']]) {
  await app.go(editor, `/app/ask/${path}`, heading);
  await clean(`ask-${path}`);
}
const viewer = await app.person('viewer');
await app.go(viewer, '/app/ask', 'Ask');
check(await viewer.getByText('Only an editor may ask').isVisible(), 'a viewer is told whom to ask');
await viewer.getByRole('link', { name: 'Look at the map' }).click();
await viewer.getByRole('tree').first().waitFor();
check(new URL(viewer.url()).pathname === '/app/ask/map', 'and may look at the map', viewer.url());
check(app.complaints.length === 0, 'no complaints', app.complaints.join('\n'));
await app.stop();
finish();
