// SPDX-License-Identifier: GPL-3.0-or-later
// The place Settings, as an administrator uses it: `node app_settings.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: inviting, changing a role, a new password, disabling and removing, by keyboard; a token that works and is
// revoked; a webhook; downloads; the audit log and its chain; doctor; what others are told; axe-core, light and dark.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const app = await openApp(resolve(process.argv[2]));

const users = () => JSON.parse(app.run('user', 'list', 'shop.plx', '--format', 'json')).users;
const user = (login) => users().find((one) => one.login === login);

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
  await page.getByLabel('What ann@example.org may').selectOption('analyst');
  await page.waitForFunction(() => !document.querySelector('[aria-busy]'));
  await page.waitForTimeout(200);
  check(user('ann@example.org').role === 'analyst', 'a role is changed', JSON.stringify(users()));
  await page.getByRole('button', { name: 'Disable: ann@example.org' }).click();
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
  await page.getByRole('button', { name: 'Revoke: till 3' }).click();
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

async function rest(page) {
  await app.go(page, '/app/settings/data', 'Backup');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
  check(readFileSync(await download.path(), 'utf8').startsWith('audience,'), 'the rows come as a file', download.suggestedFilename());
  await app.go(page, '/app/settings/audit', 'Who did what');
  await page.getByRole('button', { name: 'Check the chain' }).click();
  check(/the audit log is whole/.test(await page.getByRole('status').textContent()), 'the chain is whole');
  check(await page.getByRole('cell', { name: 'token revoke' }).count() === 1, 'who did what stands there');
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
const refused = app.complaints.splice(0).filter((text) => !/400 \(Bad Request\)/.test(text));
await rest(administrator);
const viewer = await app.person('viewer');
await app.go(viewer, '/app/settings', 'Settings');
check(await viewer.getByText('Only an administrator may do this').isVisible(), 'others are told whom to ask');
check(refused.length + app.complaints.length === 0, 'no complaints', [...refused, ...app.complaints].join('\n'));
await app.stop();
finish();
