// SPDX-License-Identifier: GPL-3.0-or-later
// All steps: planned, running, to be verified, done.
import type { JSX } from 'preact';
import { command } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { Link } from '../../lib/router';
import { may } from '../../lib/session';
import { t, type Key } from '../../lib/texts';
import { Busy, CommandLine, Empty, Heading, Trouble } from '../../parts/parts';
import { StepActs } from './acts';
import type { Ledger, Step } from './types';
import { columnOf, when, type Column } from './when';
import { stepWords, today, VerdictTag } from './words';

const columns: { column: Column; title: Key; none: Key }[] = [
  { column: 'planned', title: 'next.board.planned', none: 'next.board.planned.none' },
  { column: 'running', title: 'next.board.running', none: 'next.board.running.none' },
  { column: 'verify', title: 'next.board.verify', none: 'next.board.verify.none' },
  { column: 'done', title: 'next.board.done', none: 'next.board.done.none' },
];

interface CardProps { step: Step; column: Column; now: string; ledger: Ledger | null; again: () => void }

function Card({ step, column, now, ledger, again }: CardProps): JSX.Element {
  const row = ledger?.steps.find((one) => one.step === step.step);
  return (
    <li class="step-card">
      <p class="card-head"><span class="quiet">{t('next.number', { n: step.step })}</span>
        {row && (row.given_up ? <span class="tag">{t('next.verdict.given_up')}</span>
          : (column === 'verify' || column === 'done') && <VerdictTag verdict={row.verdict} />)}</p>
      <h3><Link to={`/app/next/steps/${step.step}`}>{step.title}</Link></h3>
      <p>{stepWords(step)}</p>
      <p class={column === 'planned' && step.start < now ? 'due' : 'quiet'}>{when(step, column, now)}</p>
      <p class="quiet">{t('next.card.who', { owner: step.owner })} · {step.places.length
        ? t('next.card.places', { n: step.places.length, m: step.compare.length }) : t('next.card.everywhere')}</p>
      <StepActs step={step} onDone={again} />
    </li>
  );
}

export function Board(): JSX.Element {
  const asked = useAsk('steps', () => command<{ steps: Step[] }>('step list'));
  const steps = asked.data?.document.steps ?? [];
  const some = steps.length > 0;
  const ledger = useAsk(some ? `ledger ${steps.length}` : '', async () => (some ? command<Ledger>('ledger') : null));
  const now = today();
  return (
    <>
      <Heading title={t('next.board.title')} lead={t('next.board.lead')}>
        {some && may('analyst') && <Link class="button second" to="/app/next/new">{t('next.board.new')}</Link>}
      </Heading>
      <Trouble problem={asked.problem} again={asked.again} />
      {!asked.data && asked.busy && <Busy />}
      {asked.data && !some && (
        <Empty title={t('next.board.empty')}>
          <p>{t('next.board.empty.what')}</p>
          <p><Link class="button first" to="/app/next">{t('next.board.empty.do')}</Link></p>
        </Empty>
      )}
      {some && (
        <div class="board">
          {columns.map(({ column, title, none }) => {
            const here = steps.filter((step) => columnOf(step, now) === column);
            return (
              <section key={column} class="board-column" aria-label={t(title)}>
                <h2>{t(title)} <span class="tag">{here.length}</span></h2>
                {here.length === 0 && <p class="quiet">{t(none)}</p>}
                <ul>{here.map((step) => <Card key={step.step} step={step} column={column} now={now}
                  ledger={ledger.data?.document ?? null} again={() => { asked.again(); ledger.again(); }} />)}</ul>
              </section>
            );
          })}
        </div>
      )}
      {asked.data && <CommandLine line={asked.data.line} />}
    </>
  );
}
