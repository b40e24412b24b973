// SPDX-License-Identifier: GPL-3.0-or-later
// A map as it is edited: everything has a key of ours, so that what is new has one before it has an id.

export type Text = string | Record<string, string>;

export interface Point {
  key: string;
  id: string; // '': new
  use: string; // key of a point at home in another journey, or ''; then nothing below counts
  title: Text;
  senses: string[];
  channels: string[];
  value: string;
  levels: Record<string, Text>;
  target: number;
  effort: string;
  was: string[];
}
export interface Transaction { key: string; id: string; title: Text; points: Point[] }
export interface Journey { key: string; id: string; title: Text; was: string[]; transactions: Transaction[] }
export interface Task { key: string; id: string; title: Text; owner: Text; event: string; points: string[]; was: string[] }
export interface Pledge { key: string; id: string; words: Text; where: Text; since: string; points: string[]; was: string[] }
export interface Retired { key: string; kind: 'points' | 'journeys' | 'tasks' | 'promises'; id: string; title: Text; was: string[] }

export interface ServiceMap {
  rest: Record<string, unknown>; // what is not edited here: scales, measures, audiences, margin
  vignettes: Record<string, unknown>[];
  language: string;
  title: Text;
  journeys: Journey[];
  tasks: Task[];
  promises: Pledge[];
  retired: Retired[];
}

type Raw = Record<string, unknown>;

let made = 0;
export function newKey(): string {
  made += 1;
  return `new-${made}`;
}

const raw = (value: unknown): Raw => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Raw : {});
const raws = (value: unknown): Raw[] => (Array.isArray(value) ? value.map(raw) : []);
const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const words = (value: unknown): string[] => (Array.isArray(value) ? value.map(word) : []);
const text = (value: unknown): Text => (typeof value === 'object' && value !== null
  ? Object.fromEntries(Object.entries(value).map(([language, said]) => [language, word(said)])) : word(value));
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

export function emptyPoint(key: string): Point {
  return { key, id: '', use: '', title: '', senses: [], channels: [], value: '', levels: {}, target: 0, effort: '', was: [] };
}

export const pointKey = (id: string): string => `point/${id}`;

function readPoint(node: Raw, place: string): Point {
  if (node.use) return { ...emptyPoint(`use/${place}/${word(node.use)}`), use: pointKey(word(node.use)) };
  const id = word(node.id);
  return { key: pointKey(id), id, use: '', title: text(node.title), senses: words(node.senses), channels: words(node.channels),
    value: word(node.value), levels: Object.fromEntries(Object.entries(raw(node.levels)).map(([n, said]) => [n, text(said)])),
    target: number(node.target), effort: word(node.effort), was: words(node.was) };
}

function readJourney(node: Raw): Journey {
  const id = word(node.id);
  return { key: `journey/${id}`, id, title: text(node.title), was: words(node.was),
    transactions: raws(node.transactions).map((inner) => ({ key: `transaction/${id}/${word(inner.id)}`, id: word(inner.id),
      title: text(inner.title), points: raws(inner.points).map((point) => readPoint(point, `${id}/${word(inner.id)}`)) })) };
}

function readRetired(node: Raw): Retired[] {
  const kinds = ['points', 'journeys', 'tasks', 'promises'] as const;
  return kinds.flatMap((kind) => (Array.isArray(node[kind]) ? node[kind] as unknown[] : []).map((entry) => {
    const id = typeof entry === 'string' ? entry : word(raw(entry).id);
    return { key: `retired/${kind}/${id}`, kind, id, title: text(raw(entry).title), was: words(raw(entry).was) };
  }));
}

export function readMap(given: unknown): ServiceMap {
  const { language, title, journeys, tasks, promises, vignettes, retired, ...rest } = raw(given);
  return {
    rest,
    vignettes: raws(vignettes),
    language: word(language) || 'en',
    title: text(title),
    journeys: raws(journeys).map(readJourney),
    tasks: raws(tasks).map((node) => ({ key: `task/${word(node.id)}`, id: word(node.id), title: text(node.title), owner: text(node.owner),
      event: word(node.event), points: words(node.points).map(pointKey), was: words(node.was) })),
    promises: raws(promises).map((node) => ({ key: `promise/${word(node.id)}`, id: word(node.id), words: text(node.words), where: text(node.where),
      since: word(node.since), points: words(node.points).map(pointKey), was: words(node.was) })),
    retired: readRetired(raw(retired)),
  };
}

