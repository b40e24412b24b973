// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen, as the address has it: ?since=&until=&where=place=Graz|Wien&by=channel.
import { dayText } from '../../lib/format';
import type { Way } from '../../lib/router';
import { t } from '../../lib/texts';

export interface Value { value: string; n: number | null }
export interface ChoiceKey { key: string; listed: boolean; values: Value[] }
export interface Transaction { id: string; title: string; points: number }
export interface Choices {
  answers: number;
  first_day: string | null;
  last_day: string | null;
  audiences: { id: string; title: string; served: boolean }[];
  journeys: { id: string; title: string; transactions: Transaction[] }[];
  vignettes: number;
  keys: ChoiceKey[];
}

// What readings take; anything else in an address is none of theirs.
const names = ['since', 'until', 'where', 'by', 'audiences', 'measure'] as const;

export type Asked = Record<string, string[]>;

export function askedOf(way: Way, without: string[] = []): Asked {
  const asked: Asked = {};
  for (const name of names) {
    const values = way.query.getAll(name).filter(Boolean);
    if (values.length > 0 && !without.includes(name)) asked[name] = values;
  }
  return asked;
}

// With the transactions that stand open in the picture: the way back shows them so.
export function kept(asked: Asked): Asked {
  const open = new URLSearchParams(window.location.search).getAll('open');
  return open.length > 0 ? { ...asked, open } : asked;
}

export function queryOf(asked: Asked): string {
  const pairs = Object.entries(asked).flatMap(([name, values]) => values.map((value) => [name, value]));
  return pairs.length > 0 ? `?${new URLSearchParams(pairs).toString()}` : '';
}

// "place=Graz|Wien" as what it says; `\|` is a bar within a value.
export interface Test { key: string; not: boolean; values: string[] }

export function conditionOf(text: string): Test | null {
  const parts = /^([^=!]+)(!?=)(.*)$/s.exec(text);
  if (!parts) return null;
  const values = (parts[3] ?? '').split(/(?<!\\)\|/).map((value) => value.replace(/\\\|/g, '|'));
  return { key: (parts[1] ?? '').trim(), not: parts[2] === '!=', values };
}

export function textOf(key: string, values: string[]): string {
  return `${key}=${values.map((value) => value.replace(/\|/g, '\\|')).join('|')}`;
}

// The values that are chosen of a key; tests of other forms ("!=") stay what they are.
export function valuesOf(asked: Asked, key: string): string[] {
  const tests = (asked['where'] ?? []).map(conditionOf);
  return tests.find((test) => test && !test.not && test.key === key)?.values ?? [];
}

export function withValues(asked: Asked, key: string, values: string[]): string[] {
  const others = (asked['where'] ?? []).filter((text) => {
    const test = conditionOf(text);
    return !test || test.not || test.key !== key;
  });
  return values.length > 0 ? [...others, textOf(key, values)] : others;
}

// Periods ------------------------------------------------------------------------------------------

export interface Period { name: string; since: string; until: string }

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function dayOf(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}

function back(from: Date, days: number): Date {
  return new Date(from.getTime() - days * 86400000);
}

// Counted back from the last answer: a year-old file has its last 30 days, too.
export function periods(last: string): Period[] {
  const end = dayOf(last);
  const year = end.getUTCFullYear();
  const quarter = Math.floor(end.getUTCMonth() / 3);
  const first = (q: number): Date => new Date(Date.UTC(year, 3 * q, 1));
  return [
    { name: t('filter.last', { n: 30 }), since: iso(back(end, 29)), until: last },
    { name: t('filter.last', { n: 90 }), since: iso(back(end, 89)), until: last },
    { name: t('filter.quarter.this'), since: iso(first(quarter)), until: iso(back(first(quarter + 1), 1)) },
    { name: t('filter.quarter.last'), since: iso(first(quarter - 1)), until: iso(back(first(quarter), 1)) },
  ];
}

export function periodText(since: string, until: string): string {
  if (since && until) return t('filter.span', { since: dayText(since), until: dayText(until) });
  return since ? t('filter.since', { since: dayText(since) }) : t('filter.until', { until: dayText(until) });
}

// What a key is called: "Tier" of segment.tier.
export function keyTitle(key: string): string {
  switch (key) {
    case 'place': return t('key.place');
    case 'channel': return t('key.channel');
    case 'source': return t('key.source');
    case 'language': return t('key.language');
    case 'transaction': return t('key.transaction');
    case 'journey': return t('key.journey');
    case 'month': return t('key.month');
    case 'week': return t('key.week');
    default: {
      const bare = key.replace(/^segment\./, '').replace(/[_-]+/g, ' ');
      return bare.charAt(0).toUpperCase() + bare.slice(1);
    }
  }
}
