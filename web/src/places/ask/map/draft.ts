// SPDX-License-Identifier: GPL-3.0-or-later
// The map as it is now, all steps back and forth, and what of it is chosen. It outlives the page: who looks at
// something else in between finds it as it was.
import { useEffect, useReducer } from 'preact/hooks';
import { command, Problem, upload } from '../../../lib/api';
import { namedAs, placed, writeMap } from './file';
import { find, pointKey, readMap, type ServiceMap } from './model';

export interface Shown { number: number; answers: { kind: string; id: string; answers: number }[]; map: unknown }
export interface Change { change: string; kind: string; id: string | null; answers: number; sentence: string }
export interface Conflict { name: string; kind: string; id: string; title: string; key: string; base: string | null; theirs: string | null; ours: string | null }
export interface Applied { applied: boolean; map: number; merged: boolean; changes: Change[]; conflicts: Conflict[] }

export interface Draft {
  number: number; // of the map it began as
  line: string; // what shows it in a shell
  counts: Map<string, number>; // "point/doorstep" -> answers
  saved: ServiceMap;
  map: ServiceMap;
  past: { map: ServiceMap; key: string }[];
  future: { map: ServiceMap; key: string }[];
  key: string; // chosen
  tag: string; // of the last step: what is typed letter by letter is one
}

let draft: Draft | null = null;
const watchers = new Set<() => void>();

function set(next: Draft | null): void {
  draft = next;
  for (const watch of watchers) watch();
}

export function useDraft(): Draft | null {
  const [, look] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const watch = (): void => look(undefined as never);
    watchers.add(watch);
    return () => { watchers.delete(watch); };
  }, []);
  return draft;
}

export function current(): Draft | null {
  return draft;
}

export function unsaved(): number {
  return draft?.past.length ?? 0;
}

window.addEventListener('beforeunload', (event) => { if (unsaved() > 0) event.preventDefault(); });

// ---- steps ----

export function choose(key: string): void {
  if (draft && draft.key !== key) set({ ...draft, key, tag: '' });
}

// Letters typed into one field have one `tag`, and are one step.
export function edit(map: ServiceMap, key?: string, tag = ''): void {
  if (!draft || map === draft.map) return;
  const past = tag && tag === draft.tag ? draft.past : [...draft.past, { map: draft.map, key: draft.key }];
  set({ ...draft, map, past, future: [], key: key ?? draft.key, tag });
}

export function undo(): void {
  const last = draft?.past.at(-1);
  if (draft && last)
    set({ ...draft, map: last.map, key: last.key, past: draft.past.slice(0, -1), future: [{ map: draft.map, key: draft.key }, ...draft.future], tag: '' });
}

export function redo(): void {
  const next = draft?.future[0];
  if (draft && next)
    set({ ...draft, map: next.map, key: next.key, past: [...draft.past, { map: draft.map, key: draft.key }], future: draft.future.slice(1), tag: '' });
}

export function discard(): void {
  if (draft) edit(draft.saved);
  if (draft) set({ ...draft, past: [], future: [], tag: '' });
}

// ---- the server ----

async function show(): Promise<Draft> {
  const { document, line } = await command<Shown>('map show');
  const map = readMap(document.map);
  const counts = new Map(document.answers.map((one) => [`${one.kind}/${one.id}`, one.answers]));
  return { number: document.number, line, counts, saved: map, map, past: [], future: [], key: draft?.key || (map.journeys[0]?.key ?? ''), tag: '' };
}

// What was changed meanwhile stays.
export async function load(): Promise<void> {
  const shown = await show();
  if (unsaved() === 0) set({ ...shown, key: draft?.key || shown.key });
}

// The next step is one of its own, whatever was typed before.
export function pause(): void {
  if (draft) set({ ...draft, tag: '' });
}

// What was new in `sent` has another key once it is saved: the one of its id.
function keyAfter(saved: ServiceMap, sent: ServiceMap, key: string): string {
  if (find(saved, key)) return key;
  const item = find(namedAs(sent, sent), key);
  if (item?.kind === 'journey') return `journey/${item.journey.id}`;
  if (item?.kind === 'transaction') return `transaction/${item.journey.id}/${item.transaction.id}`;
  if (item?.kind === 'point') return pointKey(item.point.id);
  if (item?.kind === 'task') return `task/${item.task.id}`;
  return item?.kind === 'promise' ? `promise/${item.promise.id}` : key;
}

// `sent` is in the workspace. What was changed since it was sent is not: it stays, to be saved in its turn.
export async function follow(sent: ServiceMap, applied: Applied): Promise<void> {
  const shown = await show();
  if (!draft) return;
  if (draft.map === sent) {
    set({ ...shown, key: keyAfter(shown.map, sent, draft.key) });
    return;
  }
  const from = draft.past.findIndex((step) => step.map === sent);
  const past = from < 0 ? draft.past : draft.past.slice(from);
  const named = ({ map, key }: { map: ServiceMap; key: string }) => ({ map: namedAs(map, sent), key });
  const begun = applied.merged ? {} : { number: applied.map, saved: namedAs(sent, sent) };
  set({ ...draft, ...begun, line: shown.line, counts: shown.counts, map: namedAs(draft.map, sent), past: past.map(named), future: draft.future.map(named) });
}

export function answersOf(kind: string, ids: string[]): number {
  return ids.reduce((sum, id) => sum + (draft?.counts.get(`${kind}/${id}`) ?? 0), 0);
}

// Where in the map something is wrong.
export class MapProblem extends Problem {
  constructor(status: number, message: string, readonly key: string) {
    super(status, message);
  }
}

export interface Asking { dry?: boolean; ours?: string[]; theirs?: string[] }

export interface Answer { line: string; document: Applied }

export async function apply(map: ServiceMap, number: number, { dry = false, ours = [], theirs = [] }: Asking): Promise<Answer> {
  const file = writeMap(map);
  const reference = await upload(new Blob([file.text], { type: 'application/json' }), 'map.json');
  try {
    return await command<Applied>('map apply', [reference], { onto: number, 'dry-run': dry, ours, theirs });
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.status === 0) throw cause;
    const { key, text } = placed(cause.message, file);
    throw new MapProblem(cause.status, text, key);
  }
}

export async function older(number: number): Promise<ServiceMap> {
  return readMap((await command<Shown>('map show', [], { number })).document.map);
}