// ---- texts in several languages ----

// `own`: the language of texts without one.
export function inLanguage(said: Text, own: string, language: string): string {
  return typeof said === 'string' ? (language === own ? said : '') : said[language] ?? '';
}

export function withLanguage(said: Text, own: string, language: string, value: string): Text {
  const all: Record<string, string> = typeof said === 'string' ? { [own]: said } : { ...said };
  if (value || language === own) all[language] = value;
  else delete all[language];
  return Object.keys(all).every((name) => name === own) ? all[own] ?? '' : all;
}

export function say(said: Text, map: ServiceMap, language = map.language): string {
  return inLanguage(said, map.language, language);
}

export function withText(said: Text, map: ServiceMap, language: string, value: string): Text {
  return withLanguage(said, map.language, language, value);
}

export function languagesOf(map: ServiceMap): string[] {
  const found = new Set<string>([map.language]);
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        if (typeof inner === 'string' && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(name) && map.language in value) found.add(name);
        look(inner);
      }
  };
  look(map);
  return [...found].sort((a, b) => Number(b === map.language) - Number(a === map.language) || a.localeCompare(b));
}

// ---- finding ----

export type Item =
  | { kind: 'journey'; journey: Journey; j: number }
  | { kind: 'transaction'; journey: Journey; transaction: Transaction; j: number; t: number }
  | { kind: 'point'; journey: Journey; transaction: Transaction; point: Point; j: number; t: number; p: number }
  | { kind: 'task'; task: Task; n: number }
  | { kind: 'promise'; promise: Pledge; n: number }
  | { kind: 'retired'; retired: Retired; n: number };

export function find(map: ServiceMap, key: string): Item | null {
  for (const [j, journey] of map.journeys.entries()) {
    if (journey.key === key) return { kind: 'journey', journey, j };
    for (const [t, transaction] of journey.transactions.entries()) {
      if (transaction.key === key) return { kind: 'transaction', journey, transaction, j, t };
      const p = transaction.points.findIndex((point) => point.key === key);
      const point = transaction.points[p];
      if (point) return { kind: 'point', journey, transaction, point, j, t, p };
    }
  }
  const task = map.tasks.find((one) => one.key === key);
  if (task) return { kind: 'task', task, n: map.tasks.indexOf(task) };
  const promise = map.promises.find((one) => one.key === key);
  if (promise) return { kind: 'promise', promise, n: map.promises.indexOf(promise) };
  const retired = map.retired.find((one) => one.key === key);
  return retired ? { kind: 'retired', retired, n: map.retired.indexOf(retired) } : null;
}

export function allPoints(map: ServiceMap): Point[] {
  return map.journeys.flatMap((journey) => journey.transactions.flatMap((transaction) => transaction.points.filter((point) => !point.use)));
}

// Ids under which answers count with a point: its own, and earlier ones that nobody else claims.
const claims = new WeakMap<ServiceMap, Map<string, number>>();
export function idsOf(map: ServiceMap, point: Point): string[] {
  let all = claims.get(map);
  if (!all) {
    all = new Map<string, number>();
    for (const one of allPoints(map)) for (const id of one.was) all.set(id, (all.get(id) ?? 0) + 1);
    for (const one of map.retired) if (one.kind === 'points') all.set(one.id, 2);
    claims.set(map, all);
  }
  const known = all;
  return [...new Set([point.id, ...point.was.filter((id) => known.get(id) === 1)])].filter(Boolean);
}

export function titleOf(map: ServiceMap, key: string): string {
  const item = find(map, key);
  if (!item) return '';
  switch (item.kind) {
    case 'journey': return say(item.journey.title, map);
    case 'transaction': return say(item.transaction.title, map);
    case 'point': return item.point.use ? titleOf(map, item.point.use) : say(item.point.title, map);
    case 'task': return say(item.task.title, map);
    case 'promise': return say(item.promise.words, map);
    case 'retired': return say(item.retired.title, map) || item.retired.id;
  }
}

// As the program makes ids from titles (docs/map.md).
export function idFrom(title: string): string {
  const id = title.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^-+|-+$/g, '');
  let cut = id;
  while (new TextEncoder().encode(cut).length > 58) cut = cut.slice(0, -1);
  return cut.replace(/-+$/, '');
}
