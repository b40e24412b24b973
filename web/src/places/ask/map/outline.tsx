// SPDX-License-Identifier: GPL-3.0-or-later
// The map as a tree: journeys, transactions, points; beside them tasks, promises, and what is no longer asked.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { count } from '../../../lib/format';
import { plural, t, type Key } from '../../../lib/texts';
import { answersAt, itemKeys, kindKey, mapGroup, move, nameOf, promisesGroup, retiredGroup, tasksGroup, type Desk } from './desk';
import { dropClass, useDrag, type Drag } from './drag';
import { choose } from './draft';
import { find, say, type ServiceMap } from './model';
import { TitleInput } from './title';

interface Row { key: string; level: number; open: boolean | null; pos: number; size: number; parent: string }

function rowsOf(map: ServiceMap, closed: Set<string>): Row[] {
  const rows: Row[] = [];
  const roots = 3 + map.journeys.length + (map.retired.length > 0 ? 1 : 0);
  const add = (key: string, level: number, holds: boolean, pos: number, size: number, parent: string): boolean => {
    const open = !closed.has(key);
    rows.push({ key, level, open: holds ? open : null, pos, size, parent });
    return open;
  };
  add(mapGroup, 1, false, 1, roots, '');
  map.journeys.forEach((journey, j) => {
    if (!add(journey.key, 1, journey.transactions.length > 0, j + 2, roots, '')) return;
    journey.transactions.forEach((transaction, n) => {
      if (!add(transaction.key, 2, transaction.points.length > 0, n + 1, journey.transactions.length, journey.key)) return;
      transaction.points.forEach((point, p) => add(point.key, 3, false, p + 1, transaction.points.length, transaction.key));
    });
  });
  const group = (key: string, items: { key: string }[], pos: number): void => {
    if (add(key, 1, items.length > 0, pos, roots, '')) items.forEach((item, i) => add(item.key, 2, false, i + 1, items.length, key));
  };
  group(promisesGroup, map.promises, map.journeys.length + 2);
  group(tasksGroup, map.tasks, map.journeys.length + 3);
  if (map.retired.length > 0) group(retiredGroup, map.retired, roots);
  return rows;
}

const groupTitle: Record<string, Key> = { [mapGroup]: 'map.group.map', [tasksGroup]: 'map.group.tasks', [promisesGroup]: 'map.group.promises', [retiredGroup]: 'map.group.retired' };

function Facts({ map, rowKey }: { map: ServiceMap; rowKey: string }): JSX.Element | null {
  const item = find(map, rowKey);
  if (item?.kind !== 'point' && item?.kind !== 'retired') return null;
  if (item.kind === 'point' && item.point.use) {
    const home = find(map, item.point.use);
    return <span class="map-facts">{home?.kind === 'point' ? t('map.also', { name: nameOf(map, home.journey.key) }) : ''}</span>;
  }
  const n = answersAt(map, rowKey);
  const target = item.kind === 'point' ? item.point.target : 0;
  return (
    <span class="map-facts">
      {target > 0 && <span>{t('map.target.short', { level: t(`map.level.${target}` as Key) })}</span>}
      {n > 0 && <span>{t(plural(n, 'map.answers.one', 'map.answers.many'), { n: count(n) })}</span>}
    </span>
  );
}

interface RowProps { desk: Desk; row: Row; drag: Drag; wrong: boolean; toggle: (key: string) => void }

