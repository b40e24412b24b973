// SPDX-License-Identifier: GPL-3.0-or-later
// A visit told on a phone: `node visit.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: a visit told with pictures while the server and the network go away in
// the middle, the browser is closed, opened again without a network, and all of it arrives exactly
// once, also where an answer was lost; one that came back; words that would be code; axe-core on
// every view, light and dark; narrow phones. With SCREENSHOTS=DIR it also writes pictures.
import { join } from 'node:path';

const { assign, begin, dir, kept, look, parallax, picture, plan, press, rows, run, sendIt, shown, test, title, titled } = await import('./visits.mjs');
const { check } = await import('./sheet.mjs');
const { phone } = await import('./phone.mjs');
const { serve } = await import('./service.mjs');

async function tellOffline(folder, url, server, found) {
  const { context, page } = await phone(folder);
  await begin(page, url);
  await look(page, 'brief', found);
  await page.getByLabel('Something does').check();
  await press(page, 'Begin');
  await page.getByRole('alert').filter({ hasText: 'Please say what ties you to this place.' }).waitFor();
  check(await page.getByLabel('What ties you to it?').evaluate((one) => one === document.activeElement), 'who is tied is asked what it is');
  await page.getByLabel('Nothing: I do not work there').check();
  await press(page, 'Begin');
  await titled(page, 'What happened, in order');
  check(await page.getByText('Nothing is noted yet.').isVisible(), 'the brief leads to what happened');
  await press(page, 'Note a moment');
  await press(page, 'Done');
  const which = page.getByLabel('Which moment?');
  check(await title(page) === 'A moment' && await page.getByRole('alert').filter({ hasText: 'Please choose which moment this is.' }).isVisible()
    && await which.evaluate((one) => one === document.activeElement), 'a moment that is none is asked for, where it is missed');
  await look(page, 'nameless', found);
  await which.selectOption('find');
  await page.context().setOffline(true);
  await page.getByLabel('When?').fill('2099-12-02T15:05');
  await page.getByRole('alert').filter({ hasText: '2 December 2099, 15:05 is still to come' }).waitFor();
  check(await page.getByLabel('When?').getAttribute('aria-invalid') === 'true',
    'a time that is still to come is said as it is entered, by the clock of the phone and without a network');
  await page.context().setOffline(false);
  await press(page, 'Done');
  check(await title(page) === 'A moment' && await page.getByLabel('When?').evaluate((one) => one === document.activeElement),
    'a moment that is still to come is not taken');
  check((await page.locator('.bar').evaluate((bar) => bar.previousElementSibling?.textContent) ?? '').includes('is still to come'),
    'what is wrong is said beside the button, too');
  await look(page, 'later', found);
  await page.getByLabel('When?').fill('2026-11-02T15:05');
  await page.getByLabel('Yes, a good one').check();
  const words = page.getByLabel('What happened?');
  await words.fill('x'.repeat(3990));
  await page.getByText('10 characters left').waitFor();
  await words.fill('x'.repeat(4003));
  await press(page, 'Done');
  check(await title(page) === 'A moment' && (await words.inputValue()).length === 4003 && await words.evaluate((one) => one === document.activeElement)
    && await page.getByRole('alert').filter({ hasText: '3 characters too many' }).isVisible(), 'too many words are not cut: they are asked for, shorter');
  await look(page, 'long', found);
  await page.goBack();
  await press(page, 'That was all');
  await press(page, 'Send');
  await page.getByRole('link', { name: 'The moment at 15:05 has more words than can be taken.' }).click();
  await titled(page, 'A moment');
  await words.fill('A boy led me to the door.');
  await page.getByLabel('Pictures').setInputFiles([picture('door.png', [200, 30, 30])]);
  await page.getByRole('img', { name: 'Picture 1' }).waitFor();
  await look(page, 'moment', found);
  await kept(page);
  await press(page, 'Done');

  await context.setOffline(true);
  await server.stop();
  await press(page, 'Note a moment');
  await page.getByLabel('When?').fill('2026-11-02T15:20');
  await page.getByLabel('Which moment?').selectOption('A moment that is not on the list');
  await page.getByLabel('What is it called?').fill('A cat on <b>the</b> stairs');
  await page.getByLabel('I hesitated').check();
  await page.getByLabel('What happened?').fill('It would not move. "><script>alert(1)</script>');
  await page.getByLabel('Pictures').setInputFiles([picture('cat.png', [30, 200, 30]), picture('stairs.png', [30, 30, 200])]);
  await page.getByRole('img', { name: 'Picture 2' }).waitFor();
  await kept(page);
  await context.close(); // in the middle of it
}

