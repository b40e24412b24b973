// SPDX-License-Identifier: GPL-3.0-or-later
// The map as the server reads it: JSON with the keys of the map file, each item on a line of its own, so that the
// line in a message says which item it is about.
import { allPoints, idFrom, say, type Journey, type Point, type ServiceMap, type Text, type Transaction } from './model';

function unused(title: string, taken: Set<string>, fallback: string): string {
  const first = idFrom(title) || fallback;
  let id = first;
  for (let n = 2; taken.has(id); n += 1) id = `${first}-${n}`;
  taken.add(id);
  return id;
}

interface Named { id: string; was?: string[] }

function takenBy(items: Named[], ...more: string[][]): Set<string> {
  return new Set([...items.flatMap((item) => [item.id, ...(item.was ?? [])]), ...more.flat()].filter(Boolean));
}

// The same map in which everything has an id, and the ids by key.
export function withIds(map: ServiceMap): { map: ServiceMap; ids: Map<string, string> } {
  const copy = structuredClone(map);
  const retired = (kind: string): string[] => copy.retired.filter((one) => one.kind === kind).flatMap((one) => [one.id, ...one.was]);
  const points = takenBy(allPoints(copy), retired('points'), copy.vignettes.map((one) => String(one.id ?? '')));
  const journeys = takenBy(copy.journeys, retired('journeys'));
  const tasks = takenBy(copy.tasks, retired('tasks'));
  const promises = takenBy(copy.promises, retired('promises'));
  const give = (item: { id: string }, title: Text, taken: Set<string>, kind: string): void => {
    if (!item.id) item.id = unused(say(title, copy), taken, kind);
  };
  for (const journey of copy.journeys) {
    give(journey, journey.title, journeys, 'journey');
    const transactions = takenBy(journey.transactions);
    for (const transaction of journey.transactions) {
      give(transaction, transaction.title, transactions, 'transaction');
      for (const point of transaction.points) if (!point.use) give(point, point.title, points, 'point');
    }
  }
  for (const task of copy.tasks) give(task, task.title, tasks, 'task');
  for (const promise of copy.promises) give(promise, promise.words, promises, 'promise');
  return { map: copy, ids: new Map(allPoints(copy).map((point) => [point.key, point.id])) };
}

// What had no id when `sent` was written has the one that it got there, whatever it is called since.
export function namedAs(map: ServiceMap, sent: ServiceMap): ServiceMap {
  const copy = structuredClone(map);
  const all = (one: ServiceMap): { key: string; id: string }[] => [...one.journeys, ...one.journeys.flatMap((journey) => journey.transactions),
    ...allPoints(one), ...one.tasks, ...one.promises];
  const ids = new Map(all(withIds(sent).map).map((item) => [item.key, item.id]));
  for (const item of all(copy)) if (!item.id) item.id = ids.get(item.key) ?? '';
  return copy;
}

// Without what says nothing.
function object(pairs: Record<string, unknown>): string {
  const members = Object.entries(pairs).filter(([, value]) => {
    if (value === '' || value === 0 || value === undefined || value === null) return false;
    if (Array.isArray(value)) return value.length > 0;
    return typeof value !== 'object' || Object.keys(value).length > 0;
  });
  return members.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ');
}

export interface MapFile {
  text: string;
  keys: string[]; // the item of each line, '' where there is none
}

class Lines {
  readonly lines: string[] = [];
  readonly keys: string[] = [];
  add(line: string, key = ''): void {
    this.lines.push(line);
    this.keys.push(key);
  }
}

const comma = (list: unknown[], i: number): string => (i + 1 < list.length ? ',' : '');

function writePoint(point: Point, ids: Map<string, string>): string {
  if (point.use) return object({ use: ids.get(point.use) ?? '' });
  const { id, title, senses, channels, value, levels, target, effort, was } = point;
  const said = Object.fromEntries(Object.entries(levels).filter(([, one]) => one !== ''));
  return object({ id, title, senses, channels, value, levels: said, target, effort, was });
}

function writeTransaction(out: Lines, transaction: Transaction, end: string, ids: Map<string, string>): void {
  out.add(`{${object({ id: transaction.id, title: transaction.title })}, "points": [`, transaction.key);
  transaction.points.forEach((point, p) => out.add(`{${writePoint(point, ids)}}${comma(transaction.points, p)}`, point.key));
  out.add(`]}${end}`, transaction.key);
}

function writeJourney(out: Lines, journey: Journey, end: string, ids: Map<string, string>): void {
  out.add(`{${object({ id: journey.id, title: journey.title, was: journey.was })}, "transactions": [`, journey.key);
  journey.transactions.forEach((transaction, n) => writeTransaction(out, transaction, comma(journey.transactions, n), ids));
  out.add(`]}${end}`, journey.key);
}

function list<T extends { key: string }>(out: Lines, name: string, items: T[], write: (item: T) => string): void {
  if (items.length === 0) return;
  out.add(`, ${JSON.stringify(name)}: [`);
  items.forEach((item, i) => out.add(`{${write(item)}}${comma(items, i)}`, item.key));
  out.add(']');
}

function writeRetired(out: Lines, map: ServiceMap): void {
  const kinds = (['points', 'journeys', 'tasks', 'promises'] as const).filter((kind) => map.retired.some((one) => one.kind === kind));
  if (kinds.length === 0) return;
  out.add(', "retired": {');
  kinds.forEach((kind, k) => {
    const some = map.retired.filter((one) => one.kind === kind);
    out.add(`${JSON.stringify(kind)}: [`);
    some.forEach((one, i) => out.add(`{${object({ id: one.id, title: one.title, was: one.was })}}${comma(some, i)}`, one.key));
    out.add(`]${comma(kinds, k)}`);
  });
  out.add('}');
}

export function writeMap(given: ServiceMap): MapFile {
  const { map, ids } = withIds(given);
  const out = new Lines();
  const named = (keys: string[]): string[] => keys.map((key) => ids.get(key) ?? '').filter(Boolean);
  out.add(`{${object({ ...map.rest, language: map.language, title: map.title })}`);
  if (map.journeys.length > 0) {
    out.add(', "journeys": [');
    map.journeys.forEach((journey, j) => writeJourney(out, journey, comma(map.journeys, j), ids));
    out.add(']');
  }
  list(out, 'tasks', map.tasks, (task) => object({ id: task.id, title: task.title, owner: task.owner, event: task.event,
    points: named(task.points), was: task.was }));
  list(out, 'promises', map.promises, (one) => object({ id: one.id, words: one.words, where: one.where, since: one.since,
    points: named(one.points), was: one.was }));
  list(out, 'vignettes', map.vignettes.map((one) => ({ ...one, key: `vignette/${String(one.id)}` })), ({ key, ...one }) => (key ? object(one) : ''));
  writeRetired(out, map);
  out.add('}');
  return { text: `${out.lines.join('\n')}\n`, keys: out.keys };
}

// "map.json:9:13: what is wrong" → the item of line 9, and what is wrong.
export function placed(message: string, file: MapFile): { key: string; text: string } {
  const found = /^(?:[^:\n]*):(\d+)(?::\d+)?: /.exec(message);
  return found ? { key: file.keys[Number(found[1]) - 1] ?? '', text: message.slice(found[0].length) } : { key: '', text: message };
}