function RowView({ desk, row, drag, wrong, toggle }: RowProps): JSX.Element {
  const { map, key } = desk.draft;
  const group = groupTitle[row.key];
  const kind = group ? 'group' : kindKey(map, row.key);
  const moves = kind === 'journey' || kind === 'transaction' || kind === 'point' || kind === 'use';
  const typing = desk.typing?.key === row.key;
  const name = row.key === mapGroup ? say(map.title, map) : group ? t(group) : nameOf(map, row.key);
  return (
    <div role="treeitem" aria-level={row.level} aria-posinset={row.pos} aria-setsize={row.size} aria-selected={row.key === key}
      aria-expanded={row.open ?? undefined}
      tabIndex={row.key === key ? 0 : -1} data-key={row.key}
      class={`map-row at-${row.level} is-${row.key === mapGroup ? 'map' : kind}${row.key === key ? ' chosen' : ''}${wrong ? ' wrong' : ''}${dropClass(drag, row.key)}`}
      onClick={() => choose(row.key)} onFocus={() => choose(row.key)} onDblClick={() => { if (desk.editor && !group && kind !== 'use' && kind !== 'retired') desk.type(row.key); }}
      {...(moves ? drag.on(row.key) : {})}>
      <span class="map-twist" aria-hidden="true" onClick={(event) => { if (row.open !== null) { event.stopPropagation(); toggle(row.key); } }}>
        {row.open === null ? '' : row.open ? '▾' : '▸'}
      </span>
      {wrong && <span class="map-mark" aria-hidden="true">!</span>}
      {typing ? <TitleInput desk={desk} /> : <span class="map-name">{name}</span>}
      {row.key === mapGroup && <span class="visually-hidden">, {t('map.group.map')}</span>}
      {!typing && !group && <span class="visually-hidden">, {t(`map.kind.${kind}` as Key)}{wrong && `: ${t('map.check.wrong')}`}</span>}
      {!typing && !group && <Facts map={map} rowKey={row.key} />}
    </div>
  );
}

export function Outline({ desk, wrong }: { desk: Desk; wrong: Set<string> }): JSX.Element {
  const [closed, setClosed] = useState<Set<string>>(new Set([retiredGroup]));
  const tree = useRef<HTMLDivElement>(null);
  const drag = useDrag(desk);
  const { map, key } = desk.draft;
  const rows = rowsOf(map, closed);
  const at = rows.findIndex((row) => row.key === key);
  const toggle = (which: string, open = closed.has(which)): void => {
    const next = new Set(closed);
    if (open) next.delete(which);
    else next.add(which);
    setClosed(next);
  };
  useLayoutEffect(() => { // what is chosen is to be seen
    const item = find(map, key);
    const around = item && 'journey' in item ? [item.journey.key, 'transaction' in item && item.kind === 'point' ? item.transaction.key : '']
      : item?.kind === 'task' ? [tasksGroup] : item?.kind === 'promise' ? [promisesGroup] : [];
    const hidden = around.filter((one) => one !== key && closed.has(one));
    if (hidden.length > 0) setClosed(new Set([...closed].filter((one) => !hidden.includes(one))));
    else if (at < 0 && rows[1]) choose(rows[1].key);
  }, [key, map]);
  useLayoutEffect(() => {
    if (!desk.focus.current || desk.typing) return;
    desk.focus.current = false;
    tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  const goTo = (n: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, n))];
    desk.focus.current = true;
    if (row) choose(row.key);
  };
  const arrows = (event: KeyboardEvent, row: Row): boolean => {
    const rtl = document.documentElement.dir === 'rtl';
    const on = event.key === (rtl ? 'ArrowLeft' : 'ArrowRight');
    const back = event.key === (rtl ? 'ArrowRight' : 'ArrowLeft');
    if (event.altKey && (on || back) && desk.editor) move(desk, on ? 'in' : 'out');
    else if (event.altKey || event.ctrlKey || event.metaKey) return false;
    else if (event.key === 'ArrowDown') goTo(at + 1);
    else if (event.key === 'ArrowUp') goTo(at - 1);
    else if (event.key === 'Home') goTo(0);
    else if (event.key === 'End') goTo(rows.length - 1);
    else if (on && row.open === false) toggle(row.key, true);
    else if (on && row.open) goTo(at + 1);
    else if (back && row.open) toggle(row.key, false);
    else if (back && row.parent) goTo(rows.findIndex((one) => one.key === row.parent));
    else return on || back;
    return true;
  };
  const press = (event: KeyboardEvent): void => {
    const row = rows[at];
    if (row && (arrows(event, row) || itemKeys(desk, event))) event.preventDefault();
  };
  return (
    <div ref={tree} class="map-tree" role="tree" aria-label={t('map.tree')} onKeyDown={press}>
      {rows.map((row) => <RowView key={row.key} desk={desk} row={row} drag={drag} wrong={wrong.has(row.key)} toggle={toggle} />)}
    </div>
  );
}