async function goOnOffline(folder, url, found) {
  const { context, page } = await phone(folder);
  await context.setOffline(true);
  await page.goto(url);
  await titled(page, 'What happened, in order');
  check(true, 'opened again without a network, it goes on');
  const names = await page.locator('.moments button').allInnerTexts();
  check(names.length === 2 && names[0].includes('Finding the house') && names[0].includes('pictures: 1')
    && names[1].includes('A cat on <b>the</b> stairs') && names[1].includes('pictures: 2'), 'with all that was noted', names.join('\n'));
  await look(page, 'told', found);
  await press(page, 'Note a moment');
  await page.getByLabel('Which moment?').selectOption('quiet');
  await page.getByLabel('When?').fill('2026-11-02T15:10'); // it came before the cat
  await page.getByLabel('It did not happen').check();
  await press(page, 'Done');
  await titled(page, 'What happened, in order');
  const order = await page.locator('.moments time').allInnerTexts();
  check(order.join() === '15:05,15:10,15:20', 'moments stand in order of time', order.join());
  await press(page, 'That was all');
  const greet = page.getByRole('group', { name: 'Greet within ten seconds' });
  check(!(await greet.isVisible()), 'tasks, most of which no customer sees, are folded');
  await page.getByText('Did you see these being done?').click();
  await greet.getByLabel('It was done').check();
  await press(page, 'Back to the moments');
  await press(page, 'Note a moment');
  await page.goBack();
  await press(page, 'That was all');
  await press(page, 'Send');
  await page.getByRole('link', { name: /has no name yet/ }).waitFor();
  await look(page, 'unnamed', found);
  await press(page, 'Remove this moment');
  await page.getByRole('link', { name: /has no name yet/ }).waitFor({ state: 'detached' });
  check(await greet.getByLabel('It was done').isChecked(), 'what was ticked there is kept');
  check(await title(page) === 'The end', 'a moment without a name is led to, and can be removed there');
  await page.getByRole('group', { name: 'You sleep in silence' }).getByLabel('It was not kept').check();
  await look(page, 'end', found);
  await press(page, 'Send');
  await page.getByText('waits for a network').waitFor();
  const items = await page.locator('.queue li').allInnerTexts();
  check(items.length === 4, 'the queue shows three pictures and the report', items.join('\n'));
  await look(page, 'queue', found);
  await context.close();
}

