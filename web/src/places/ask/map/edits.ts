// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done to a map. Each is a pure function: the map that comes out, and what is chosen then.
import { allPoints, emptyPoint, find, idsOf, newKey, type Journey, type Point, type Retired, type ServiceMap, type Transaction } from './model';

export interface Edited { map: ServiceMap; key: string }
export type Where = 'before' | 'after' | 'into';

const newTransaction = (): Transaction => ({ key: newKey(), id: '', title: '', points: [] });
const newJourney = (): Journey => ({ key: newKey(), id: '', title: '', was: [], transactions: [] });

function insert<T>(list: T[], at: number, item: T): void {
  list.splice(at, 0, item);
}

// ---- adding ----

// Of the same kind, below.
export function addBelow(before: ServiceMap, key: string): Edited {
  const map = structuredClone(before);
  const item = find(map, key);
  const fresh = newKey();
  if (item?.kind === 'point') insert(item.transaction.points, item.p + 1, emptyPoint(fresh));
  else if (item?.kind === 'transaction') insert(item.journey.transactions, item.t + 1, { ...newTransaction(), key: fresh });
  else if (item?.kind === 'task') insert(map.tasks, item.n + 1, { key: fresh, id: '', title: '', owner: '', event: '', points: [], was: [] });
  else if (item?.kind === 'promise') insert(map.promises, item.n + 1, { key: fresh, id: '', words: '', where: '', since: '', points: [], was: [] });
  else insert(map.journeys, item?.kind === 'journey' ? item.j + 1 : map.journeys.length, { ...newJourney(), key: fresh });
  return { map, key: fresh };
}

// Within: a point in a transaction, a transaction in a journey; the last.
export function addInside(before: ServiceMap, key: string): Edited {
  const map = structuredClone(before);
  const item = find(map, key);
  const fresh = newKey();
  if (item?.kind === 'transaction') item.transaction.points.push(emptyPoint(fresh));
  else if (item?.kind === 'journey') item.journey.transactions.push({ ...newTransaction(), key: fresh });
  else return addBelow(before, key);
  return { map, key: fresh };
}

export function addTask(before: ServiceMap, points: string[]): Edited {
  const key = newKey();
  return { map: { ...before, tasks: [...before.tasks, { key, id: '', title: '', owner: '', event: '', points, was: [] }] }, key };
}

export function addPromise(before: ServiceMap, points: string[]): Edited {
  const key = newKey();
  return { map: { ...before, promises: [...before.promises, { key, id: '', words: '', where: '', since: '', points, was: [] }] }, key };
}

// Where another journey passes through a point.
export function addUse(before: ServiceMap, transaction: string, point: string): Edited {
  const map = structuredClone(before);
  const item = find(map, transaction);
  const key = newKey();
  if (item?.kind === 'transaction') item.transaction.points.push({ ...emptyPoint(key), use: point });
  return { map, key };
}

// ---- changing ----

export function change(before: ServiceMap, key: string, alter: (item: NonNullable<ReturnType<typeof find>>, map: ServiceMap) => void): ServiceMap {
  const map = structuredClone(before);
  const item = find(map, key);
  if (item) alter(item, map);
  return map;
}

// ---- moving ----

function takeOut(map: ServiceMap, key: string): Point | Transaction | Journey | null {
  const item = find(map, key);
  if (item?.kind === 'point') return item.transaction.points.splice(item.p, 1)[0] ?? null;
  if (item?.kind === 'transaction') return item.journey.transactions.splice(item.t, 1)[0] ?? null;
  if (item?.kind === 'journey') return map.journeys.splice(item.j, 1)[0] ?? null;
  return null;
}

function putPoint(map: ServiceMap, point: Point, target: string, where: Where): boolean {
  const at = find(map, target);
  if (at?.kind === 'point') insert(at.transaction.points, at.p + (where === 'before' ? 0 : 1), point);
  else if (at?.kind === 'transaction') insert(at.transaction.points, where === 'before' ? 0 : at.transaction.points.length, point);
  else if (at?.kind === 'journey') at.journey.transactions[0]?.points.unshift(point);
  return at?.kind === 'point' || at?.kind === 'transaction' || (at?.kind === 'journey' && at.journey.transactions.length > 0);
}

