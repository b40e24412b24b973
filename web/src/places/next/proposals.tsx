// SPDX-License-Identifier: GPL-3.0-or-later
// The one step to take; or why none can be named, and what to do instead.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { address, command, fileAt, page } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { Link } from '../../lib/router';
import { plural, t } from '../../lib/texts';
import { Few, isFew } from '../../parts/few';
import { Busy, CommandLine, Drawn, Empty, Heading, Notice, Table, Trouble } from '../../parts/parts';
import { ProposalCard } from './proposal';
import type { NextReading, Proposal, Step } from './types';
import { columnOf, when } from './when';
import { levelName, ofHundred, today } from './words';

// What was written down for the moment is the first to know of it.
function underWay(step: Step): string {
  const now = today();
  return t(step.state === 'running' ? 'next.lead.running' : 'next.lead.planned', { n: step.step, owner: step.owner, when: when(step, columnOf(step, now), now) });
}

function lead(next: NextReading, step: Step | null): string {
  const first = next.proposals[0];
  switch (next.outcome) {
    case 'recommended': return step ? underWay(step) : t('next.lead.recommended');
    case 'tie': return t(next.reason === 'no_difference' ? 'next.lead.same' : 'next.lead.tie', { n: next.tied });
    case 'measure_first':
      return first ? t(next.reason === 'few_answers' ? 'next.lead.few' : 'next.lead.unsure', { title: first.title, n: first.n })
        : t('next.lead.none');
    case 'explain_better': return t('next.lead.explain');
    case 'nothing_needed': return t('next.lead.nothing');
  }
}

// Nothing is recommended: what one can do all the same.
function Instead({ next }: { next: NextReading }): JSX.Element | null {
  if (next.outcome === 'recommended') return null;
  const key = next.outcome === 'tie' ? 'next.instead.tie' : next.outcome === 'measure_first' ? 'next.instead.measure'
    : next.outcome === 'explain_better' ? 'next.instead.explain' : 'next.instead.nothing';
  return (
    <Notice title={t('next.instead')}>
      <p>{t(key)}</p>
      {(next.outcome === 'tie' || next.outcome === 'measure_first') && <p><Link to="/app/ask">{t('next.ask')}</Link></p>}
      {next.outcome === 'nothing_needed' && <p><Link to="/app">{t('next.picture')}</Link></p>}
    </Notice>
  );
}

function Limits({ next }: { next: NextReading }): JSX.Element {
  return (
    <>
      {next.broken_first && next.broken && <p class="quiet">{t('next.broken', { title: next.broken })}</p>}
      {next.efforts_unknown > 0 && <p class="quiet">{t(plural(next.efforts_unknown, 'next.effort.one', 'next.effort.many'), { n: next.efforts_unknown })}</p>}
      {next.waiting && next.waiting.suggestions > 0 && (
        <p><Link to="/app/next/suggestions?waiting=1">
          {t(plural(next.waiting.suggestions, 'next.waiting.one', 'next.waiting.many'), { n: next.waiting.suggestions, days: next.waiting.days })}
        </Link></p>
      )}
    </>
  );
}

function Explain({ next }: { next: NextReading }): JSX.Element | null {
  if (next.explain.length === 0) return null;
  return (
    <section class="block">
      <h2>{t('next.explain')}</h2>
      <ul class="plain-list">
        {next.explain.map((it) => (
          <li key={it.title}><b>{it.title}</b> – {t(it.promise ? 'next.explain.promise' : 'next.explain.point')}</li>
        ))}
      </ul>
    </section>
  );
}

function Others({ rows }: { rows: Proposal[] }): JSX.Element | null {
  if (rows.length === 0) return null;
  return (
    <section class="block">
      <h2>{t('next.others')}</h2>
      <Table caption={t('next.others')} rows={rows} rowKey={(row) => `${row.point} ${row.repair}`} columns={[
        { title: t('next.moment'), cell: (row) => row.title },
        { title: t('next.lift'), cell: (row) => t('next.fromto', { from: levelName(row.from, row.levels.from.word), to: levelName(row.to, row.levels.to.word) }) },
        { title: t('next.col.below'), number: true, cell: (row) => ofHundred(row.below_met.share) },
        { title: t('next.col.meet'), number: true, cell: (row) => Math.round(row.order.touched) },
        { title: t('next.col.act'), cell: (row) => <Link to={address('/app/next/new', { point: row.point, repair: row.repair })}
          aria-label={t('next.plan.about', { title: row.title })}>{t('next.plan')}</Link> },
      ]} />
    </section>
  );
}

// All of what the program says of it, read when it is asked for.
function Whole(): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details class="whole" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('next.whole')}</summary>
      {open && <WholePage />}
    </details>
  );
}

function WholePage(): JSX.Element {
  const asked = useAsk('next', (signal) => page('next', {}, signal));
  return (
    <>
      <Trouble problem={asked.problem} again={asked.again} />
      {asked.data ? <Drawn body={asked.data.body} /> : asked.busy && <Busy />}
    </>
  );
}

function Told({ next }: { next: NextReading }): JSX.Element {
  const n = next.outcome === 'tie' ? Math.max(3, Math.min(next.tied, 4)) : 3;
  const [first, ...more] = next.proposals.slice(0, n);
  const chosen = next.outcome === 'recommended';
  if (!first) return <Explain next={next} />;
  const shown = chosen ? more : [first, ...more];
  const title = chosen ? plural(shown.length, 'next.one.more', 'next.two') : next.outcome === 'tie' ? 'next.tied' : 'next.order';
  return (
    <>
      {chosen ? <ProposalCard proposal={first} chosen /> : null}
      {shown.length > 0 && (
        <section class="block">
          <h2>{t(title)}</h2>
          <div class="proposals">{shown.map((one) =>
            <ProposalCard key={`${one.point} ${one.repair}`} proposal={one} bare={next.outcome === 'measure_first'} />)}</div>
        </section>
      )}
      <Others rows={next.proposals.slice(n, n + 3)} />
      <Explain next={next} />
    </>
  );
}

interface Read { next: NextReading; line: string; step: Step | null }

// With the step that is on what is recommended.
async function read(): Promise<Read> {
  const { document: next, line } = await command<NextReading>('next');
  const number = next.outcome === 'recommended' ? next.proposals[0]?.step ?? null : null;
  return { next, line, step: number === null ? null : (await command<Step>('step show', [String(number)])).document };
}

export function Proposals(): JSX.Element {
  const asked = useAsk('', read);
  const next = asked.data?.next;
  return (
    <>
      <Heading title={t('next.title')} {...(next ? { lead: lead(next, asked.data?.step ?? null) } : {})}>
        {next && next.proposals.length > 0 && (
          <a class="button second" href={fileAt('report', 'monday.html', { 'one-page': true })} download>{t('next.monday')}</a>
        )}
      </Heading>
      {asked.problem && isFew(asked.problem) ? <Few problem={asked.problem} heading={false} /> : <Trouble problem={asked.problem} again={asked.again} />}
      {!next && asked.busy && <Busy what={t('next.busy')} />}
      {next && next.proposals.length === 0 && next.reason === 'no_levels' ? (
        <Empty title={t('next.empty.title')}>
          <p>{t('next.empty.what')}</p>
          <p><Link class="button first" to="/app/ask">{t('next.ask')}</Link></p>
        </Empty>
      ) : next && <><Instead next={next} /><Told next={next} /><Limits next={next} /><Whole /></>}
      {asked.data && <CommandLine line={asked.data.line} />}
    </>
  );
}
