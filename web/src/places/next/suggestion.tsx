// SPDX-License-Identifier: GPL-3.0-or-later
// One suggestion or complaint: what was said, what was answered, and the private page of whoever gave it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command, fileAt } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { dayText, minuteText } from '../../lib/format';
import { Link } from '../../lib/router';
import { may, session } from '../../lib/session';
import { t, together } from '../../lib/texts';
import { Busy, Button, CommandLine, Copy, Heading, Notice, Trouble } from '../../parts/parts';
import { AnswerForm } from './answer';
import { StateTag, waited } from './letters';
import type { Suggestion } from './types';

function History({ one }: { one: Suggestion }): JSX.Element {
  return (
    <section class="block" aria-live="polite">
      <h2>{t('next.one.history')}</h2>
      {one.answers.length === 0 && <p class="quiet">{t('next.one.history.none')}</p>}
      <ol class="history">
        {one.answers.map((it, i) => (
          <li key={i}>
            <p class="quiet">{minuteText(it.time)} · <bdi>{it.author}</bdi> <StateTag state={it.state} /></p>
            {it.text && <p dir="auto">{it.text}</p>}
            {(it.point || it.step) && <p class="quiet">{together([it.point && t('next.one.tied.point', { point: it.point }), it.step ? t('next.one.tied.step', { n: it.step }) : null], ' · ')}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Private({ one, again }: { one: Suggestion; again: () => void }): JSX.Element {
  const [path, setPath] = useState('');
  const acting = useAct();
  const make = (): void => void acting.act(async () => {
    const done = await command<null>('suggestion link', [one.suggestion]);
    setPath(done.said.trim());
    again();
  });
  return (
    <section class="block">
      <h2>{t('next.link.title')}</h2>
      <p>{t('next.link.what')}</p>
      {one.linked && !path && <p class="quiet">{t('next.link.there', { day: minuteText(one.linked) })}</p>}
      <Trouble problem={acting.problem} />
      {path && <Notice kind="good" title={t('next.link.made')}><Copy text={`${session.url}${path}`} label={t('next.link.copy')} /><p>{t('next.link.once')}</p></Notice>}
      <div class="acts">
        <Button busy={acting.busy} onClick={make}>{t(one.linked ? 'next.link.again' : 'next.link.make')}</Button>
        <a class="button quiet" download href={fileAt('suggestion link', 'answer.html', { argument: one.suggestion })}>{t('next.link.page')}</a>
      </div>
    </section>
  );
}

function Said({ one }: { one: Suggestion }): JSX.Element {
  const facts = together([t(one.prompt === 'complaint' ? 'next.sug.complaint' : 'next.sug.suggestion'), one.about?.title, one.place,
    one.day ? dayText(one.day) : null], ' · ');
  return (
    <section class="said-whole">
      <blockquote><p dir="auto">{one.text}</p></blockquote>
      <p class="quiet">{facts}</p>
      <p class="acts"><StateTag state={one.state} /> {one.awaited && <span class="tag">{t('next.sug.awaited')}</span>} <span class={one.waiting ? 'due' : 'quiet'}>{waited(one)}</span></p>
      {one.step !== null && <p><Link to={`/app/next/steps/${one.step}`}>{t('next.one.tied.step', { n: one.step })}</Link></p>}
    </section>
  );
}

export function OneSuggestion({ number }: { number: string }): JSX.Element {
  const allowed = may('analyst');
  const asked = useAsk(number, async () => (allowed ? command<Suggestion>('suggestion show', [number]) : null));
  const one = asked.data?.document;
  return (
    <>
      <p class="way-back"><Link to="/app/next/suggestions">{t('next.one.back')}</Link></p>
      <Heading title={t(one?.prompt === 'complaint' ? 'next.one.complaint' : 'next.one.title')} />
      {!allowed && <Notice title={t('next.not.may')}><p>{t('next.not.read')}</p></Notice>}
      <Trouble problem={asked.problem} again={asked.again} />
      {allowed && asked.busy && !one && <Busy />}
      {one && (
        <div class="letter-page">
          <div><Said one={one} /><History one={one} /></div>
          <div>
            <section><h2>{t('next.sug.answer')}</h2><AnswerForm numbers={[one.suggestion]} onDone={asked.again} /></section>
            <Private one={one} again={asked.again} />
          </div>
        </div>
      )}
      {asked.data && <CommandLine line={asked.data.line} />}
    </>
  );
}
