// SPDX-License-Identifier: GPL-3.0-or-later
// One step: did it work, what was planned, what was done to it.
import type { JSX } from 'preact';
import { command, drawn, fileAt } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { dayText, minuteText } from '../../lib/format';
import { Link } from '../../lib/router';
import { t, together, type Key } from '../../lib/texts';
import { Busy, CommandLine, Drawn, Heading, Table, Trouble } from '../../parts/parts';
import { StepActs } from './acts';
import { Remarks } from './remarks';
import type { Event, Step } from './types';
import { levelName, ofHundred, stepWords } from './words';

const states: Record<Step['state'], Key> = {
  planned: 'next.board.planned', running: 'next.board.running', stopped: 'next.board.done' };

function Plan({ step }: { step: Step }): JSX.Element {
  const rows: [Key, string][] = [
    ['next.plan.target', t('next.plan.target.text', { n: ofHundred(step.share), level: levelName(step.to, step.to_word) })],
    ['next.plan.how', t(step.repair === 'promise' ? 'next.reg.repair.promise' : 'next.reg.repair.delivery')],
    ['next.plan.note', step.note ?? '–'],
    ['next.plan.owner', step.owner],
    ['next.plan.start', dayText(step.start)],
    ['next.plan.baseline', t('next.pre.until', { from: dayText(step.baseline), to: dayText(step.start) })],
    ['next.plan.looks', together(step.looks.map((look) => dayText(look.day)))],
    ['next.plan.places', together(step.places) || t('next.card.everywhere')],
    ['next.plan.compare', together(step.compare) || t('next.plan.compare.none')],
    ['next.plan.margin', t('next.plan.margin.text', { n: step.margin })],
    ['next.plan.untouched', together(step.untouched_titles) || '–'],
  ];
  return (
    <section class="block">
      <h2>{t('next.plan.title')}</h2>
      <Remarks step={step} />
      <dl class="facts">{rows.map(([key, text]) => <div key={key}><dt>{t(key)}</dt><dd>{text}</dd></div>)}</dl>
    </section>
  );
}

interface Done { key: string; time: string; what: string; author: string; note: string }

function history(step: Step): Done[] {
  const event = (key: Key, it: Event | null): Done[] =>
    (it ? [{ key, time: it.time, what: t(key), author: it.author, note: it.note ?? '' }] : []);
  const amended = step.amendments.map((it, i) => ({
    key: `amended ${i}`, time: it.time, what: t('next.history.amended', { field: it.field }), author: it.author,
    note: t('next.history.change', { before: it.before || '–', after: it.after || '–' }) }));
  return [...event('next.history.registered', step.registered), ...amended, ...event('next.history.started', step.started),
    ...event('next.history.stopped', step.stopped)].sort((a, b) => a.time.localeCompare(b.time));
}

function History({ step }: { step: Step }): JSX.Element {
  return (
    <section class="block">
      <h2>{t('next.history')}</h2>
      <Table caption={t('next.history')} rows={history(step)} rowKey={(row) => row.key} columns={[
        { title: t('next.history.what'), cell: (row) => row.what },
        { title: t('next.history.when'), cell: (row) => minuteText(row.time) },
        { title: t('next.history.who'), cell: (row) => row.author },
        { title: t('next.history.note'), cell: (row) => row.note },
      ]} />
    </section>
  );
}

function VerdictPage({ step }: { step: Step }): JSX.Element {
  const at = fileAt('step verify', `step-${step.step}.html`, { argument: String(step.step) });
  const asked = useAsk(`${at} ${step.state} ${step.amendments.length}`, (signal) => drawn(at, signal));
  return (
    <section class="step-verdict" aria-label={t('next.verdict')}>
      <Trouble problem={asked.problem} again={asked.again} />
      {asked.data ? <Drawn body={asked.data.body} /> : asked.busy && <Busy what={t('next.verdict.busy')} />}
      {asked.data && <p><a class="button second" href={at} download>{t('next.verdict.print')}</a></p>}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}

export function StepPage({ number }: { number: string }): JSX.Element {
  const asked = useAsk(number, () => command<Step>('step show', [number]));
  const step = asked.data?.document;
  return (
    <>
      <p class="way-back"><Link to="/app/next/steps">{t('next.board.back')}</Link></p>
      <Heading title={step ? step.title : t('next.number', { n: number })} {...(step ? { lead: `${t('next.number', { n: number })}: ${stepWords(step)}` } : {})}>
        {step && <><span class="tag">{t(states[step.state])}</span><StepActs step={step} onDone={asked.again} /></>}
      </Heading>
      <Trouble problem={asked.problem} again={asked.again} />
      {/* Before it begins there is nothing to judge: first what was planned. */}
      {step?.state === 'planned' && <Plan step={step} />}
      {step && <VerdictPage step={step} />}
      {step && step.state !== 'planned' && <Plan step={step} />}
      {step && <History step={step} />}
    </>
  );
}