function putTransaction(map: ServiceMap, transaction: Transaction, target: string, where: Where): boolean {
  const at = find(map, target);
  if (at?.kind === 'transaction') insert(at.journey.transactions, at.t + (where === 'before' ? 0 : 1), transaction);
  else if (at?.kind === 'point') insert(at.journey.transactions, at.t + 1, transaction);
  else if (at?.kind === 'journey') insert(at.journey.transactions, where === 'before' ? 0 : at.journey.transactions.length, transaction);
  return at?.kind === 'transaction' || at?.kind === 'point' || at?.kind === 'journey';
}

// To another place; where it cannot go nothing changes. A transaction that moves to another journey is told by a
// new id there when that one is taken.
export function moveTo(before: ServiceMap, key: string, target: string, where: Where): ServiceMap {
  if (key === target) return before;
  const map = structuredClone(before);
  const kind = find(map, key)?.kind;
  const goal = find(map, target);
  const inside = (kind === 'transaction' && goal?.kind === 'point' && goal.transaction.key === key)
    || (kind === 'journey' && goal && 'journey' in goal && goal.journey.key === key);
  const thing = inside ? null : takeOut(map, key);
  if (!thing || !goal) return before;
  let done = false;
  if (kind === 'point') done = putPoint(map, thing as Point, target, where);
  else if (kind === 'transaction') {
    const moved = thing as Transaction;
    const home = 'journey' in goal ? goal.journey : null;
    if (home?.transactions.some((other) => other.key !== moved.key && other.id === moved.id)) moved.id = '';
    done = putTransaction(map, moved, target, where);
  } else if (kind === 'journey') {
    const at = find(map, 'journey' in goal ? goal.journey.key : '');
    if (at?.kind === 'journey') insert(map.journeys, at.j + (where === 'before' ? 0 : 1), thing as Journey);
    done = at?.kind === 'journey';
  }
  return done ? map : before;
}

// One up or down; over the edge of what it is in, into the next.
export function step(before: ServiceMap, key: string, down: boolean): ServiceMap {
  const item = find(before, key);
  const beside = <T>(list: T[], n: number): T | undefined => list[n + (down ? 1 : -1)];
  if (item?.kind === 'point') {
    const next = beside(item.transaction.points, item.p);
    if (next) return moveTo(before, key, next.key, down ? 'after' : 'before');
    const columns = before.journeys.flatMap((journey) => journey.transactions);
    const column = beside(columns, columns.findIndex((one) => one.key === item.transaction.key));
    return column ? moveTo(before, key, column.key, down ? 'before' : 'into') : before;
  }
  if (item?.kind === 'transaction') {
    const next = beside(item.journey.transactions, item.t);
    if (next) return moveTo(before, key, next.key, down ? 'after' : 'before');
    const journey = beside(before.journeys, item.j);
    return journey ? moveTo(before, key, journey.key, down ? 'before' : 'into') : before;
  }
  if (item?.kind === 'journey') {
    const next = beside(before.journeys, item.j);
    return next ? moveTo(before, key, next.key, down ? 'after' : 'before') : before;
  }
  return before;
}

// Sideways, on the canvas: a point to the transaction beside.
export function stepAside(before: ServiceMap, key: string, on: boolean): ServiceMap {
  const item = find(before, key);
  if (item?.kind === 'transaction') return step(before, key, on);
  if (item?.kind !== 'point') return before;
  const column = item.journey.transactions[item.t + (on ? 1 : -1)];
  if (!column) return before;
  const beside = column.points[item.p];
  return beside ? moveTo(before, key, beside.key, 'before') : moveTo(before, key, column.key, 'into');
}

