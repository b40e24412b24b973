// SPDX-License-Identifier: GPL-3.0-or-later
// An indented outline, as people write one: deeper lines are within those above.
import { emptyPoint, find, newKey, type Journey, type ServiceMap, type Transaction } from './model';

export interface Line { title: string; depth: number }

// Blanks or tabs in front; bullets and numbers are dropped. Depths are 0, 1, 2.
export function readOutline(text: string): Line[] {
  const open: number[] = [];
  return text.split('\n').flatMap((line) => {
    const found = /^(\s*)(?:[-*•–·]\s+|\d+[.)]\s+)?(.*\S)\s*$/.exec(line);
    if (!found) return [];
    const width = (found[1] ?? '').replace(/\t/g, '    ').length;
    while (open.length > 0 && (open.at(-1) ?? 0) >= width) open.pop();
    open.push(width);
    return [{ title: found[2] ?? '', depth: Math.min(open.length - 1, 2) }];
  });
}

export type Kind = 'journey' | 'transaction' | 'point';
const kinds: Kind[] = ['journey', 'transaction', 'point'];

// What the first level is: as deep as it is, the last is points.
export function firstKind(lines: Line[]): Kind {
  const deepest = lines.reduce((most, line) => Math.max(most, line.depth), 0);
  return kinds[2 - deepest] ?? 'journey';
}

export function kindOf(line: Line, first: Kind): Kind {
  return kinds[Math.min(kinds.indexOf(first) + line.depth, 2)] ?? 'point';
}

// Behind what is chosen; where there is nothing to put it into, that is made, called `untitled`.
export function addOutline(before: ServiceMap, key: string, lines: Line[], untitled: string): { map: ServiceMap; key: string } {
  const map = structuredClone(before);
  const first = firstKind(lines);
  const at = find(map, key);
  let journey: Journey | undefined = at && 'journey' in at ? at.journey : map.journeys.at(-1);
  let transaction: Transaction | undefined = at && 'transaction' in at ? at.transaction : journey?.transactions.at(-1);
  let chosen = '';
  const after = <T,>(list: T[], here: T | undefined, item: T): void => {
    list.splice(here && list.includes(here) ? list.indexOf(here) + 1 : list.length, 0, item);
  };
  const openJourney = (title: string): Journey => {
    const fresh: Journey = { key: newKey(), id: '', title, was: [], transactions: [] };
    after(map.journeys, journey, fresh);
    journey = fresh;
    transaction = undefined;
    return fresh;
  };
  const openTransaction = (title: string): Transaction => {
    const home = journey ?? openJourney(untitled);
    const fresh: Transaction = { key: newKey(), id: '', title, points: [] };
    after(home.transactions, transaction, fresh);
    transaction = fresh;
    return fresh;
  };
  let place = at?.kind === 'point' && first === 'point' ? at.p + 1 : -1;
  for (const line of lines) {
    const kind = kindOf(line, first);
    const fresh = emptyPoint(newKey());
    if (kind !== 'point') {
      const opened = kind === 'journey' ? openJourney(line.title).key : openTransaction(line.title).key;
      chosen ||= opened;
      continue;
    }
    const home = transaction ?? openTransaction(untitled);
    home.points.splice(place < 0 ? home.points.length : place, 0, { ...fresh, title: line.title });
    if (place >= 0) place += 1;
    chosen ||= fresh.key;
  }
  return { map, key: chosen };
}
