// SPDX-License-Identifier: GPL-3.0-or-later
// The place Next, as an analyst uses it: `node app_next.test.mjs PARALLAX`. Speaks TAP.
//
// Checks: the recommended step with its reasons; writing it down by keyboard, with errors at their fields and what the
// plan can show; the board; amending, beginning and ending; verdict and ledger as the program writes them; suggestions
// answered, tied and shown by a private link; what a viewer is told; an empty workspace; axe-core, light and dark.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

await import('./chromium.mjs'); // or skip
const { openApp } = await import('./app.mjs');
const { check, finish } = await import('./sheet.mjs');
const parallax = resolve(process.argv[2]);
const app = await openApp(parallax);

const json = (...words) => JSON.parse(app.run(...words, '--format', 'json'));
const step = (n) => json('step', 'list', 'shop.plx').steps.find((one) => one.step === n);
const whole = async (page) => (await page.locator('main').textContent()).replace(/\s+/g, ' ');

async function clean(page, name) {
  await page.evaluate('scrollTo(0, 0)'); // nothing is half below the bar
  const found = await app.faults(page, `next-${name}`);
  check(found.length === 0, `${name}: accessible, as wide as a phone`, found.join('\n'));
}

// By Tab until it is focused, then Enter.
async function press(page, locator) {
  for (let i = 0; i < 200; i++) {
    if (await locator.evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
}

async function proposals(page) {
  await app.go(page, '/app/next', 'News of a delay');
  const text = await whole(page);
  const next = json('next', 'shop.plx');
  const [first] = next.proposals;
  check(text.includes('Recommended') && text.includes(first.levels.to.anchor), 'the recommended step, with the anchors of the map', text.slice(0, 400));
  check(text.includes(`${Math.round(100 * first.below_met.share)} (`) && text.includes(`${first.to_know.answers} answers`), 'how many people, what it takes to know');
  check(/gave level \d/.test(text), 'whose words these are: the level they gave');
  check(await page.locator('.proposal').count() === 3 && await page.getByRole('table', { name: 'Runners-up' }).getByRole('row').count() === 4, 'three proposals and three runners-up');
  check(await page.getByRole('link', { name: /have waited for an answer/ }).count() === 1, 'who waits for an answer is told');
  await page.getByText('The whole reasoning').click();
  await page.locator('.drawn h1').waitFor();
  check((await page.locator('.drawn h1').textContent()).startsWith('The next step'), 'the page of the program');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Page for Monday' }).click()]);
  check(download.suggestedFilename() === 'monday.html', 'a page for Monday');
  await clean(page, 'proposals');
}

async function register(page) {
  await app.go(page, '/app/next', 'News of a delay');
  await press(page, page.getByRole('link', { name: 'Choose this step: News of a delay' }));
  await page.getByRole('heading', { name: 'Write the step down' }).waitFor();
  check(await page.evaluate('document.activeElement?.tagName') === 'H1', 'the heading of the new page is focused');
  const preview = page.getByRole('complementary', { name: 'What this plan can show' });
  await preview.getByText(/Answers enough by/).waitFor();
  check(/It takes about \d+ answers/.test(await preview.textContent()), 'what the plan can show', await preview.textContent());
  const share = page.getByLabel(/Success is when/);
  await share.fill('150');
  await page.locator('.field .error-text').waitFor();
  check(await share.getAttribute('aria-invalid') === 'true' && /of 100: a number from 0 to 100/.test(await page.locator('.field .error-text').textContent()), 'what is wrong stands at its field', await page.locator('.error-text').first().textContent());
  await share.fill('92');
  await preview.getByText(/Answers enough by/).waitFor();
  await press(page, page.getByRole('button', { name: 'Write it down' }));
  await page.getByText('Say what will be done').waitFor();
  check(/Answers enough by/.test(await preview.textContent()), 'what the plan can show stays: it does not depend on these words', await preview.textContent());
  check(/These are the days: \d+ \w+ \d{4}, /.test(await whole(page)), 'the days of judging stand at their field');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  check(step(3) === undefined, 'a step of which nobody says what is done is not written down');
  await page.getByLabel('What will be done').fill('A message before noon, with a reason');
  await page.getByLabel('It begins on').fill('2099-01-12');
  await page.getByLabel('Bath', { exact: true }).selectOption('neither');
  await page.getByText('9 places with the step, 10 to compare with.').waitFor();
  await page.reload();
  await page.getByText('9 places with the step, 10 to compare with.').waitFor();
  check(await page.getByLabel('What will be done').inputValue() === 'A message before noon, with a reason', 'a reload loses nothing of it');
  await page.waitForFunction(() => document.querySelector('.preview')?.textContent?.includes('9 of 9 places'));
  check(await page.getByRole('option', { name: 'From Desired (4) to Surprising (5)' }).count() === 1, 'all levels have their names');
  check(step(3) === undefined, 'trying it writes nothing down');
  await clean(page, 'register');
  await press(page, page.getByRole('button', { name: 'Write it down' }));
  await page.getByRole('heading', { name: 'The plan' }).waitFor();
  const kept = step(3);
  check(kept?.point === 'delay-message' && kept.share === 0.92 && kept.places.length === 9 && !kept.places.includes('Bath') &&
    kept.start === '2099-01-12' && kept.note === 'A message before noon, with a reason' && /^analyst/.test(kept.registered.author),
  'it is written down as it was filled in', JSON.stringify(kept));
}

async function amend(page) {
  await page.getByRole('link', { name: 'Change the plan: Step 3' }).click();
  await page.getByRole('heading', { name: 'Amend step 3' }).waitFor();
  await page.getByText('Nothing is changed yet.').waitFor();
  await page.getByLabel('Who sees to it').fill('The depots');
  await page.getByRole('button', { name: 'Amend it' }).and(page.locator(':not([aria-disabled])')).click();
  await page.getByText('Amended: owner').waitFor();
  check(step(3).owner === 'The depots' && step(3).amendments.length === 1, 'it is amended, openly', JSON.stringify(step(3).amendments));
}

// What is written down for the moment that is recommended is said first, and led to.
async function planned(page, words) {
  await app.go(page, '/app/next', 'News of a delay');
  const lead = await page.locator('.page-head').textContent();
  check(lead.includes(words) && lead.includes('The depots sees to'), `the lead: ${words}`, lead);
  const button = page.locator('.proposal.chosen .acts a');
  check(await button.textContent() === 'Look at step 3' && await button.getAttribute('href') === '/app/next/steps/3', 'and the first act leads to it', await button.textContent());
}

async function board(page) {
  await page.getByRole('link', { name: 'Board' }).click();
  const column = (name) => page.getByRole('region', { name, exact: true });
  await column('Planned').getByRole('link', { name: 'News of a delay', exact: true }).waitFor();
  await column('To be verified').getByText('Up', { exact: true }).waitFor();
  check(await column('To be verified').locator('.step-card').count() === 2, 'each step stands in its column');
  await clean(page, 'board');
  await press(page, column('Planned').getByRole('button', { name: /It has begun/ }));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/A few words/).fill('The depots agreed');
  await clean(page, 'dialog');
  await press(page, dialog.getByRole('button', { name: 'It has begun' }));
  await column('Running').getByRole('link', { name: 'News of a delay', exact: true }).waitFor();
  check(step(3).state === 'running' && step(3).started.note === 'The depots agreed', 'it has begun', JSON.stringify(step(3).started));
  await planned(page, 'it is under way: step 3');
  await app.go(page, '/app/next/steps', 'Steps');
  await column('Running').getByRole('button', { name: /It is over/ }).click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  check(step(3).state === 'running', 'Escape changes nothing');
  await column('Running').getByRole('button', { name: /It is over/ }).click();
  await dialog.getByRole('button', { name: 'It is over' }).click();
  await column('Done').getByRole('link', { name: 'News of a delay', exact: true }).waitFor();
  check(step(3).state === 'stopped', 'it is over');
}

async function verdicts(page) {
  await app.go(page, '/app/next/steps/1', 'State of the parcel');
  await page.locator('.step-verdict .drawn svg').first().waitFor();
  const text = await whole(page);
  check(/rose by 0\.7 levels more/.test(text) && text.includes('How often it cries up for nothing'), 'the verdict, with its placebo');
  check(await page.locator('.command-line').count() === 1, 'one command for the page');
  const size = (at) => page.locator(at).first().evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
  check(await size('.step-verdict .drawn h1') < await size('.page-head h1'), 'the verdict is a part of the page');
  check(text.includes('parallax step verify shop.plx 1') && !text.includes('/tmp/'), 'and how to make it again');
  await clean(page, 'step');
  await app.go(page, '/app/next/ledger', 'What kind of step works here');
  await page.locator('.drawn h1').waitFor();
  check((await whole(page)).includes('2 steps judged: 1 up, 1 not shown'), 'the ledger');
  await clean(page, 'ledger');
}

async function answers(page) {
  await app.go(page, '/app/next/suggestions', 'Suggestions and complaints');
  const list = json('suggestion', 'list', 'shop.plx').suggestions;
  await page.locator('.letter').first().waitFor();
  check((await page.locator('.letter a').first().textContent()) === list[0].text, 'who has waited longest comes first');
  await page.locator('.letter input').nth(0).check();
  await page.locator('.letter input').nth(1).check();
  await clean(page, 'suggestions');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByRole('dialog').getByLabel(/Your answer/).fill('We ring now.');
  await page.getByRole('button', { name: 'Save the answer' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const show = (one) => json('suggestion', 'show', 'shop.plx', one.suggestion);
  check(show(list[0]).answer === 'We ring now.' && show(list[1]).state === 'considered', 'the same answer to two');
  await page.getByLabel('State').selectOption('considered');
  await page.waitForFunction(() => document.querySelectorAll('.letter').length === 2);
  check(page.url().endsWith('?state=considered'), 'those of a state have an address');
  await page.locator('.letter a').first().click();
  await page.getByRole('heading', { name: 'What was answered' }).waitFor();
  await page.getByLabel('State from now on').selectOption('declined');
  await page.getByRole('button', { name: 'Save the answer' }).click();
  check(await page.getByText('To decline, say why.').isVisible(), 'to decline needs a reason');
  await page.getByLabel('State from now on').selectOption('doing');
  await page.getByLabel('Tie it to a step that takes it up').selectOption('1');
  await page.getByRole('button', { name: 'Save the answer' }).click();
  await page.locator('.history li').nth(1).waitFor();
  check(show(list[0]).step === 1 && show(list[0]).state === 'doing', 'a state, and a step that takes it up', JSON.stringify(show(list[0])));
  await page.getByRole('button', { name: 'Make a private link' }).click();
  const link = await page.getByRole('status').locator('code').textContent();
  await clean(page, 'suggestion');
  const answer = await (await fetch(link)).text();
  check(answer.includes('We ring now.'), 'the private link shows the answer', link);
}

async function viewer() {
  const page = await app.person('viewer');
  await app.go(page, '/app/next', 'News of a delay');
  check(await page.getByRole('link', { name: /Choose this step/ }).count() === 0, 'a viewer sees the step, and cannot choose it');
  await app.go(page, '/app/next/new?point=doorstep', 'Write the step down');
  check(await page.getByText('Steps are planned by analysts').isVisible(), 'and is told who can');
  await app.go(page, '/app/next/steps/1', 'State of the parcel');
  await page.locator('.step-verdict .drawn svg').first().waitFor();
  check(await page.getByRole('button', { name: /It is over/ }).count() === 0, 'a viewer reads the verdict');
  await app.go(page, '/app/next/suggestions', 'Suggestions and complaints');
  check(await page.getByText('are read and answered by analysts').isVisible(), 'suggestions are for others');
}

// Few answers: it is said what to do instead; and another moment brings what is proposed there.
async function few() {
  const rows = Array.from({ length: 14 }, (_, i) => ['doorstep', 'courier', 'payment-page'].map((point, k) => `customer,r${i},${point},${1 + (i + k * (i % 2)) % 4}\n`).join('')).join('');
  const bare = await openApp(parallax, (dir, run) => {
    run('init', 'shop.plx', '--template', 'marketplace-order');
    writeFileSync(join(dir, 'few.csv'), `audience,respondent,point,level\n${rows}`);
    run('import', 'shop.plx', 'few.csv');
  });
  const page = await bare.person('analyst', { width: 390, height: 844 });
  await bare.go(page, '/app/next', 'What comes first, as far as one can see');
  const text = await whole(page);
  check(/Measure first: “.*” comes first, but on 14 answers only/.test(text) && text.includes('What to do instead'), 'with few answers: measure first', text.slice(0, 300));
  check(!text.includes('Recommended'), 'and nothing is recommended');
  const found = await bare.faults(page, 'next-few');
  check(found.length === 0, 'measure first: accessible', found.join('\n'));
  const [first, second] = JSON.parse(bare.run('next', 'shop.plx', '--format', 'json')).proposals;
  await page.locator('.proposal').first().getByRole('link', { name: /Plan it all the same/ }).click();
  const share = page.getByLabel(/Success is when/);
  await share.waitFor();
  check(await share.inputValue() === String(Math.round(100 * first.to_know.share)), 'the form is filled in from the proposal');
  await page.getByLabel('At which moment').selectOption(second.point);
  check(await share.inputValue() === String(Math.round(100 * second.to_know.share)) && first.to_know.share !== second.to_know.share, 'another moment brings its own numbers');
  await bare.stop();
}

async function empty() {
  const bare = await openApp(parallax, (_, run) => run('init', 'shop.plx', '--template', 'marketplace-order'));
  const page = await bare.person('analyst');
  for (const [path, heading] of [['/app/next', 'No step can be named yet'], ['/app/next/steps', 'No step was written down yet'],
    ['/app/next/ledger', 'No step to learn from yet'], ['/app/next/suggestions', 'Nobody has suggested anything yet']]) {
    await bare.go(page, path, heading);
    const found = await bare.faults(page, `next-empty${path.replaceAll('/', '-')}`);
    check(found.length === 0, `${heading}: accessible`, found.join('\n'));
  }
  check(bare.complaints.length === 0, 'no complaints where nothing is yet', bare.complaints.join('\n'));
  await bare.stop();
}

const page = await app.person('analyst');
await proposals(page);
await register(page);
// A refused plan is answered by 400, which the browser counts.
const refused = app.complaints.splice(0).filter((text) => !/400 \(Bad Request\)/.test(text));
await amend(page);
await planned(page, 'it is planned: step 3');
await clean(page, 'planned');
refused.push(...app.complaints.splice(0).filter((text) => !/400 \(Bad Request\)/.test(text)));
await board(page);
await verdicts(page);
await answers(page);
await viewer();
check(refused.length + app.complaints.length === 0, 'no complaints', [...refused, ...app.complaints].join('\n'));
await app.stop();
await few();
await empty();
finish();
