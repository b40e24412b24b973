// SPDX-License-Identifier: GPL-3.0-or-later
// How far a suggestion or complaint is, and how long it waits.
import type { JSX } from 'preact';
import { plural, t, type Key } from '../../lib/texts';
import type { Answering, Suggestion } from './types';

export const states: { state: Answering; title: Key }[] = [
  { state: 'received', title: 'next.state.received' }, { state: 'considered', title: 'next.state.considered' },
  { state: 'doing', title: 'next.state.doing' }, { state: 'done', title: 'next.state.done' }, { state: 'declined', title: 'next.state.declined' }];

export function StateTag({ state }: { state: Answering }): JSX.Element {
  const title = states.find((one) => one.state === state)?.title ?? 'next.state.received';
  return <span class={`tag ${state === 'done' ? 'good' : ''}`}>{t(title)}</span>;
}

export function waited(one: Suggestion): string {
  if (one.days === null) return t(one.waiting ? 'next.sug.waits' : 'next.sug.answered');
  return t(one.waiting ? plural(one.days, 'next.sug.waits.one', 'next.sug.waits.many') : plural(one.days, 'next.sug.after.one', 'next.sug.after.many'), { n: one.days });
}
