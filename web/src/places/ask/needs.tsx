// SPDX-License-Identifier: GPL-3.0-or-later
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { address } from '../../lib/api';
import { count } from '../../lib/format';
import { Link } from '../../lib/router';
import { plural, t } from '../../lib/texts';
import { Button, Table } from '../../parts/parts';
import type { Missing, Need } from './needs_of';

const FIRST = 6;

function soFar(one: Missing): string {
  if (one.hidden) return t('ask.needs.few');
  const now = t(plural(one.n, 'ask.answers.one', 'ask.answers'), { n: count(one.n) });
  return one.more ? t('ask.needs.more', { now, more: count(one.more) }) : now;
}

function wayTo(need: Need, audience: string): string {
  return audience === 'shopper' ? address('/app/ask/visits', { plan: need.journey })
    : address('/app/ask/forms/new', { audience, journey: need.journey });
}

export function Needs({ needs, titles }: { needs: Need[]; titles: Record<string, string> }): JSX.Element {
  const [all, setAll] = useState(false);
  const name = (audience: string): string => titles[audience] ?? audience;
  const rows = (all ? needs : needs.slice(0, FIRST)).map((need) => ({ need, ask: need.missing[0] }));
  return (
    <>
      <Table caption={t('ask.needs')} empty={t('ask.needs.none')} rows={rows} rowKey={(row) => row.need.point} columns={[
        { title: t('ask.needs.point'), cell: ({ need }) => <Link to={`/app/point/${encodeURIComponent(need.point)}`}>{need.title}</Link> },
        { title: t('ask.needs.who'), cell: ({ need }) => (
          <ul class="needs">{need.missing.map((one) => <li key={one.audience}><strong>{name(one.audience)}</strong> <span class="quiet">{soFar(one)}</span></li>)}</ul>) },
        { title: t('ask.needs.do'), cell: ({ need, ask }) => ask && (
          <Link to={wayTo(need, ask.audience)} class="button">
            {t(ask.audience === 'shopper' ? 'ask.needs.visit' : 'ask.needs.ask', { who: name(ask.audience) })}
            <span class="visually-hidden">: {need.title}</span>
          </Link>) },
      ]} />
      {needs.length > FIRST && (
        <div class="acts"><Button kind="quiet" onClick={() => setAll(!all)}>{all ? t('ask.needs.less') : t('ask.needs.all', { n: count(needs.length) })}</Button></div>
      )}
    </>
  );
}