// Outwards: a new point becomes a transaction with those behind it; a transaction a journey with those behind it.
export function outdent(before: ServiceMap, key: string): ServiceMap {
  const map = structuredClone(before);
  const item = find(map, key);
  if (item?.kind === 'point' && !item.point.id && !item.point.use) {
    const points = item.transaction.points.splice(item.p).slice(1);
    insert(item.journey.transactions, item.t + 1, { key, id: '', title: item.point.title, points });
    return map;
  }
  if (item?.kind === 'transaction') {
    const rest = item.journey.transactions.splice(item.t).slice(1);
    const own: Transaction[] = item.transaction.points.length > 0 ? [{ ...item.transaction, key: newKey(), id: '' }] : [];
    insert(map.journeys, item.j + 1, { key, id: '', title: item.transaction.title, was: [], transactions: [...own, ...rest] });
    return map;
  }
  return before;
}

// Inwards: a transaction becomes a point of the one above, and its points follow; a new journey a transaction.
export function indent(before: ServiceMap, key: string): ServiceMap {
  const map = structuredClone(before);
  const item = find(map, key);
  if (item?.kind === 'transaction' && item.t > 0) {
    item.journey.transactions.splice(item.t, 1);
    const above = item.journey.transactions[item.t - 1];
    above?.points.push({ ...emptyPoint(key), title: item.transaction.title }, ...item.transaction.points);
    return above ? map : before;
  }
  const above = item?.kind === 'journey' ? map.journeys[item.j - 1] : undefined;
  if (item?.kind === 'journey' && !item.journey.id && above) {
    map.journeys.splice(item.j, 1);
    above.transactions.push({ key, id: '', title: item.journey.title, points: [] }, ...item.journey.transactions);
    return map;
  }
  return before;
}

// ---- taking away ----

const replaced = (keys: string[], from: Set<string>, to: string): string[] =>
  [...new Set(keys.flatMap((key) => (from.has(key) ? (to ? [to] : []) : [key])))];

// Nobody names these points any more; `to`: they name that one.
function forget(map: ServiceMap, gone: Set<string>, ids: Set<string>, to: Point | null): void {
  for (const journey of map.journeys)
    for (const transaction of journey.transactions) {
      for (const point of transaction.points) if (gone.has(point.use)) point.use = to?.key ?? 'gone';
      transaction.points = transaction.points.filter((point, i, all) => point.use !== 'gone'
        && (!point.use || (all.findIndex((other) => other.use === point.use) === i && !journey.transactions.some((one) => one.points.some((own) => own.key === point.use)))));
    }
  for (const task of map.tasks) task.points = replaced(task.points, gone, to?.key ?? '');
  for (const promise of map.promises) promise.points = replaced(promise.points, gone, to?.key ?? '');
  for (const vignette of map.vignettes) {
    if (!Array.isArray(vignette.for)) continue;
    vignette.for = replaced(vignette.for as string[], ids, to?.id ?? '');
    if ((vignette.for as string[]).length === 0) delete vignette.for;
  }
}

export type Answers = (kind: string, ids: string[]) => number;

function retire(map: ServiceMap, kind: Retired['kind'], item: { id: string; was: string[] }, title: Retired['title'], answers: Answers): void {
  if (item.id && answers(kind.slice(0, -1), [item.id, ...item.was]) > 0)
    map.retired.push({ key: `retired/${kind}/${item.id}`, kind, id: item.id, title, was: item.was });
}

// What was split stays by itself, though only one of those that followed it is left.
function keepShared(map: ServiceMap, gone: Point[]): void {
  for (const id of new Set(gone.flatMap((point) => point.was))) {
    const listed = map.retired.some((one) => one.kind === 'points' && (one.id === id || one.was.includes(id)));
    if (!listed && allPoints(map).some((point) => point.was.includes(id)))
      map.retired.push({ key: `retired/points/${id}`, kind: 'points', id, title: '', was: [] });
  }
}

