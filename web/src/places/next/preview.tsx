// SPDX-License-Identifier: GPL-3.0-or-later
// What the plan is worth, said while it is made: will there be answers enough, and what can it show at most?
import type { JSX } from 'preact';
import type { Problem } from '../../lib/api';
import { count, dayText, level } from '../../lib/format';
import { t, together } from '../../lib/texts';
import { Button, Notice, Trouble } from '../../parts/parts';
import type { Plan } from './plan';
import { Remarks } from './remarks';
import type { Outlook, Planned } from './types';
import { levelName, ofHundred, stepWords } from './words';

// A day that far away says "never" better.
function far(day: string, start: string): boolean {
  return Number(day.slice(0, 4)) - Number(start.slice(0, 4)) > 5;
}

function Enough({ step, outlook }: { step: Planned; outlook: Outlook }): JSX.Element | null {
  const last = step.looks[step.looks.length - 1];
  if (outlook.answers === null || outlook.per_week === null || !last) return null;
  const flow = t(step.compare.length ? 'next.pre.flow' : 'next.pre.flow.before', {
    answers: count(outlook.answers), week: outlook.per_week < 10 ? level(outlook.per_week) : count(Math.round(outlook.per_week)) });
  if (outlook.enough === null || far(outlook.enough, step.start))
    return <Notice kind="trouble" title={t('next.pre.never')}><p>{flow}</p><p>{t('next.pre.help')}</p></Notice>;
  return outlook.enough <= last.day
    ? <Notice kind="good" title={t('next.pre.enough', { day: dayText(outlook.enough) })}><p>{flow}</p></Notice>
    : <Notice kind="trouble" title={t('next.pre.late', { day: dayText(outlook.enough), look: dayText(last.day) })}><p>{flow}</p><p>{t('next.pre.help')}</p></Notice>;
}

// What was known when the step was chosen proves little: a moment chosen because it was worst rises by itself.
function Proof({ step, outlook, begin }: { step: Planned; outlook: Outlook; begin: (day: string) => void }): JSX.Element | null {
  const from = outlook.provable_from;
  if (step.remarks.length > 0 || !from || from <= step.start) return null;
  return (
    <Notice title={t('next.pre.most')}>
      <p>{t('next.pre.most.why')}</p>
      <Button onClick={() => begin(from)}>{t('next.pre.most.do', { day: dayText(from) })}</Button>
      <p class="hint-text">{t('next.pre.most.or')}</p>
    </Notice>
  );
}

function now(step: Planned, outlook: Outlook): string | null {
  if (outlook.share === null) return null;
  const all = outlook.share_all;
  return t(step.compare.length && all !== null ? 'next.pre.now.both' : 'next.pre.now', {
    n: ofHundred(outlook.share), all: ofHundred(all), level: levelName(step.to, step.to_word), target: ofHundred(step.share) });
}

function Says({ step, begin }: { step: Planned; begin: (day: string) => void }): JSX.Element {
  const { outlook } = step;
  const share = outlook ? now(step, outlook) : null;
  return (
    <>
      <p><b>{step.title}</b>, {stepWords(step)}</p>
      {share && <p>{share}</p>}
      {outlook && <Enough step={step} outlook={outlook} />}
      {outlook && <Proof step={step} outlook={outlook} begin={begin} />}
      {outlook && step.compare.length > 0 && (
        <p class="quiet">{t('next.pre.ready', { a: outlook.places_ready, of: outlook.places, b: outlook.compare_ready, ofb: outlook.compare })}</p>
      )}
      {!outlook && <p class="quiet">{t('next.pre.unknown')}</p>}
      <Remarks step={step} outlook={outlook} />
      <dl class="facts small">
        <div><dt>{t('next.pre.baseline')}</dt><dd>{t('next.pre.until', { from: dayText(step.baseline), to: dayText(step.start) })}</dd></div>
        <div><dt>{t('next.pre.judged')}</dt><dd>{together(step.looks.map((look) => dayText(look.day)))}</dd></div>
        <div><dt>{t('next.pre.wrong')}</dt><dd>{t(step.compare.length ? 'next.pre.wrong.beside' : 'next.pre.wrong.before')}</dd></div>
      </dl>
    </>
  );
}

interface Props { plan: Plan; begin: (day: string) => void; trial: Planned | null; busy: boolean; problem: Problem | null; incomplete: boolean; unchanged: boolean }

export function Preview({ plan, begin, trial, busy, problem, incomplete, unchanged }: Props): JSX.Element {
  return (
    <section class="preview" aria-live="polite" aria-busy={busy}>
      <h2>{t('next.pre.title')}</h2>
      {!plan.point && <p class="quiet">{t('next.pre.point')}</p>}
      {unchanged && <p class="quiet">{t('next.pre.unchanged')}</p>}
      {incomplete && <p class="quiet">{t('next.pre.incomplete')}</p>}
      {!incomplete && <Trouble problem={problem} />}
      {trial && !incomplete && !problem && <Says step={trial} begin={begin} />}
    </section>
  );
}
