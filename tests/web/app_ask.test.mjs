// SPDX-License-Identifier: GPL-3.0-or-later
// The place Ask, as an editor uses it: `node app_ask.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: what there is to ask with; a form that is made, answered while one looks, and closed; addresses for one form
// each as a file; the pages of visits, workshops, kiosks and walks; what a viewer is told; axe-core, light and dark, a
// small phone.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const app = await openApp(resolve(process.argv[2]));
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
  await clean('ask-new');
  await editor.getByRole('button', { name: 'Make it' }).press('Enter');
  await editor.getByRole('heading', { name: 'It can be answered from now on' }).waitFor();
  const address = await editor.locator('.addresses code').first().textContent();
  check((await fetch(address)).status === 200, 'a form is made, and its address asks', address);
  await app.go(editor, '/app/ask/forms', 'Forms');
  await editor.getByRole('row').nth(1).getByRole('link').first().click();
  await editor.getByRole('button', { name: 'Close it…' }).click();
  await editor.getByRole('dialog').getByRole('button', { name: /Close it/ }).click();
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

await forms();
await single();
for (const [path, heading] of [['visits', 'Secret visits'], ['workshops', 'Workshops'], ['kiosks', 'Kiosks']]) {
  await app.go(editor, `/app/ask/${path}`, heading);
  await clean(`ask-${path}`);
}
const viewer = await app.person('viewer');
await app.go(viewer, '/app/ask', 'Ask');
check(await viewer.getByText('Only an editor may ask').isVisible(), 'a viewer is told whom to ask');
check(app.complaints.length === 0, 'no complaints', app.complaints.join('\n'));
await app.stop();
finish();
