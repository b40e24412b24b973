// SPDX-License-Identifier: GPL-3.0-or-later
// When there is nothing to show: why, and the one next thing to do.
import type { JSX } from 'preact';
import type { Problem } from '../../lib/api';
import { Link, useWay } from '../../lib/router';
import { session } from '../../lib/session';
import { t } from '../../lib/texts';
import { Empty, Notice, Trouble } from '../../parts/parts';
import { askedOf, type Choices } from './chosen';
import { Chips, type Known } from './filters';

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
export function Refused({ problem, again, known }: { problem: Problem; again: () => void; known: Known }): JSX.Element {
  const way = useWay();
  const chosen = Object.keys(askedOf(way)).length > 0;
  if (!chosen || problem.status === 0 || problem.status >= 500) return <Trouble problem={problem} again={again} />;
  return (
    <section class="empty-state" aria-live="polite">
      <h2>{t('nothing.left')}</h2>
      <p>{problem.message}</p>
      <p>{t('nothing.left.hint')}</p>
      <Chips known={known} />
    </section>
  );
}

// One audience alone has no parallax.
export function OneVoice({ choices }: { choices: Choices | null }): JSX.Element | null {
  if (!choices) return null;
  const others = choices.audiences.filter((one) => !one.served).map((one) => one.title);
  return (
    <Notice title={t('nothing.one')}>
      <p>{t('nothing.one.what', { others: others.join(', ') })}</p>
      {may.bring && <Link to="/app/ask" class="button second">{t('nothing.one.ask')}</Link>}
    </Notice>
  );
}
