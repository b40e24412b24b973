// SPDX-License-Identifier: GPL-3.0-or-later
// What of the map is set here: it is read, changed and given back as the map editor does (docs/map.md, "Two people at once").
import { command, Problem, upload, type Done } from '../../lib/api';
import type { Applied } from '../ask/map/draft';
import { t } from '../../lib/texts';
import type { Text } from '../ask/map/model';

export interface Audience {
  id: string; title: string | null; built_in: boolean; served: boolean; protected: boolean; named: boolean; population: number | null;
  minimum: number; identity: 'anonymous' | 'visit' | 'panel'; scale: string;
}
export interface Scale {
  id: string; built_in: boolean; min: number; max: number; floor: number | null; met: number | null; desired: number | null; top: number | null;
  direction: 'up' | 'down'; words: string[] | null; sentences: string[] | null;
}
export const cuts = ['floor', 'met', 'desired', 'top'] as const;
export type Cut = (typeof cuts)[number];
export type RawScale = Partial<Record<'min' | 'max' | Cut, number>> & { direction?: 'up' | 'down'; labels?: { words?: Text[]; sentences?: Text[] } };
export type RawAudience = Partial<Omit<Audience, 'id' | 'title' | 'built_in'>> & { title?: Text; was?: string[] };
export interface RawMap {
  language?: string;
  audiences?: Record<string, RawAudience>;
  scales?: Record<string, RawScale>;
  measures?: Record<string, { title?: Text; scale?: string }>;
  [key: string]: unknown;
}
// Answers under an id, as they were given.
interface Answers { kind: string; id: string; answers: number }
export interface Shown { number: number; answers: Answers[]; in_force: { language: string; audiences: Audience[]; scales: Scale[] }; map: RawMap }

export function readMap(): Promise<Done<Shown>> {
  return command<Shown>('map show');
}

export function answersOf(shown: Shown, kind: 'audience' | 'measure', ids: string[]): number {
  return shown.answers.reduce((sum, one) => one.kind === kind && ids.includes(one.id) ? sum + one.answers : sum, 0);
}

// Under its own id and those it had before.
export function answersOfAudience(shown: Shown, id: string): number {
  return answersOf(shown, 'audience', idsOfAudience(shown, id));
}

// Answers and forms keep the id that an audience had when they were made.
export function idsOfAudience(shown: Shown, id: string): string[] {
  return [id, ...shown.map.audiences?.[id]?.was ?? []];
}

// What was changed, in the program's words, and the line that does it.
export interface Saved { line: string; changes: string[] }

// Without "map.json:4:13: ": where that is says nothing here.
function plain(message: string): string {
  return message.replace(/^[^:\n]*:\d+(?::\d+)?: /, '');
}

export async function saveMap(shown: Shown, change: (map: RawMap) => void): Promise<Saved> {
  const map = structuredClone(shown.map);
  change(map);
  const file = await upload(new Blob([JSON.stringify(map)], { type: 'application/json' }), 'map.json');
  try {
    const done = await command<Applied>('map apply', [file], { onto: shown.number });
    if (done.document.conflicts.length > 0) throw new Problem(409, t('asked.conflict'));
    return { line: done.line, changes: done.document.changes.map((one) => one.sentence) };
  } catch (cause) {
    throw cause instanceof Problem ? new Problem(cause.status, plain(cause.message)) : cause;
  }
}

// Every text of the map, by language; `own` is that of those without one.
function textsOf(value: unknown, key: string, own: string): Record<string, string>[] {
  const says = ['title', 'words', 'sentences', 'about', 'where', 'owner'].includes(key);
  if (typeof value === 'string') return says ? [{ [own]: value }] : [];
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one, key, own));
  if (typeof value !== 'object' || value === null) return [];
  if (says) return [value as Record<string, string>];
  return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, key === 'levels' ? 'title' : name, own));
}

export interface Spoken { language: string; n: number; all: number }

// In which languages the map speaks, its own first, and how much of it each says.
export function spoken(shown: Shown): Spoken[] {
  const own = shown.in_force.language;
  const { retired: _, ...rest } = shown.map;
  const texts = textsOf(rest, '', own);
  const counts = new Map<string, number>([[own, 0]]);
  for (const text of texts) for (const language of Object.keys(text)) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].map(([language, n]) => ({ language, n, all: texts.length }))
    .sort((a, b) => Number(b.language === own) - Number(a.language === own) || a.language.localeCompare(b.language));
}
