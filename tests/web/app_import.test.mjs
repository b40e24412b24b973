// SPDX-License-Identifier: GPL-3.0-or-later
// Answers from files, as an editor takes them: `node app_import.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: a foreign file (Windows-1252, semicolons, German) whose columns are matched by words, by mouse and by keyboard; wrong
// rows at their cells, left out; import and undo; the same again, the same keys with other content; a file of ours; a
// spreadsheet that is refused; an empty workspace that gets its map from the file; Back and a reload in between; axe-core, light and dark; a phone.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);

const map = `parallax: 1
title: Gasthof
language: de
journeys:
  - id: besuch
    title: Besuch
    transactions:
      - id: essen
        title: Essen
        points:
          - {id: warten, title: Warten auf das Essen}
          - {id: freundlich, title: Freundlichkeit am Tisch}
          - {id: rechnung, title: Die Rechnung}
`;

// As a survey tool of some years ago writes it.
function survey(rows = 40) {
  const lines = ['Nr.;Datum;Filiale;Wer sind Sie?;Wie lange war die Wartezeit?;Freundlichkeit;Preis;Würden Sie uns empfehlen?;Bemerkung'];
  for (let i = 0; i < rows; i++) {
    const wait = i === 3 ? 'kurz' : i === 7 ? 'lang' : `${i % 5 + 1},0`;
    lines.push([i + 1, `${String(i % 28 + 1).padStart(2, '0')}.12.2025`, i % 2 ? 'Graz' : 'Köln', i % 8 ? 'Gast' : 'Koch',
      wait, i % 9 ? `${i % 5 + 1}` : 'k.A.', i % 4 + 1, i % 11, i % 3 ? '' : 'es war schön und gut'].join(';'));
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}

const shop = await openApp(parallax, (dir, run) => run('init', 'shop.plx'));
const fs = await import('node:fs');
fs.writeFileSync(`${shop.dir}/map.yaml`, map);
shop.run('map', 'apply', 'shop.plx', 'map.yaml');
const info = () => JSON.parse(shop.run('info', 'shop.plx', '--format', 'json'));
const file = (name, buffer) => ({ name, mimeType: 'text/csv', buffer });
const heading = (page, name) => page.getByRole('heading', { name }).first().waitFor();

async function drop(page, ...files) {
  await page.getByLabel('Choose files').first().setInputFiles(files);
}
const column = (page, title) => page.locator('.import-column').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

async function columns(page) {
  await shop.go(page, '/app/ask/import', 'Answers from a file');
  const start = await shop.faults(page, 'import-file');
  check(start.length === 0, 'the first page: accessible', start.join('\n'));
  await drop(page, file('gäste.csv', survey()));
  await heading(page, 'What are these columns?');
  // An empty workspace is asked whose points are meant.
  await page.getByLabel('The map that is here').check();
  await column(page, 'Freundlichkeit').getByText('sure', { exact: true }).waitFor();
  check(await column(page, 'Wie lange war die Wartezeit?').getByLabel('Point').inputValue() === 'warten', 'a question finds its point by words');
  check(await column(page, 'Freundlichkeit').getByLabel('Point').inputValue() === 'freundlich', 'and another');
  check(await column(page, 'Filiale').getByLabel('What it is').inputValue() === 'place', 'a place is seen');
  check(await page.getByText('Köln').first().isVisible(), 'letters are read as they were written');
  const go = page.getByRole('button', { name: 'Check the answers' });
  check(await go.getAttribute('aria-disabled') === 'true', 'nothing goes on before all is said');
  const found = await shop.faults(page, 'import-columns');
  check(found.length === 0, 'the columns: accessible', found.join('\n'));
  // By keyboard: who a cook is, and that a column is left aside.
  await column(page, 'Wer sind Sie?').getByLabel('What it is').selectOption('audience');
  const cook = column(page, 'Wer sind Sie?').getByLabel(/^Koch/);
  await column(page, 'Wer sind Sie?').locator('select').nth(1).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.import-words select')].some((one) => one.value === 'customer'));
  check(await column(page, 'Wer sind Sie?').getByLabel(/^Gast/).inputValue() === 'customer', 'who a guest is is known');
  await cook.focus();
  await cook.selectOption('staff');
  await column(page, 'Preis').getByLabel('Point').selectOption('rechnung');
  await page.waitForFunction(() => [...document.querySelectorAll('.button.first')].some((one) => !one.hasAttribute('aria-disabled')));
  await go.focus();
  await page.keyboard.press('Enter');
}

async function wrong(page) {
  await heading(page, 'Not yet: this must be looked at');
  const marks = await page.locator('.import-cells mark').allTextContents();
  check(marks.length === 2 && marks[0] === 'kurz' && marks[1] === 'lang', 'errors stand at their cells', marks.join());
  check(await page.getByText('Line 5', { exact: true }).isVisible(), 'with their line');
  const lines = await page.locator('.import-cells').first().getByRole('rowheader').allTextContents();
  check(lines.join() === '4,5,6', 'between the rows before and after it', lines.join());
  const around = await page.locator('.import-cells').first().locator('.around .same-column').allTextContents();
  check(around.length === 2 && around.every((text) => text !== '' && text !== 'kurz'), 'with what stands in its column there', around.join());
  const found = await shop.faults(page, 'import-wrong');
  check(found.length === 0, 'wrong rows: accessible', found.join('\n'));
  check(info().observations === 0, 'nothing is taken meanwhile');
  await page.getByRole('button', { name: 'Leave those 2 rows out' }).click();
  await heading(page, 'This would be taken');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download those rows' }).click()]);
  check(/^reject_line;reject_reason;Nr\.;/.test(readFileSync(await download.path(), 'utf8')), 'those left out can be kept');
  check(await page.getByRole('row', { name: /Warten auf das Essen/ }).isVisible(), 'what would be taken is counted by point');
  const good = await shop.faults(page, 'import-check');
  check(good.length === 0, 'the check: accessible', good.join('\n'));
}

async function taking(page) {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('The answers are in').waitFor();
  const had = info().observations;
  check(had > 100, 'the answers are in the workspace', String(had));
  const told = JSON.parse(shop.run('gaps', 'shop.plx', '--format', 'json'));
  check(JSON.stringify(told).includes('"rechnung"'), 'at the point that was chosen', JSON.stringify(told).slice(0, 500));
  const list = JSON.parse(shop.run('imports', 'list', 'shop.plx', '--format', 'json')).imports;
  check(list[0].file === 'gäste.csv' && list[0].rejected === 2, 'the import is listed by its name', JSON.stringify(list));
  const found = await shop.faults(page, 'import-done');
  check(found.length === 0, 'done: accessible', found.join('\n'));
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByText('gäste.csv was taken out again.').waitFor();
  check(info().observations === 0, 'undo takes it out again');
}

const own = (level) => Buffer.from(`audience,encounter,point,level\ncustomer,e1,warten,${level}\ncustomer,e2,warten,5\n`);

async function again(page) {
  await shop.go(page, '/app/ask/import', 'Answers from a file');
  await drop(page, file('own.csv', own(4)));
  await heading(page, 'This would be taken');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('The answers are in').waitFor();
  check(info().observations === 2, 'a file of ours needs no columns', String(info().observations));
  await drop(page, file('own.csv', own(4)));
  await heading(page, 'There is nothing new to take');
  await page.getByRole('button', { name: 'Another file' }).click();
  await drop(page, file('own.csv', own(1)));
  await heading(page, 'Not yet: this must be looked at');
  await page.getByRole('button', { name: 'Take the new ones' }).click();
  await heading(page, 'This would be taken');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('The answers are in').waitFor();
  check(info().observations === 2, 'the same keys are taken in place of others');
  const row = page.getByRole('row', { name: /own\.csv/ }).first();
  await row.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it out' }).click();
  await row.getByText('undone').waitFor();
  check(JSON.parse(shop.run('imports', 'list', 'shop.plx', '--format', 'json')).imports.some((one) => one.file === 'own.csv' && one.state === 'undone'),
    'an earlier import is taken out, too');
  await drop(page, file('book.xlsx', Buffer.from('PK\x03\x04 sheet', 'latin1')));
  const refused = await page.getByRole('alert').textContent();
  check(/spreadsheet/.test(refused) && /save it as CSV/.test(refused), 'a spreadsheet is told how to come', refused);
}

// A column that no point is about: one more point, at its place on the map.
async function more(page) {
  await shop.go(page, '/app/ask/import', 'Answers from a file');
  await drop(page, file('more.csv', Buffer.from(`Filiale;Freundlichkeit;Der Parkplatz\n${Array.from({ length: 40 }, (_, i) => `${i % 2 ? 'Graz' : 'Köln'};${i % 6 + 1};${(i + 2) % 6 + 1}`).join('\n')}\n`)));
  const parking = column(page, 'Der Parkplatz');
  await parking.getByLabel('What it is').selectOption('point');
  await parking.getByRole('button', { name: 'Not on the map? Add it… Der Parkplatz' }).press('Enter');
  await parking.getByLabel('What the moment is called').fill('Einen Parkplatz finden');
  await page.evaluate(() => window.scrollTo(0, 0)); // nothing under the bar at the top
  const found = await shop.faults(page, 'import-add');
  check(found.length === 0, 'a new point: accessible', found.join('\n'));
  await parking.getByRole('button', { name: 'Add it to the map' }).press('Enter');
  await page.waitForFunction(() => [...document.querySelectorAll('.import-more select')].some((one) => one.value === 'einen-parkplatz-finden'));
  check(/Einen Parkplatz finden/.test(shop.run('map', 'show', 'shop.plx')), 'a column without a point makes one', shop.run('map', 'show', 'shop.plx'));
  await page.waitForFunction(() => [...document.querySelectorAll('.button.first')].some((one) => !one.hasAttribute('aria-disabled')));
  await page.getByRole('button', { name: 'Check the answers' }).click();
  await heading(page, 'This would be taken');
  check(await page.getByRole('row', { name: /Einen Parkplatz finden/ }).isVisible(), 'and has its answers');
}

// Back is a step back, and what was sent and said outlives it, another page and a reload.
async function back(page) {
  await shop.go(page, '/app/ask/import', 'Answers from a file');
  await drop(page, file('gäste.csv', survey()));
  await heading(page, 'What are these columns?');
  await column(page, 'Preis').getByLabel('Point').selectOption('rechnung');
  await column(page, 'Wer sind Sie?').getByLabel('What it is').selectOption('segment');
  await page.goBack();
  await page.getByText('gäste.csv is still here').waitFor();
  check(await page.getByRole('heading', { name: 'Answers from a file' }).evaluate((one) => one === document.activeElement), 'Back goes to the beginning');
  const found = await shop.faults(page, 'import-kept');
  check(found.length === 0, 'a file that waits: accessible', found.join('\n'));
  await page.goForward();
  const kept = async () => await column(page, 'Preis').getByLabel('Point').inputValue() === 'rechnung'
    && await column(page, 'Wer sind Sie?').getByLabel('What it is').inputValue() === 'segment';
  await column(page, 'Preis').waitFor();
  check(await kept(), 'Forward has the file, and what was said of its columns');
  await page.reload();
  await column(page, 'Preis').waitFor();
  check(await kept(), 'so has a reload');
  await page.getByRole('navigation', { name: 'Ask' }).getByRole('link', { name: 'Forms' }).click();
  await page.getByRole('navigation', { name: 'Ask' }).getByRole('link', { name: 'Files' }).click();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await column(page, 'Preis').waitFor();
  check(await kept(), 'and another page');
  await page.waitForFunction(() => [...document.querySelectorAll('.button.first')].some((one) => !one.hasAttribute('aria-disabled')));
  await page.getByRole('button', { name: 'Check the answers' }).click();
  await heading(page, 'Not yet: this must be looked at');
  await page.reload();
  await heading(page, 'Not yet: this must be looked at');
  await page.goBack();
  await heading(page, 'What are these columns?');
  await column(page, 'Preis').getByLabel('What it is').selectOption('ignore');
  await page.goForward();
  await heading(page, 'What are these columns?');
  check(await column(page, 'Preis').getByLabel('What it is').inputValue() === 'ignore', 'what was changed since is not checked as it was');
  await page.goBack();
  await page.goBack();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByText('gäste.csv is still here').waitFor({ state: 'detached' });
  check(await page.evaluate(() => window.sessionStorage.length) === 0, 'what is forgotten is gone');
  // A file whose columns need no word has one step less, and Back from there is the beginning.
  await drop(page, file('own.csv', own(3)));
  await page.waitForURL(/step=check/);
  await page.goBack();
  await page.getByText('own.csv is still here').waitFor();
  check(new URL(page.url()).search === '', 'a file of ours has no step of columns to come back to');
  await page.evaluate(() => { for (const [key, value] of Object.entries(window.sessionStorage)) window.sessionStorage[key] = value.replace(/"@[^/]*/, '"@gone'); });
  await page.reload();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.getByRole('alert').getByText('send it again').waitFor();
  await page.getByRole('button', { name: 'Another file' }).click();
  await page.getByLabel('Choose files').first().waitFor({ state: 'attached' });
  check(await page.getByText('own.csv is still here').count() === 0, 'a file that the server has no more is said to be gone, and asked for again');
}

// A long one says how far it is, in percent: the server while it reads, and the page while it waits.
async function long() {
  const shop = await openApp(parallax, (dir, run) => {
    run('init', 'shop.plx');
    fs.writeFileSync(`${dir}/one.csv`, 'audience,encounter,point,level\ncustomer,e1,warten,4\n');
    run('import', 'shop.plx', 'one.csv');
  });
  const page = await shop.person('editor');
  await shop.go(page, '/app/ask/import', 'Answers from a file');
  const lines = Array.from({ length: 400000 }, (_, i) => `customer,r${i},2026-01-${String(i % 28 + 1).padStart(2, '0')},warten,${i % 6 + 1}`);
  fs.writeFileSync(`${shop.dir}/long.csv`, `audience,respondent,time,point,level\n${lines.join('\n')}\n`);
  await page.getByLabel('Choose files').first().setInputFiles(`${shop.dir}/long.csv`);
  const seen = await page.evaluate(async () => {
    for (const end = Date.now() + 120000; Date.now() < end;) {
      const far = await (await fetch('/app/data/progress')).json();
      if (far.running && far.percent !== null) return far.percent;
      await new Promise((done) => setTimeout(done, 10));
    }
    return null;
  });
  check(seen !== null && seen >= 0 && seen <= 100, 'the server says how far a long file is', String(seen));
  await page.getByRole('heading', { name: 'This would be taken' }).waitFor({ timeout: 120000 });
  const idle = await page.evaluate(async () => (await fetch('/app/data/progress')).json());
  check(idle.running === false && idle.percent === null, 'and nothing when it is over', JSON.stringify(idle));
  await page.route('**/app/data/progress', (route) => route.fulfill({ json: { schema: 'parallax.progress/1', running: true, percent: 42 } }));
  let go = () => {};
  const held = new Promise((done) => { go = done; });
  await page.route('**/command/import', async (route) => { await held; await route.abort(); });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const bar = page.getByRole('progressbar');
  await bar.waitFor();
  check(await bar.evaluate((one) => one.value) === 42 && await page.getByText('42 % read').last().isVisible(), 'the page shows it');
  const found = await shop.faults(page, 'import-progress');
  check(found.length === 0, 'progress: accessible', found.join('\n'));
  go();
  await page.unroute('**/command/import');
  await page.unroute('**/app/data/progress');
  await page.getByText('The server was not reached').waitFor();
  await shop.stop();
}

const editor = await shop.person('editor');
await columns(editor);
await wrong(editor);
await taking(editor);
await again(editor);
await more(editor);
await back(editor);
const viewer = await shop.person('viewer');
await shop.go(viewer, '/app/ask/import', 'Answers from a file');
check(await viewer.getByText('Only an editor may import answers').isVisible(), 'others are told whom to ask');
const complaints = shop.complaints.filter((text) => !/status of 4\d\d|ERR_FAILED/.test(text));
check(complaints.length === 0, 'no complaints', complaints.join('\n'));
await shop.stop();

// Nothing is there: the file says what there is to be asked about. A wrong cell stands at its place there, too, and the whole
// may have been marked on the scale of the file.
const empty = await openApp(parallax, (dir, run) => run('init', 'shop.plx'));
const first = await empty.person('editor');
await empty.go(first, '/app/ask/import', 'Answers from a file');
await drop(first, file('flights.csv', Buffer.from(`id,Seat comfort,Food and drink,All in all\n${Array.from({ length: 41 }, (_, i) => `${i},${i % 7 + 1},${i === 40 ? 'bad' : (i + 2) % 7 + 1},${i % 7 + 1}`).join('\n')}\n`)));
await column(first, 'All in all').getByLabel('What it is').selectOption('overall');
await first.getByLabel('Best').fill('9');
await first.getByLabel('Best').fill('4');
check(await first.getByLabel('As expected from').inputValue() === '3' && await first.getByLabel('As hoped from').inputValue() === '4', 'cuts stay within the scale', await first.locator('.import-scale').first().textContent());
await first.getByLabel('Best').fill('7');
await first.getByRole('button', { name: 'Make the map and check' }).click();
await heading(first, 'Not yet: this must be looked at');
check((await first.locator('.import-cells mark').allTextContents()).join() === 'bad', 'a wrong cell stands at its place, with a new map, too');
await first.getByRole('button', { name: /^Leave that/ }).click();
await first.getByRole('heading', { name: 'This would be taken' }).waitFor();
await first.getByRole('button', { name: 'Import', exact: true }).click();
await first.getByText('The answers are in').waitFor();
const tree = empty.run('map', 'show', 'shop.plx');
check(/Seat comfort/.test(tree) && /Food and drink/.test(tree), 'an empty workspace gets its map from the file', tree);
check(JSON.parse(empty.run('info', 'shop.plx', '--format', 'json')).observations === 120, 'and its answers, of the whole, too');
const rest = empty.complaints.filter((text) => !/status of 4\d\d/.test(text));
check(rest.length === 0, 'no complaints', rest.join('\n'));
await empty.stop();
await long();

// A starter map that has nothing to do with the file: the map is made of the file, unless one says otherwise.
const starter = await openApp(parallax, (dir, run) => run('init', 'shop.plx', '--template', 'marketplace-order'));
const other = await starter.person('editor');
await starter.go(other, '/app/ask/import', 'Answers from a file');
await drop(other, file('flights.csv', Buffer.from(`id,Legroom,Loudness,Crew\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 5 + 1},${(i + 2) % 5 + 1},${(i + 1) % 5 + 1}`).join('\n')}\n`)));
await other.getByRole('button', { name: 'Make the map and check' }).waitFor();
check(await other.getByLabel('Make the map from this file').isChecked(), 'a file that shares no word with a starter map makes its own');
await other.getByLabel('The map that is here').check();
await other.getByText('3 columns of marks have no point yet').waitFor();
check(await other.getByLabel('The map that is here').isChecked(), 'and who says otherwise is believed');
await starter.stop();
finish();
