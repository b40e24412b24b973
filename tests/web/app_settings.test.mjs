// SPDX-License-Identifier: GPL-3.0-or-later
// The place Settings, as an administrator uses it: `node app_settings.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: inviting, changing a role, a new password, disabling and removing, by keyboard; a token that works and is
// revoked; a webhook; audiences that go and why some stay, numbers of scales; downloads; the audit log and its chain; doctor; what others are told; axe-core, light and dark.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const app = await openApp(resolve(process.argv[2]));

const users = () => JSON.parse(app.run('user', 'list', 'shop.plx', '--format', 'json')).users;
const user = (login) => users().find((one) => one.login === login);

// A new invitation, and a new password for who has one.
async function keys(page, link) {
  await page.getByRole('button', { name: 'New invitation… ann@example.org' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('for seven days').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  check((await page.request.get(link)).status() === 200, 'nothing goes before it is confirmed');
  await page.getByRole('button', { name: 'New invitation… ann@example.org' }).press('Enter');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const again = page.getByRole('status').filter({ hasText: 'for seven days' });
  check((await again.locator('code').textContent()).startsWith(`${app.url}/setup/`), 'a new invitation is for seven days');
  const over = await page.request.get(link, { headers: { Accept: 'text/html' } });
  check(over.status() === 410 && /ask whoever invited you for a new link/.test(await over.text()), 'and the one before says whom to ask');
  const bob = await app.person('analyst', { login: 'bob@example.org' });
  await page.reload();
  await page.getByRole('button', { name: 'New password… bob@example.org' }).click();
  await page.getByRole('dialog', { name: 'A new password for bob@example.org?' }).getByText('once, for a day').waitFor();
  check(user('bob@example.org').password, 'a new password is asked first');
  await dialog.getByRole('button', { name: 'Make the address' }).click();
  await page.getByRole('status').filter({ hasText: 'for a day' }).waitFor();
  check(!user('bob@example.org').password, 'then the one before is gone');
  await bob.context().close();
  const own = page.getByRole('row', { name: /\byou\b/ });
  check(await own.getByRole('button', { name: /New password/ }).count() === 0 && await own.getByRole('link', { name: 'Your account' }).count() === 1,
    'one’s own is changed where one’s account is');
}

async function people(page) {
  await app.go(page, '/app/settings', 'People with an account');
  await page.getByRole('button', { name: 'Invite somebody' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('Name or address to sign in with').fill('ann@example.org');
  await dialog.getByLabel('What they may').selectOption('editor');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const link = await page.getByRole('status').locator('code').textContent();
  check(link.startsWith(`${app.url}/setup/`), 'an invitation is an address to send', link);
  check(user('ann@example.org')?.role === 'editor', 'and the account is there');
  const role = page.getByRole('combobox', { name: 'What ann@example.org may' });
  await role.focus();
  for (const key of ['ArrowDown', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key); // past "administrator"
  await page.waitForTimeout(300);
  check(await role.inputValue() === 'analyst' && user('ann@example.org').role === 'editor', 'choosing by keyboard gives nobody a role on the way');
  await page.getByRole('button', { name: 'Save: What ann@example.org may' }).press('Enter');
  await page.getByRole('button', { name: 'Save: What ann@example.org may' }).waitFor({ state: 'detached' });
  check(user('ann@example.org').role === 'analyst', 'a role is changed', JSON.stringify(users()));
  check(await role.evaluate((one) => one === document.activeElement), 'and the focus is where it was chosen');
  check((await page.request.get(link)).status() === 200, 'and the invitation that was sent still holds');
  await keys(page, link);
  await page.getByRole('button', { name: 'Disable… ann@example.org' }).press('Enter');
  const disabling = page.getByRole('dialog', { name: 'Disable ann@example.org?' });
  await disabling.getByText('signed out at once').waitFor();
  const asking = await app.faults(page, 'settings-disable');
  check(asking.length === 0 && user('ann@example.org').state === 'invited', 'disabling is asked first, accessibly', asking.join('\n'));
  await disabling.getByRole('button', { name: 'Disable the account' }).press('Enter');
  await page.getByRole('button', { name: 'Enable: ann@example.org' }).waitFor();
  check(user('ann@example.org').state === 'disabled', 'somebody is disabled');
  const found = await app.faults(page, 'settings-people');
  check(found.length === 0, 'people: accessible', found.join('\n'));
  await page.getByRole('button', { name: 'Remove… ann@example.org' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the account' }).click();
  await page.getByRole('row', { name: /ann@example.org/ }).waitFor({ state: 'detached' });
  check(!user('ann@example.org'), 'and removed');
}

async function programs(page) {
  await app.go(page, '/app/settings/programs', 'Tokens');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByLabel('What it is for').fill('till 3');
  await page.getByLabel('take readings out').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
  const secret = await page.getByRole('status').locator('code').textContent();
  const ask = () => fetch(`${app.url}/api/readings/info`, { headers: { Authorization: `Bearer ${secret}` } });
  check((await ask()).status === 200, 'a token is shown once, and works', secret);
  await page.getByRole('button', { name: 'Revoke… till 3' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke it' }).click();
  await page.getByText('revoked', { exact: true }).waitFor();
  await new Promise((done) => setTimeout(done, 1500));
  check((await ask()).status === 401, 'and not when it is revoked');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('Address', { exact: true }).fill('http://inside.example');
  await page.getByRole('dialog').getByRole('button', { name: 'Add an address' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  check(/https/.test(await page.getByRole('alert').textContent()), 'what is wrong with an address is said');
  const found = await app.faults(page, 'settings-programs');
  check(found.length === 0, 'programs: accessible', found.join('\n'));
}

const shownMap = () => JSON.parse(app.run('map', 'show', 'shop.plx', '--format', 'json'));
const audience = (id) => shownMap().in_force.audiences.find((one) => one.id === id);

async function asked(page) {
  await app.go(page, '/app/settings/asked', 'Audiences');
  const found = await app.faults(page, 'settings-asked');
  check(found.length === 0, 'who is asked: accessible', found.join('\n'));
  await page.getByRole('button', { name: 'Change: Staff' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Shown from').fill('3');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').waitFor();
  const refusal = await dialog.getByRole('alert').textContent();
  check(/protected/.test(refusal) && !/map\.json/.test(refusal), 'too small a group is refused in the program’s words', refusal);
  await dialog.getByLabel('Shown from').fill('8');
  await dialog.getByLabel('There are').fill('40');
  const open = await app.faults(page, 'settings-audience');
  check(open.length === 0, 'an audience: accessible', open.join('\n'));
  await page.keyboard.press('Tab'); // out of the field
  await dialog.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  check(audience('staff').minimum === 8 && audience('staff').population === 40 && audience('staff').protected, 'its smallest group is changed', JSON.stringify(audience('staff')));
  check(Object.keys(shownMap().map.audiences.staff).sort().join() === 'minimum,population', 'and nothing is said that was not meant', JSON.stringify(shownMap().map.audiences));
  await page.getByRole('button', { name: 'Add an audience' }).click();
  await dialog.getByLabel('What people read').fill('Riders');
  await dialog.getByLabel('They are served').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('rowheader', { name: /Riders/ }).waitFor();
  check(audience('riders')?.served === true && audience('riders').minimum === 5, 'one more audience', JSON.stringify(shownMap().map.audiences));
  await page.getByRole('button', { name: 'Rename: six-levels' }).click();
  await dialog.getByLabel('6 as a sentence').fill('We still talk about it');
  const levels = await app.faults(page, 'settings-levels');
  check(levels.length === 0, 'names of levels: accessible', levels.join('\n'));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const scale = shownMap().in_force.scales.find((one) => one.id === 'six-levels');
  check(scale.sentences[5] === 'We still talk about it' && scale.words[5] === 'Unbelievable', 'a level has another sentence', JSON.stringify(scale));
  await page.getByText('The same as a command').click();
  check(/map apply shop\.plx map\.json --onto \d/.test(await page.locator('.command-line code').textContent()), 'as a command');
}

// An audience and scales of the house's own, with answers on some.
function ownMap() {
  const { map, in_force } = shownMap();
  map.scales = { ...map.scales, stars: { min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5 },
    thumbs: { min: 1, max: 3, met: 2, labels: { words: ['Down', 'Level', 'Up'] } } };
  map.audiences = { ...map.audiences, partner: { title: 'Partners', scale: 'stars' } };
  map.measures = { ...map.measures, calm: { title: 'Calm', scale: 'thumbs' } };
  writeFileSync(join(app.dir, 'own.json'), JSON.stringify(map));
  app.run('map', 'apply', 'shop.plx', 'own.json');
  const point = map.journeys[0].transactions[0].points[0].id;
  writeFileSync(join(app.dir, 'partner.csv'), `audience,encounter,point,level\n${[1, 2, 3].map((n) => `partner,p${n},${point},${n}\n`).join('')}`);
  app.run('import', 'shop.plx', 'partner.csv');
  check(in_force.audiences.some((one) => one.id === 'riders'), 'the map has what was added', JSON.stringify(in_force.audiences));
}

async function leaving(page) {
  ownMap();
  const link = /\/f\/\S+/.exec(app.run('link', 'create', 'shop.plx', '--audience', 'riders'));
  await app.go(page, '/app/settings/asked', 'Audiences');
  const row = (name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  const text = async (name) => (await row(name).textContent()).replace(/\s+/g, ' ');
  await page.getByText('asks them: close it first').waitFor();
  check(/Cannot be removed: there are 3 answers of them/.test(await text(/Partners/)), 'one with answers says how many hold it', await text(/Partners/));
  check(link && /Form \d+ asks them: close it first/.test(await text(/Riders/)), 'one that a form asks says which', await text(/Riders/));
  check(await page.getByRole('button', { name: /^Remove… / }).count() === 0, 'so none can be removed');
  const form = JSON.parse(app.run('link', 'list', 'shop.plx', '--format', 'json')).links.find((one) => one.audience === 'riders');
  app.run('link', 'close', 'shop.plx', String(form.link));
  await page.getByRole('button', { name: 'Remove… Riders' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Remove Riders?' });
  const open = await app.faults(page, 'settings-audience-leave');
  check(open.length === 0, 'removing an audience: accessible', open.join('\n'));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  check(audience('riders') !== undefined, 'nothing goes before it is confirmed');
  await page.getByRole('button', { name: 'Remove… Riders' }).press('Enter');
  await dialog.getByRole('button', { name: 'Remove the audience' }).click();
  await page.getByRole('rowheader', { name: /Riders/ }).waitFor({ state: 'detached' });
  check(audience('riders') === undefined && audience('partner')?.scale === 'stars', 'then it is off the map, alone', JSON.stringify(shownMap().map.audiences));
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  check(await page.getByRole('heading', { name: 'Audiences' }).evaluate((one) => one === document.activeElement), 'and the focus is above the others');
}

async function scales(page) {
  const row = (id) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${id}`) }) });
  const stars = (await row('stars').textContent()).replace(/\s+/g, ' ');
  check(/1 to 5/.test(stars) && /surprised: 5/.test(stars) && /Partners ?3 answers/.test(stars), 'a scale has its numbers, and who uses it', stars);
  check(/The numbers stay/.test(stars) && await row('stars').getByRole('button', { name: /Numbers/ }).count() === 0, 'and why they stay');
  check(/from 1, “very hard”, to 7, “very easy”/.test(await row('effort').textContent()), 'what forms say of a wide scale stands there', await row('effort').textContent());
  check(/Calm/.test(await row('thumbs').textContent()), 'a measure uses one, too');
  await page.getByRole('button', { name: 'Numbers: thumbs' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Numbers of the scale thumbs' });
  const found = await app.faults(page, 'settings-numbers');
  check(found.length === 0, 'numbers of a scale: accessible', found.join('\n'));
  await dialog.getByLabel('Highest number').fill('4');
  await dialog.getByLabel('Met, at this or better').fill('9');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('From 1 to 4, or empty.').waitFor();
  check(await dialog.getByLabel('Met, at this or better').evaluate((one) => one === document.activeElement), 'what lies outside stands at its field, which has the focus');
  await dialog.getByLabel('Met, at this or better').fill('3');
  await dialog.getByLabel('Surprised, at this or better').fill('2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').waitFor();
  check(/met/.test(await dialog.getByRole('alert').textContent()), 'what cannot be is refused', await dialog.getByRole('alert').textContent());
  await dialog.getByLabel('Surprised, at this or better').fill('4');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const scale = shownMap().in_force.scales.find((one) => one.id === 'thumbs');
  check(scale.max === 4 && scale.met === 3 && scale.top === 4 && scale.desired === null, 'numbers and cuts are changed', JSON.stringify(scale));
  check(scale.words.join() === 'Down,Level,Up,4', 'and each name is with its number', scale.words.join());
  const whole = await app.faults(page, 'settings-scales');
  check(whole.length === 0, 'scales: accessible', whole.join('\n'));
}

const brand = () => JSON.parse(app.run('brand', 'show', 'shop.plx', '--format', 'json')).brand;

async function branded(page) {
  await app.go(page, '/app/settings/brand', 'Brand');
  const logo = { name: 'sun.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#c60"/></svg>') };
  await page.getByLabel('Name', { exact: true }).fill('Café Sonne');
  await page.getByLabel('Colour', { exact: true }).fill('#12');
  await page.getByRole('alert').waitFor();
  check(/expected one like "#0b7a75"/.test(await page.getByRole('alert').textContent()), 'no colour is refused in the program’s words', await page.getByRole('alert').textContent());
  await page.getByLabel('Colour', { exact: true }).fill('#ffd400');
  await page.getByText('On light pages words in this colour could not be read (contrast 1.4').waitFor();
  check(await page.getByText('On dark pages headings have the colour').isVisible(), 'whether it can be read is said before it is saved');
  check(brand() === null, 'and nothing is kept yet');
  await page.getByLabel('Logo', { exact: true }).setInputFiles(logo);
  await page.getByLabel('First page').fill('A morning together');
  await page.locator('.brand-sheet image').first().waitFor();
  const found = await app.faults(page, 'settings-brand');
  check(found.length === 0, 'brand: accessible', found.join('\n'));
  await page.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  const kept = brand();
  check(kept.name === 'Café Sonne' && kept.colour === '#ffd400' && kept.logo.startsWith('data:image/svg+xml') && kept.words.en.title === 'A morning together', 'it is kept', JSON.stringify(kept));
  const room = await page.request.get(`${app.url}/file/workshop/guess/guess.html`);
  check((await room.text()).includes('Café Sonne'), 'sheets to print have it');
  await page.getByRole('button', { name: 'Remove the brand' }).click();
  await page.getByText('Pages have no brand any more.').waitFor();
  check(brand() === null, 'and none when it is removed');
}

async function rest(page) {
  await app.go(page, '/app/settings/data', 'Backup');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
  check(readFileSync(await download.path(), 'utf8').startsWith('audience,'), 'the rows come as a file', download.suggestedFilename());
  const [book] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'What the columns mean' }).click()]);
  const codes = readFileSync(await book.path(), 'utf8');
  check(/^audience,,partner,Partners/m.test(codes), 'and what their columns mean', codes.slice(0, 300));
  await app.go(page, '/app/settings/audit', 'Who did what');
  await page.getByRole('button', { name: 'Check the chain' }).click();
  check(/the audit log is whole/.test(await page.getByRole('status').textContent()), 'the chain is whole');
  check(await page.getByRole('cell', { name: 'Token of a program revoked token revoke' }).count() === 1, 'who did what stands there in words');
  const first = await page.getByRole('row').nth(1).textContent();
  check(/Data taken out as a file/.test(first), 'the latest first', first);
  const wordless = await page.locator('td[data-label="What"]').evaluateAll((cells) => cells.filter((cell) => !cell.querySelector('.quiet')).map((cell) => cell.textContent));
  check(wordless.length === 0, 'every act of this day has words', wordless.join());
  const audit = await app.faults(page, 'settings-audit');
  check(audit.length === 0, 'audit: accessible', audit.join('\n'));
  await app.go(page, '/app/settings/health', 'Is the installation');
  await page.locator('.checks li').first().waitFor();
  const health = await app.faults(page, 'settings-health');
  check(health.length === 0, 'health: accessible', health.join('\n'));
}

const administrator = await app.person('administrator');
await people(administrator);
await programs(administrator);
await asked(administrator);
await leaving(administrator);
await scales(administrator);
await branded(administrator);
const refused = app.complaints.splice(0).filter((text) => !/400 \(Bad Request\)/.test(text));
await rest(administrator);
const viewer = await app.person('viewer');
await app.go(viewer, '/app/settings', 'Settings');
check(await viewer.getByText('Only an administrator may do this').isVisible() && await viewer.getByText('Your account has the role “viewer”.').isVisible(), 'others are told whom to ask');
check(refused.length + app.complaints.length === 0, 'no complaints', [...refused, ...app.complaints].join('\n'));
await app.stop();
finish();
