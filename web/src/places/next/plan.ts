// SPDX-License-Identifier: GPL-3.0-or-later
// A plan as it is filled in, and as `step add` takes it.
import { inList, type Options } from '../../lib/api';
import { session } from '../../lib/session';
import { listed, t } from '../../lib/texts';
import type { Proposal, Repair, Step } from './types';

export type Side = 'step' | 'compare' | 'neither';

export interface Plan {
  point: string;
  repair: Repair;
  from: string;
  share: string; // of 100
  note: string;
  owner: string;
  start: string;
  everywhere: boolean;
  sides: Record<string, Side>; // by place; none: neither
  looks: string;
  window: string;
  margin: string;
  untouched: string;
}

export type Field = keyof Plan | 'places' | 'compare';

// A Monday, a week or more from now: time to tell those who do it.
export function soon(now: Date): string {
  const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 7));
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

function sidesOf(places: string[], compare: string[]): Record<string, Side> {
  const all: [string, Side][] = [...places.map((name): [string, Side] => [name, 'step']),
    ...compare.map((name): [string, Side] => [name, 'compare'])];
  return Object.fromEntries(all);
}

// Judged half way, and when there are answers enough.
function looksFor(weeks: number | null): string {
  if (weeks === null || weeks > 520) return '6w, 12w';
  const last = Math.max(weeks, 2);
  return `${Math.ceil(last / 2)}w, ${last}w`;
}

export function planOf(proposal: Proposal | null, point: string): Plan {
  const know = proposal?.to_know;
  return {
    point: proposal?.point ?? point,
    repair: proposal?.repair ?? 'delivery',
    from: String(proposal?.from ?? 2),
    share: know?.share ? String(Math.round(100 * know.share)) : '60',
    note: '',
    owner: session.name || session.login,
    start: soon(new Date()),
    everywhere: !know?.places.length,
    sides: sidesOf(know?.places ?? [], know?.compare ?? []),
    looks: looksFor(know?.weeks ?? null),
    window: `${know?.window_weeks ?? 8}w`,
    margin: '',
    untouched: '',
  };
}

export function planOfStep(step: Step): Plan {
  return {
    point: step.point,
    repair: step.repair,
    from: String(step.from),
    share: String(Math.round(1000 * step.share) / 10),
    note: step.note ?? '',
    owner: step.owner,
    start: step.start,
    everywhere: step.places.length === 0,
    sides: sidesOf(step.places, step.compare),
    looks: step.looks.map((look) => look.after).join(', '),
    window: step.window,
    margin: String(step.margin),
    untouched: step.untouched.join(', '),
  };
}

export function placesOf(plan: Plan, side: Side): string[] {
  return plan.everywhere ? [] : Object.keys(plan.sides).filter((name) => plan.sides[name] === side).sort();
}

function none(list: string[], amended: boolean): string[] {
  return list.length || !amended ? list : ['none'];
}

// "60" or "60.5", of 100; what is no number goes as it is, and comes back as an error at its field.
function shareOf(text: string): string {
  const number = Number(text.replace(',', '.'));
  return text.trim() && Number.isFinite(number) ? String(Math.round(number * 10) / 1000) : text;
}

// Of a new step, or of one that is amended: what is empty there is taken away.
export function optionsOf(plan: Plan, amended: boolean): Options {
  return {
    ...(amended ? {} : { point: plan.point }),
    from: plan.from,
    share: shareOf(plan.share),
    repair: plan.repair,
    owner: plan.owner,
    note: plan.note,
    start: plan.start,
    places: none(placesOf(plan, 'step').map(inList), amended),
    compare: none(placesOf(plan, 'compare').map(inList), amended),
    looks: listed(plan.looks),
    window: plan.window.trim(),
    margin: plan.margin.trim().replace(',', '.'),
    untouched: none(listed(plan.untouched), amended),
  };
}

const named: Record<string, Field> = {
  point: 'point', from: 'from', to: 'from', share: 'share', repair: 'repair', owner: 'owner', note: 'note', start: 'start',
  places: 'places', compare: 'compare', looks: 'looks', window: 'window', margin: 'margin', untouched: 'untouched' };

// Which field a refusal is about: the first option that it names.
export function fieldOf(message: string): Field | null {
  const option = /--([a-z]+)/.exec(message)?.[1];
  if (option && named[option]) return named[option];
  return /\bpoint "/.test(message) ? 'point' : null;
}

// The words without the options of the shell: the field stands right above them. Shares are of 100 here, and of 1 there.
export function plain(message: string): string {
  if (/a share from 0 to 1/.test(message)) return t('next.reg.share.bad');
  const text = message.replace(/^--[a-z]+( "[^"]*")?:? ?/, '').replace(/--([a-z]+)/g, (_, name: string) => name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
