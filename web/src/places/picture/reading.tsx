// SPDX-License-Identifier: GPL-3.0-or-later
// One of the other readings: words, chart, table and how we know, as the program draws them.
import type { JSX } from 'preact';
import { fileAt, get, page, Problem, type Page } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { Link, useWay } from '../../lib/router';
import { t } from '../../lib/texts';
import { isFew } from '../../parts/few';
import { Busy, CommandLine, Drawn, Notice } from '../../parts/parts';
import { askedOf, queryOf, type Asked, type Choices } from './chosen';
import { Filters, useChoices } from './filters';
import { Refused } from './nothing';
import { ReadingTabs, readings } from './readings';

// What was guessed stands in the page of the gaps; a page of its own is made for the room, and ends the guessing.
const ofGaps: Record<string, string> = { beliefs: 'header, section.beliefs, section.overestimates, section.foresight' };

// A workshop is one event: nothing of it is chosen by days or places.
const whole = ['workshop'];

// The command that says the same, and ends no guessing: that of the guesses alone, not of the page in which they stand.
function lineOf(name: string, line: string): string {
  return name === 'beliefs' ? line.replace(/^parallax report\b/, 'parallax beliefs').replace(/ --(?:reading|output)[ =]\S+/g, '') : line;
}

async function ask(name: string, asked: Asked, signal: AbortSignal): Promise<Page> {
  if (name === 'vignettes' && (await get<Choices>('/app/data/choices', {}, signal)).vignettes === 0) throw new Problem(404, t('reading.vignettes.none'));
  if (name in ofGaps) return page('gaps', asked, signal);
  return page(name, whole.includes(name) ? {} : asked, signal);
}

function ForTheRoom({ name, asked }: { name: string; asked: Asked }): JSX.Element | null {
  if (name !== 'beliefs' && name !== 'workshop') return null;
  const options = name === 'beliefs' ? { ...asked, reading: name, rehearsal: true } : { reading: name };
  return (
    <Notice title={t('room.title')}>
      <p>{t(name === 'beliefs' ? 'room.beliefs' : 'room.workshop')}</p>
      <p class="acts">
        <a class="button second" href={fileAt('report', name === 'beliefs' ? 'reveal.html' : 'workshop.html', options)} download>
          {t(name === 'beliefs' ? 'room.beliefs.get' : 'room.workshop.get')}
        </a>
        {name === 'beliefs' && <Link to="/app/ask/workshops" class="button second">{t('room.beliefs.real')}</Link>}
      </p>
    </Notice>
  );
}

export function Reading({ name }: { name: string }): JSX.Element {
  const way = useWay();
  const asked = askedOf(way, ['by', 'measure']);
  const info = readings.find((one) => one.name === name);
  const shown = useAsk(name + queryOf(asked), (signal) => ask(name, asked, signal));
  const known = useChoices(shown.data !== null || shown.problem !== null);
  document.title = `${info ? t(info.title) : name} · Parallax`;
  const chosen = queryOf(asked) !== '' && !whole.includes(name);
  const parts = ofGaps[name];
  const said = shown.data && (!parts || shown.data.body.querySelector('section.beliefs, section.overestimates, section.foresight'));
  return (
    <>
      <ReadingTabs />
      {info && <p class="asks">{t(info.question)}</p>}
      {!whole.includes(name) && <Filters known={known} split={false} />}
      <div class={shown.busy && shown.data ? 'shown waiting' : 'shown'} aria-busy={shown.busy}>
        {shown.problem && (chosen || isFew(shown.problem)
          ? <Refused problem={shown.problem} again={shown.again} />
          : <NotYet name={name} message={shown.problem.message} again={shown.again} serious={shown.problem.status === 0 || shown.problem.status >= 500} />)}
        {!shown.data && shown.busy && <Busy />}
        {shown.data && !shown.problem && (
          <>
            {said ? <Drawn body={shown.data.body} {...(parts ? { parts } : {})} /> : <NotYet name={name} message={t('reading.none')} again={shown.again} serious={false} />}
            <ForTheRoom name={name} asked={asked} />
            <CommandLine line={lineOf(name, shown.data.line)} />
          </>
        )}
      </div>
    </>
  );
}

// What is missing for this reading, in the program's words, and where to go on.
function NotYet({ name, message, again, serious }: { name: string; message: string; again: () => void; serious: boolean }): JSX.Element {
  return (
    <section class="empty-state" aria-live="polite">
      <h1>{serious ? t('trouble.title') : t('reading.notyet')}</h1>
      <p>{message.charAt(0).toUpperCase() + message.slice(1)}</p>
      <p class="acts">
        {serious && <button type="button" class="button second" onClick={again}>{t('again')}</button>}
        <Link to={name === 'workshop' || name === 'beliefs' ? '/app/ask' : '/app'} class="button second">
          {name === 'workshop' || name === 'beliefs' ? t('nothing.one.ask') : t('lost.home')}
        </Link>
      </p>
    </section>
  );
}