async function arrive(folder, url, found) {
  const { context, page } = await phone(folder);
  let lost = 0;
  await page.route('**/report', async (route) => { // it arrives, and nobody says so
    lost += 1;
    if (lost === 2) return route.fulfill({ status: 408 });
    if (lost > 2) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.clock.install(); // it is tried again when its clock says so, not ours
  await page.goto(url);
  await page.getByText('waits for a network').waitFor();
  await page.clock.fastForward(2500);
  await page.getByText('waits: the server is busy').waitFor();
  await page.clock.fastForward(4500);
  await page.getByText('Everything has arrived').waitFor();
  check(lost === 3, 'an answer that was lost is asked for again, and a server that waited too long', lost);
  await look(page, 'arrived', found);
  const { report } = shown('1');
  check(report.moments.map(({ words }) => words).join('|') === 'A boy led me to the door.||It would not move. "><script>alert(1)</script>',
    'it is there as it was told', JSON.stringify(report));
  check(rows('SELECT count(*) FROM visit_report').join() === '1' && rows('SELECT count(*) FROM visit_photo').join() === '3',
    'exactly once, with three pictures');
  await page.reload();
  check((await page.locator('.queue .state').allInnerTexts()).every((state) => state === 'has arrived'), 'opened again it says so');
  await context.close();
}

// It came back -----------------------------------------------------------------------------

async function comeBack(folder, url, found) {
  run('visit', 'review', 'house.plx', '1', '--return', 'Which room was it?');
  const { context, page } = await phone(folder);
  await page.goto(url);
  await titled(page, 'What happened, in order');
  const first = page.locator('#app > :first-child');
  check((await first.textContent()).includes('came back to you with these words: Which room was it?'),
    'one that came back says so, and why, before anything else', await first.textContent());
  await look(page, 'returned', found);
  await press(page, 'Read the brief again');
  await titled(page, 'A stay');
  check((await first.textContent()).includes('Which room was it?'), 'above the brief, too');
  await press(page, 'Go on');
  await sendIt(page);
  await page.getByText('Nothing has changed since it came back.').waitFor();
  check(await title(page) === 'The end', 'the same again is not sent');
  await press(page, 'Back to the moments');
  await page.getByRole('button', { name: /Finding the house/ }).click();
  await page.getByRole('img', { name: 'Picture 1' }).waitFor();
  check(true, 'and has what was told, with pictures');
  await page.getByLabel('What happened?').fill('A boy led me to room 7.');
  await press(page, 'Done');
  await press(page, 'That was all');
  await press(page, 'Send');
  await titled(page, 'Everything has arrived');
  check(!(await page.locator('footer').textContent()).includes('is kept on this phone'), 'nothing is kept for a send that is over');
  const { report, state } = shown('1');
  check(state === 'sent' && report.moments[0].words === 'A boy led me to room 7.' && report.moments[0].photos.length === 1,
    'told again it is there anew', JSON.stringify(report));
  run('visit', 'review', 'house.plx', '1', '--accept');
  await page.reload();
  await page.getByText('What you told was accepted.').waitFor();
  const left = await page.evaluate(async () => {
    const open = indexedDB.open('parallax-visits', 1);
    const base = await new Promise((done) => { open.onsuccess = () => done(open.result); });
    const counts = ['drafts', 'pictures'].map((name) => {
      const request = base.transaction(name).objectStore(name).count();
      return new Promise((done) => { request.onsuccess = () => done(request.result); });
    });
    return (await Promise.all(counts)).join();
  });
  check(left === '0,0', 'accepted, nothing of it stays on the phone', left);
  await context.close();
}

// The brief on paper: upright, all of it, and the notice to hang up on a sheet of its own.
async function checkPaper() {
  run('visit', 'show', 'house.plx', '1', '-o', 'brief.html');
  const { context, page } = await phone(join(dir, 'desk'));
  await page.goto(`file://${join(dir, 'brief.html')}`);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => Number(height) > Number(width));
  check(sizes.length > 1 && sizes.every(Boolean), 'the brief prints upright', sizes.join());
  await page.emulateMedia({ media: 'print' });
  const apart = await page.getByRole('heading', { name: 'To be told to all who work there' }).evaluate((one) =>
    getComputedStyle(one).breakBefore);
  check(apart === 'page', 'the notice to hang up begins a sheet', apart);
  await context.close();
}

await test(async (house, found) => {
  plan(1, '--note', 'Ask for a quiet room.');
  const url = `${house.server.url}${assign('1')}`;
  const folder = join(dir, 'phone');
  await tellOffline(folder, url, house.server, found);
  await goOnOffline(folder, url, found);
  house.server = await serve(parallax, dir, 'house.plx', '--listen', new URL(url).host); // at the same address
  await arrive(folder, url, found);
  await comeBack(folder, url, found);
  await checkPaper();
});
