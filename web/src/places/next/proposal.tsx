// SPDX-License-Identifier: GPL-3.0-or-later
// One proposal: from which level to which, why here, how many people, what is uncertain.
import type { JSX } from 'preact';
import { address } from '../../lib/api';
import { count, level, percent } from '../../lib/format';
import { Link } from '../../lib/router';
import { may } from '../../lib/session';
import { t, together, type Key } from '../../lib/texts';
import type { Proposal, Quote, Side } from './types';
import { Ladder, levelName, ofHundred, withRange } from './words';

function people(p: Proposal): string {
  const all = t('next.people', { n: withRange(p.below_met) });
  const worse = p.below_to.share !== p.below_met.share
    ? ` ${t('next.people.to', { n: ofHundred(p.below_to.share), level: levelName(p.to, p.levels.to.word) })}` : '';
  const meet = p.order.touched < 99.5 ? ` ${t('next.people.meet', { n: Math.round(p.order.touched) })}` : '';
  return `${all}${worse}${meet}`;
}

function seen(side: Side, who: Key): string | null {
  if (side.believed === null) return null;
  const text = t('next.believe', { who: t(who), believed: percent(side.believed), served: percent(side.served) });
  return side.unaware ? `${text} ${t('next.unaware')}` : text;
}

const efforts: Record<string, Key> = {
  today: 'next.takes.today', week: 'next.takes.week', quarter: 'next.takes.quarter', project: 'next.takes.project' };

function whole(p: Proposal): string | null {
  const more = p.whole?.named && p.whole.below !== null ? level(Math.abs(p.whole.below)) : null;
  return more ? t('next.whole.named', { n: more }) : null;
}

function sure(p: Proposal): string {
  return p.first === null ? t('next.sure.no', { n: count(p.n) }) : t('next.sure', { n: count(p.n), first: Math.round(100 * p.first) });
}

function trial(p: Proposal): string | null {
  const know = p.to_know;
  if (know.answers === null || know.weeks === null) return null;
  return t(know.places.length ? 'next.trial' : 'next.trial.before', {
    answers: count(know.answers), weeks: count(know.weeks), places: know.places.length, compare: know.compare.length });
}

interface Fact { title: Key; text: string | null }

function Facts({ facts }: { facts: Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.filter((fact) => fact.text).map((fact) => (
        <div key={fact.title}><dt>{t(fact.title)}</dt><dd>{fact.text}</dd></div>
      ))}
    </dl>
  );
}

function Said({ title, quotes }: { title: Key; quotes: Quote[] }): JSX.Element | null {
  if (quotes.length === 0) return null;
  return (
    <div class="said">
      <h3>{t(title)}</h3>
      {quotes.map((quote) => (
        <blockquote key={quote.text}>
          <p><bdi>{quote.text}</bdi>{quote.level !== null && <span class="tag">{t('next.said.gave', { n: quote.level })}</span>}</p>
        </blockquote>
      ))}
    </div>
  );
}

function Act({ proposal: p, chosen, bare }: { proposal: Proposal; chosen: boolean; bare: boolean }): JSX.Element {
  if (p.step !== null)
    return <Link class={chosen ? 'button first' : 'button second'} to={`/app/next/steps/${p.step}`}
      aria-label={t('next.open.about', { n: p.step, title: p.title })}>{t('next.open', { n: p.step })}</Link>;
  if (!may('analyst')) return <p class="quiet">{t('next.choose.not')}</p>;
  return (
    <Link class={chosen ? 'button first' : 'button second'} to={address('/app/next/new', { point: p.point, repair: p.repair })}
      aria-label={t(bare ? 'next.choose.anyway.about' : 'next.choose.about', { title: p.title })}>{t(bare ? 'next.choose.anyway' : 'next.choose')}</Link>
  );
}

interface CardProps {
  proposal: Proposal;
  chosen?: boolean; // the recommended one
  bare?: boolean; // it is advised to measure first
}

export function ProposalCard({ proposal: p, chosen = false, bare = false }: CardProps): JSX.Element {
  const side = [seen(p.leaders, 'next.leaders'), seen(p.staff, 'next.staff')].filter(Boolean).join(' ') || null;
  const why: Fact[] = [{ title: 'next.fact.people', text: people(p) }, { title: 'next.fact.seen', text: side }];
  const more: Fact[] = [
    { title: 'next.fact.whole', text: whole(p) },
    { title: 'next.fact.takes', text: p.order.effort ? t(efforts[p.order.effort] ?? 'next.takes.unknown') : t('next.takes.unknown') },
    { title: 'next.fact.there', text: p.places_there.length ? together(p.places_there) : null },
    { title: 'next.fact.sure', text: sure(p) },
    { title: 'next.fact.trial', text: trial(p) },
  ];
  return (
    <article class={chosen ? 'proposal chosen' : 'proposal'}>
      <header class="proposal-head">
        {chosen && <span class="tag good">{t('next.recommended')}</span>}
        {p.step !== null && <span class="tag">{t('next.under.way', { n: p.step })}</span>}
        {chosen ? <h2>{p.title}</h2> : <h3>{p.title}</h3>}
        {p.repair === 'promise' && <p class="quiet">{t('next.by.promise')}</p>}
      </header>
      <Ladder from={p.from} to={p.to} levels={p.levels} />
      <Facts facts={chosen ? [...why, ...more] : why} />
      {!chosen && (
        <details class="step-more">
          <summary>{t('next.more')}</summary>
          <Facts facts={more} />
          <Said title="next.said.short" quotes={p.said.short} />
          <Said title="next.said.better" quotes={p.said.better} />
        </details>
      )}
      {chosen && (
        <div class="quotes">
          <Said title="next.said.short" quotes={p.said.short} />
          <Said title="next.said.better" quotes={p.said.better} />
          <Said title="next.said.did" quotes={p.said.did} />
        </div>
      )}
      {chosen && <p class="quiet">{t('next.wrong')}</p>}
      <div class="acts"><Act proposal={p} chosen={chosen} bare={bare} /></div>
    </article>
  );
}
