// SPDX-License-Identifier: GPL-3.0-or-later
// Suggestions and complaints: who waits longest comes first.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { go, Link, useWay, withChoices } from '../../lib/router';
import { may } from '../../lib/session';
import { plural, t, together } from '../../lib/texts';
import { Busy, Button, Check, CommandLine, Dialog, Empty, Heading, Notice, SelectField, Trouble } from '../../parts/parts';
import { AnswerForm } from './answer';
import { StateTag, states, waited } from './letters';
import type { Suggestion, Suggestions } from './types';

// What may not be shown yet, and from when on it may.
function Hidden({ hidden }: { hidden: Suggestions['hidden'] }): JSX.Element | null {
  if (hidden.length === 0) return null;
  return (
    <Notice title={t('next.sug.hidden')}>
      {hidden.map((one) => <p key={one.audience}>{t(plural(one.suggestions, 'next.sug.hidden.one', 'next.sug.hidden.many'), {
        n: one.suggestions, audience: one.audience, persons: one.persons, minimum: one.minimum })}</p>)}
    </Notice>
  );
}

interface RowProps { one: Suggestion; chosen: boolean; choose: (on: boolean) => void }

function Row({ one, chosen, choose }: RowProps): JSX.Element {
  const words = one.text.length > 60 ? `${one.text.slice(0, 60)}…` : one.text;
  return (
    <li class={one.waiting ? 'letter waiting' : 'letter'}>
      <label class="check letter-check"><input type="checkbox" checked={chosen} aria-label={t('next.sug.pick', { words })}
        onChange={(event) => choose(event.currentTarget.checked)} /></label>
      <div class="letter-words">
        <Link to={`/app/next/suggestions/${one.suggestion}`}><bdi>{one.text}</bdi></Link>
        <p class="quiet">{together([t(one.prompt === 'complaint' ? 'next.sug.complaint' : 'next.sug.suggestion'), one.about?.title, one.place, one.day ? dayText(one.day) : null], ' · ')}</p>
      </div>
      <div class="letter-state">{one.awaited && <span class="tag">{t('next.sug.awaited')}</span>}<StateTag state={one.state} /><span class={one.waiting ? 'due' : 'quiet'}>{waited(one)}</span></div>
    </li>
  );
}

const many = 25;

function Letters({ letters, again }: { letters: Suggestion[]; again: () => void }): JSX.Element {
  const [shown, setShown] = useState(many);
  const [chosen, setChosen] = useState<string[]>([]);
  const [answering, setAnswering] = useState(false);
  const choose = (id: string, on: boolean): void => setChosen((all) => (on ? [...all, id] : all.filter((one) => one !== id)));
  return (
    <>
      <ul class="letters">
        {letters.slice(0, shown).map((one) => <Row key={one.suggestion} one={one} chosen={chosen.includes(one.suggestion)}
          choose={(on) => choose(one.suggestion, on)} />)}
      </ul>
      {letters.length > shown && <p><Button onClick={() => setShown(shown + 4 * many)}>{t('next.sug.more', { n: letters.length - shown })}</Button></p>}
      {chosen.length > 0 && (
        <div class="chosen-bar" role="status">
          <span>{t(plural(chosen.length, 'next.sug.chosen.one', 'next.sug.chosen.many'), { n: chosen.length })}</span>
          <Button kind="first" onClick={() => setAnswering(true)}>{t('next.sug.answer')}</Button>
          <Button kind="quiet" onClick={() => setChosen([])}>{t('cancel')}</Button>
        </div>
      )}
      {answering && (
        <Dialog title={t(plural(chosen.length, 'next.sug.answer.one', 'next.sug.answer.many'), { n: chosen.length })} onClose={() => setAnswering(false)}>
          <AnswerForm numbers={chosen} onDone={() => { setAnswering(false); setChosen([]); again(); }} />
        </Dialog>
      )}
    </>
  );
}

function Filters({ state, waiting }: { state: string; waiting: boolean }): JSX.Element {
  const way = useWay();
  const choose = (changes: Record<string, string | null>): void => go(withChoices(way, changes), { replace: true });
  return (
    <div class="filters">
      <SelectField label={t('next.sug.state')} value={state} onChange={(value) => choose({ state: value || null })}
        choices={[{ value: '', label: t('next.sug.all') }, ...states.map((one) => ({ value: one.state, label: t(one.title) }))]} />
      <Check label={t('next.sug.waiting')} checked={waiting} onChange={(on) => choose({ waiting: on ? '1' : null })} />
    </div>
  );
}

function Body({ data, all, again }: { data: Suggestions; all: boolean; again: () => void }): JSX.Element {
  if (data.suggestions.length > 0)
    return (
      <>
        {data.late > 0 && <p><b>{t(plural(data.late, 'next.sug.late.one', 'next.sug.late.many'), { n: data.late })}</b></p>}
        <Letters letters={data.suggestions} again={again} />
      </>
    );
  if (!all) return <p class="quiet">{t('next.sug.none')}</p>;
  return (
    <Empty title={t('next.sug.empty')}>
      <p>{t('next.sug.empty.what')}</p>
      <p><Link class="button first" to="/app/ask">{t('next.ask')}</Link></p>
    </Empty>
  );
}

export function SuggestionsPage(): JSX.Element {
  const way = useWay();
  const state = way.query.get('state') ?? '';
  const waiting = way.query.get('waiting') === '1';
  const allowed = may('analyst');
  const asked = useAsk(`${state} ${waiting}`, async () => (allowed ? command<Suggestions>('suggestion list', [], { state, waiting }) : null));
  return (
    <>
      <Heading title={t('next.sug.title')} lead={t('next.sug.lead')} />
      {!allowed && <Notice title={t('next.not.may')}><p>{t('next.not.read')}</p></Notice>}
      {allowed && <Filters state={state} waiting={waiting} />}
      <Trouble problem={asked.problem} again={asked.again} />
      {allowed && asked.busy && !asked.data && <Busy />}
      {asked.data && (
        <>
          <Hidden hidden={asked.data.document.hidden} />
          <Body data={asked.data.document} all={!state && !waiting} again={asked.again} />
          <CommandLine line={asked.data.line} />
        </>
      )}
    </>
  );
}
