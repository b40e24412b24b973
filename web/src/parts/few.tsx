// SPDX-License-Identifier: GPL-3.0-or-later
// So few have answered that nothing may be shown: how many, from how many on, and how to ask more. No fault of anybody's.
import type { JSX } from 'preact';
import { get, type Problem } from '../lib/api';
import { useAsk } from '../lib/ask';
import { Link } from '../lib/router';
import { may } from '../lib/session';
import { plural, t } from '../lib/texts';
import { Busy } from './parts';

interface Audiences { audiences: { id: string; title: string }[] }
interface Answered { audience: string; n: number; minimum: number }

// "nothing that was asked for may be shown; shopper: 1 person has answered; shown from 5 on (or, ...)"
export function isFew(problem: Problem | null): boolean {
  return problem !== null && problem.status === 403 && problem.message.includes('may be shown');
}

// Whom the program says it of, as in src/reading (plx_few_words); none where it is for another reason.
export function answeredOf(message: string): Answered[] {
  return [...message.matchAll(/; ([^;:]+): (\d+) (?:person has|people have) answered; shown from (\d+) on/g)]
    .map(([, audience = '', n, minimum]) => ({ audience, n: Number(n), minimum: Number(minimum) }));
}

function Who({ one, title }: { one: Answered; title: string }): JSX.Element {
  return <li>{t(plural(one.n, 'nothing.few.one', 'nothing.few.many'), { audience: title, n: one.n, minimum: one.minimum })}</li>;
}

// `heading`: there is none above it.
export function Few({ problem, heading }: { problem: Problem; heading: boolean }): JSX.Element {
  const known = useAsk('audiences', (signal) => get<Audiences>('/app/data/choices', {}, signal));
  const few = answeredOf(problem.message);
  const titleOf = (id: string): string => known.data?.audiences.find((one) => one.id === id)?.title ?? id;
  if (!known.data && known.busy) return <Busy />;
  return (
    <section class="empty-state few" aria-live="polite">
      {heading ? <h1>{t('nothing.few.yet')}</h1> : <h2>{t('nothing.few.yet')}</h2>}
      <p>{t('nothing.few.why')}</p>
      {few.length > 0 && <ul class="reasons">{few.map((one) => <Who key={one.audience} one={one} title={titleOf(one.audience)} />)}</ul>}
      {may('editor') ? (
        <p class="acts">
          <Link to="/app/ask" class="button first">{t('nothing.ask')}</Link>
          {few.some((one) => one.audience === 'shopper') && <Link to="/app/ask/visits" class="button second">{t('ask.visits')}</Link>}
          <Link to="/app/ask/import" class="button second">{t('nothing.import')}</Link>
        </p>
      ) : <p class="quiet">{t('nothing.wait')}</p>}
    </section>
  );
}
