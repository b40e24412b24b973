// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a map, and what it may still lack, as far as it can be told here; the server tells the rest.
import { t } from '../../../lib/texts';
import { allPoints, say, type Retired, type ServiceMap } from './model';

export interface Lost { kind: Retired['kind']; id: string }
export interface Remark { key: string; text: string; lost?: Lost }

// What the program says of answers that would lose their place (src/map/map_orphan.c) in the words of this page: here
// they are kept with one press.
export function remarkOf(key: string, message: string): Remark {
  const found = /\b(point|journey|task|promise) "([^"]+)"(?: has [^;]+ and is no longer on the map|, which is not on the map| was split)/.exec(message);
  const id = found?.[2];
  if (!found || !id) return { key, text: message };
  return { key: '', text: t('map.lost', { id }), lost: { kind: `${found[1] as 'point' | 'journey' | 'task' | 'promise'}s`, id } };
}

const untitled = (map: ServiceMap, title: unknown): boolean => say(title as string, map).trim() === '';

// Until these are right it cannot be saved.
export function wrong(map: ServiceMap): Remark[] {
  const found: Remark[] = [];
  const add = (key: string, text: string): void => { found.push({ key, text }); };
  if (untitled(map, map.title)) add('group/map', t('map.wrong.title.map'));
  for (const journey of map.journeys) {
    const name = say(journey.title, map);
    if (untitled(map, journey.title)) add(journey.key, t('map.wrong.title.journey'));
    if (journey.transactions.length === 0) add(journey.key, t('map.wrong.empty.journey', { name }));
    for (const transaction of journey.transactions) {
      if (untitled(map, transaction.title)) add(transaction.key, t('map.wrong.title.transaction'));
      if (transaction.points.length === 0) add(transaction.key, t('map.wrong.empty.transaction', { name: say(transaction.title, map) }));
      for (const point of transaction.points) if (!point.use && untitled(map, point.title)) add(point.key, t('map.wrong.title.point'));
    }
  }
  for (const task of map.tasks) if (untitled(map, task.title)) add(task.key, t('map.wrong.title.task'));
  for (const promise of map.promises) {
    if (untitled(map, promise.words)) add(promise.key, t('map.wrong.title.promise'));
    if (promise.points.length === 0) add(promise.key, t('map.wrong.empty.promise', { name: say(promise.words, map) }));
  }
  return found;
}

// What a good map may still lack: how many of how many, and the first of them.
export function lacks(map: ServiceMap): Remark[] {
  const points = allPoints(map);
  const without = (key: 'map.lacks.levels' | 'map.lacks.target' | 'map.lacks.senses', test: (i: number) => boolean): Remark[] => {
    const some = points.filter((_, i) => test(i));
    return some[0] ? [{ key: some[0].key, text: t(key, { n: some.length, all: points.length }) }] : [];
  };
  return [
    ...without('map.lacks.levels', (i) => Object.keys(points[i]?.levels ?? {}).length === 0),
    ...without('map.lacks.target', (i) => (points[i]?.target ?? 0) === 0),
    ...without('map.lacks.senses', (i) => (points[i]?.senses ?? []).length === 0),
  ];
}
