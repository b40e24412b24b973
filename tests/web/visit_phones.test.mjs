// SPDX-License-Identifier: GPL-3.0-or-later
// Visits and more than one phone: `node visit_phones.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: a link that is void; a file that goes on on another phone; one tab at a time; what was
// changed while it is under way; a server that never answers; what was never sent of a visit that
// was accepted; one made on a day that was not planned.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { assign, begin, dir, kept, look, noteFrom, picture, plan, press, run, sendIt, shown, test, title, titled } = await import('./visits.mjs');
const { check } = await import('./sheet.mjs');
const { phone } = await import('./phone.mjs');

// Another phone ----------------------------------------------------------------------------

async function checkVoid(server, found) {
  const link = () => `${server.url}${assign('1')}`;
  const first = await phone(join(dir, 'first'));
  await begin(first.page, link());
  await press(first.page, 'Begin');
  await press(first.page, 'Note a moment');
  await first.page.getByLabel('Which moment?').selectOption('find');
  await first.page.getByLabel('What happened?').fill('It was dark.');
  await first.page.getByLabel('Pictures').setInputFiles([picture('dark.png', [9, 9, 9]),
    { name: 'list.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') }]);
  await first.page.getByRole('alert').filter({ hasText: 'list.png: this is no picture' }).waitFor();
  await kept(first.page);
  const tab = await first.context.newPage();
  await tab.goto(first.page.url());
  check(await tab.getByText('This is open in another tab already.').isVisible(), 'a second tab does not overwrite the first');
  await tab.close();
  const second = link(); // the first is void now
  await first.page.goto(first.page.url().split('#')[0]);
  await first.page.reload();
  await first.page.getByText('What you noted is still on this phone').waitFor();
  check(await first.page.getByRole('button', { name: /Finding the house/ }).isVisible(), 'a link that is void still shows what was noted');
  await look(first.page, 'void', found);
  const [early] = await Promise.all([first.page.waitForEvent('download'), press(first.page, 'Save it to a file')]);
  await early.saveAs(join(dir, 'early.json'));
  const half = JSON.parse(readFileSync(join(dir, 'early.json'), 'utf8'));
  check(half.draft.state === 'open' && half.pictures.length === 1, 'what is not told to its end can be saved, too', early.suggestedFilename());
  await press(first.page, 'That was all');
  await press(first.page, 'Send');
  await titled(first.page, 'It was not taken');
  const why = first.page.locator('.notice');
  check((await why.textContent()).startsWith('This link does not work'), 'why nothing goes on stands in large', await why.textContent());
  check((await first.page.locator('.bar button').allInnerTexts()).join() === 'Save it to a file,Go back and change it,Try again now',
    'and what is left to do, the file first');
  check(!(await first.page.locator('#app').textContent()).includes('You may close this page'), 'and nothing else');
  await look(first.page, 'refused', found);
  const [file] = await Promise.all([first.page.waitForEvent('download'), press(first.page, 'Save it to a file')]);
  check(file.suggestedFilename() === 'visit-1.json', 'it can be saved to a file', file.suggestedFilename());
  await file.saveAs(join(dir, 'visit-1.json'));
  const text = readFileSync(join(dir, 'visit-1.json'), 'utf8');
  check(!text.includes('/v/'), 'which does not hold the address');
  await first.context.close();

  const other = await phone(join(dir, 'other'));
  await begin(other.page, second);
  await press(other.page, 'Begin');
  await press(other.page, 'Note a moment');
  await other.page.getByLabel('What happened?').fill('Noted here.');
  await kept(other.page);
  await other.page.goto(`${second}#brief`);
  await other.page.getByText('Go on with what was saved to a file').click();
  const broken = JSON.parse(text);
  broken.pictures.push({ ...broken.pictures[0], id: 'last', bytes: '?' });
  await other.page.getByLabel('The file').setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(broken)) });
  await other.page.getByText('The file was not taken: this file is damaged.').waitFor();
  await other.page.getByLabel('The file').setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('<html>') });
  await other.page.getByText('The file was not taken: this file was not saved by this page.').waitFor();
  await other.page.reload();
  await press(other.page, 'Go on');
  await titled(other.page, 'What happened, in order');
  check(await other.page.locator('.moments button').count() === 1, 'a file that is broken takes nothing away');
  await press(other.page, 'Read the brief again');
  await other.page.getByText('Go on with what was saved to a file').click();
  await other.page.getByLabel('The file').setInputFiles(join(dir, 'visit-1.json'));
  await titled(other.page, 'Everything has arrived');
  const { report } = shown('1');
  check(report?.moments[0].words === 'It was dark.' && report.moments[0].photos.length === 1, 'and is sent from another phone', JSON.stringify(report));
  await other.context.close();
}