// What has answers is asked no longer and keeps them; all else goes.
export function remove(before: ServiceMap, key: string, answers: Answers): ServiceMap {
  const map = structuredClone(before);
  const item = find(map, key);
  if (!item) return before;
  if (item.kind === 'retired') map.retired.splice(item.n, 1);
  if (item.kind === 'task') {
    map.tasks.splice(item.n, 1);
    retire(map, 'tasks', item.task, item.task.title, answers);
  }
  if (item.kind === 'promise') {
    map.promises.splice(item.n, 1);
    retire(map, 'promises', item.promise, item.promise.words, answers);
  }
  if (item.kind !== 'point' && item.kind !== 'transaction' && item.kind !== 'journey') return map;
  const points = (item.kind === 'point' ? [item.point] : item.kind === 'transaction' ? item.transaction.points
    : item.journey.transactions.flatMap((transaction) => transaction.points)).filter((point) => !point.use);
  for (const point of points) retire(map, 'points', { id: point.id, was: idsOf(before, point).filter((id) => id !== point.id) }, point.title, answers);
  takeOut(map, key);
  keepShared(map, points);
  if (item.kind === 'journey') retire(map, 'journeys', item.journey, item.journey.title, answers);
  forget(map, new Set(points.map((point) => point.key)), new Set(points.map((point) => point.id)), null);
  return map;
}

// Asked again, in the first transaction that is chosen.
export function bringBack(before: ServiceMap, key: string, transaction: string): Edited {
  const map = structuredClone(before);
  const item = find(map, key);
  const home = find(map, transaction);
  if (item?.kind !== 'retired' || item.retired.kind !== 'points' || home?.kind !== 'transaction') return { map: before, key };
  map.retired.splice(item.n, 1);
  const { id, title, was } = item.retired;
  const again = `point/${id}`;
  home.transaction.points.push({ ...emptyPoint(again), id, title: title || id, was });
  return { map, key: again };
}

// ---- merge and split ----

const earlier = (item: { id: string; was: string[] }): string[] => (item.id ? [item.id, ...item.was] : item.was);

// All that was said of `from` is said of `into`.
export function merge(before: ServiceMap, from: string, into: string): Edited {
  const map = structuredClone(before);
  const gone = find(map, from);
  const stays = find(map, into);
  if (gone?.kind !== 'point' || stays?.kind !== 'point' || from === into) return { map: before, key: from };
  takeOut(map, from);
  stays.point.was = [...new Set([...stays.point.was, ...earlier(gone.point)])];
  forget(map, new Set([from]), new Set([gone.point.id]), stays.point);
  return { map, key: into };
}

// Into several. `first`: the first of them goes on with the answers so far; else they stay with what it was.
export function split(before: ServiceMap, key: string, titles: string[], first: boolean): Edited {
  const map = structuredClone(before);
  const item = find(map, key);
  const [own, ...others] = titles;
  if (item?.kind !== 'point' || own === undefined) return { map: before, key };
  const { point } = item;
  const was = first ? [] : earlier(point);
  const fresh = others.map((title) => ({ ...structuredClone(point), key: newKey(), id: '', title, levels: {}, was }));
  const one: Point = first ? { ...point, title: own } : { ...structuredClone(point), key: newKey(), id: '', title: own, was };
  item.transaction.points.splice(item.p, 1, one, ...fresh);
  if (!first) forget(map, new Set([key]), new Set([point.id]), one);
  for (const list of [...map.tasks, ...map.promises])
    if (list.points.includes(one.key)) list.points.push(...fresh.map((each) => each.key));
  return { map, key: one.key };
}

// An older map, as it would be now: what has answers since and is not on it is asked no longer; what was merged
// meanwhile takes its own answers back, by naming itself.
export function restore(before: ServiceMap, older: ServiceMap, answers: Answers): ServiceMap {
  const map = structuredClone(older);
  const known = new Set([...allPoints(map).flatMap(earlier), ...map.retired.flatMap(earlier)]);
  for (const point of allPoints(before)) if (!known.has(point.id)) retire(map, 'points', { id: point.id, was: point.was.filter((id) => !known.has(id)) }, point.title, answers);
  const merged = new Set(allPoints(before).flatMap((point) => point.was));
  for (const point of allPoints(map)) if (merged.has(point.id)) point.was = [...new Set([...point.was, point.id])];
  for (const one of before.retired) if (one.kind === 'points' && !known.has(one.id)) map.retired.push(structuredClone(one));
  return map;
}
