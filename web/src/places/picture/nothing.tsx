// SPDX-License-Identifier: GPL-3.0-or-later
// When there is nothing to show: why, and the one next thing to do.
import type { JSX } from 'preact';
import type { Problem } from '../../lib/api';
import { go, Link, useWay, withChoices } from '../../lib/router';
import { session } from '../../lib/session';
import { english, t, together } from '../../lib/texts';
import { Few, isFew } from '../../parts/few';
import { Button, Empty, Notice, Trouble } from '../../parts/parts';
import { askedOf, type Choices } from './chosen';

const may = { bring: session.role === 'editor' || session.role === 'administrator' };

// No answers at all yet.
export function NoAnswers(): JSX.Element {
  return (
    <Empty title={t('nothing.title')}>
      <p>{t('nothing.what')}</p>
      {may.bring ? (
        <>
          <p class="acts">
            <Link to="/app/ask/import" class="button first">{t('nothing.import')}</Link>
            <Link to="/app/ask" class="button second">{t('nothing.ask')}</Link>
          </p>
          <p class="quiet">{t('nothing.hint')}</p>
        </>
      ) : <p class="quiet">{t('nothing.wait')}</p>}
    </Empty>
  );
}

// The server said no: with choices in force they are the likely reason, and can be taken away here.
export function Refused({ problem, again }: { problem: Problem; again: () => void }): JSX.Element {
  const way = useWay();
  const chosen = Object.keys(askedOf(way)).length > 0;
  if (!chosen && isFew(problem)) return <Few problem={problem} heading />;
  if (!chosen || problem.status === 0 || problem.status >= 500) return <Trouble problem={problem} again={again} />;
  const few = problem.message.includes('may be shown');
  const why = plainly(problem.message);
  return (
    <section class="empty-state" aria-live="polite">
      <h1>{t(few ? 'nothing.few' : 'nothing.left')}</h1>
      {why.length > 1 ? <ul class="reasons" {...english}>{why.map((one) => <li key={one}>{one}</li>)}</ul> : <p {...english}>{why[0]}</p>}
      <p>{t(few ? 'nothing.few.hint' : 'nothing.left.hint')}</p>
      <Button onClick={() => go(withChoices(way, { since: null, until: null, where: null, by: null }))}>{t('filter.clear')}</Button>
    </section>
  );
}

// Without what only the command line can do, a line for each reason.
function plainly(message: string): string[] {
  return message.replace(/ \(or, if all of them agree: [^)]*\)/g, '').replace(/^nothing that was asked for may be shown; /, '')
    .split('; ').filter(Boolean).map((one) => one.charAt(0).toUpperCase() + one.slice(1));
}

// One audience alone has no parallax.
export function OneVoice({ choices }: { choices: Choices | null }): JSX.Element | null {
  if (!choices) return null;
  const others = choices.audiences.filter((one) => !one.served).map((one) => one.title);
  return (
    <Notice title={t('nothing.one')}>
      <p>{t('nothing.one.what', { others: together(others) })}</p>
      {may.bring && <Link to="/app/ask" class="button second">{t('nothing.one.ask')}</Link>}
    </Notice>
  );
}