// Changed while it is under way ------------------------------------------------------------

// The first answer comes when more was noted, the second never.
async function checkChanged(page, url) {
  const bodies = [];
  let answer;
  await page.clock.install();
  await page.route('**/report', async (route) => {
    bodies.push(JSON.parse(route.request().postData()));
    if (bodies.length === 1) answer = () => route.fulfill({ status: 201, json: { again: false } });
    else if (bodies.length > 2) await route.continue();
  });
  const sent = async (n) => { while (bodies.length < n) await new Promise((done) => { setTimeout(done, 50); }); };
  await begin(page, url);
  await press(page, 'Begin');
  await noteFrom(page, 'find', 'The first.');
  await sendIt(page);
  await sent(1);
  await press(page, 'Go back and change it');
  await noteFrom(page, 'welcome', 'The second.');
  await sendIt(page);
  await titled(page, 'On its way');
  await answer();
  await sent(2);
  check(await title(page) === 'On its way' && bodies[1].moments.length === 2 && bodies[1].report !== bodies[0].report,
    'what was changed while it was under way has not arrived with it', JSON.stringify(bodies));
  await page.clock.fastForward(91000);
  await page.getByText('waits for a network').waitFor();
  await page.clock.fastForward(61000);
  await titled(page, 'Everything has arrived');
  check(shown('2').report.moments.length === 2, 'a network that says nothing is given up, and all is sent again');
}

async function checkTrouble(server, found) {
  const url = `${server.url}${assign('2')}`;
  const late = await phone(join(dir, 'late'));
  await begin(late.page, url);
  await press(late.page, 'Begin');
  await noteFrom(late.page, 'room', 'It was cold.');
  const { context, page } = await phone(join(dir, 'trouble'));
  await checkChanged(page, url);
  await context.close();
  run('visit', 'review', 'house.plx', '2', '--accept');
  await late.page.reload();
  await late.page.getByText('What you told was accepted.').waitFor();
  await look(late.page, 'closed', found);
  const [file] = await Promise.all([late.page.waitForEvent('download'), press(late.page, 'Save what is on this phone to a file')]);
  await file.saveAs(join(dir, 'late.json'));
  check(await late.page.getByRole('listitem').filter({ hasText: 'The first look at the room' }).isVisible()
    && readFileSync(join(dir, 'late.json'), 'utf8').includes('It was cold.'), 'accepted, what was never sent stays on the phone that has it');
  await late.context.close();
}

// On another day ---------------------------------------------------------------------------

async function checkOutside(server, found) {
  plan(1, '--from', '2099-12-01'); // visit 3
  const { context, page } = await phone(join(dir, 'early'));
  await page.goto(`${server.url}${assign('3')}`);
  await page.getByText('Today is not one of the days planned for this visit').waitFor();
  await look(page, 'outside', found);
  await begin(page, page.url());
  await press(page, 'Begin');
  await noteFrom(page, 'find', 'I came too early.');
  await sendIt(page);
  await titled(page, 'Everything has arrived');
  const told = shown('3');
  check(told.outside && told.report.moments.length === 1, 'made on a day that was not planned, it is taken and marked', JSON.stringify(told));
  await context.close();
}

await test(async (house, found) => {
  plan(2);
  await checkVoid(house.server, found);
  await checkTrouble(house.server, found);
  await checkOutside(house.server, found);
});
