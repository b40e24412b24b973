// SPDX-License-Identifier: GPL-3.0-or-later
// What outline, canvas and details share: what is being typed, what was said to an ear, which dialog is open; and
// what the keys do.
import { useRef, useState } from 'preact/hooks';
import { may } from '../../../lib/session';
import { t, type Key } from '../../../lib/texts';
import { answersOf, choose, current, edit, redo, undo, type Draft } from './draft';
import { addBelow, addInside, addPromise, addTask, change, indent, outdent, remove, step, type Edited } from './edits';
import { find, idsOf, titleOf, withText, type ServiceMap } from './model';

export type DialogName = 'remove' | 'merge' | 'split' | 'paste' | 'history' | 'back';

export interface Desk {
  draft: Draft;
  editor: boolean; // may change it
  typing: { key: string; text: string | null } | null; // text: what was typed to begin it
  type: (key: string, text?: string | null) => void;
  typed: (value: string | null, how: 'next' | 'done' | 'left') => void; // null: not after all; left: the focus is elsewhere
  said: string;
  tell: (text: string) => void;
  dialog: DialogName | null;
  open: (name: DialogName | null) => void;
  focus: { current: boolean }; // what is chosen is to be focused once it is drawn
  save: () => void;
}

export const mapGroup = 'group/map'; // the whole
export const tasksGroup = 'group/tasks';
export const promisesGroup = 'group/promises';
export const retiredGroup = 'group/retired';

export function kindKey(map: ServiceMap, key: string): 'journey' | 'transaction' | 'point' | 'use' | 'task' | 'promise' | 'retired' {
  const item = find(map, key);
  return item?.kind === 'point' && item.point.use ? 'use' : item?.kind ?? 'point';
}

export function nameOf(map: ServiceMap, key: string): string {
  const kind = kindKey(map, key);
  return titleOf(map, key) || t(`map.untitled.${kind === 'use' ? 'point' : kind}` as Key);
}

export function setTitle(before: ServiceMap, key: string, value: string, language = before.language): ServiceMap {
  return change(before, key, (item, map) => {
    if (item.kind === 'promise') item.promise.words = withText(item.promise.words, map, language, value);
    else if (item.kind === 'task') item.task.title = withText(item.task.title, map, language, value);
    else if (item.kind === 'point') item.point.title = withText(item.point.title, map, language, value);
    else if (item.kind === 'transaction') item.transaction.title = withText(item.transaction.title, map, language, value);
    else if (item.kind === 'journey') item.journey.title = withText(item.journey.title, map, language, value);
  });
}

export function answersAt(map: ServiceMap, key: string): number {
  const item = find(map, key);
  if (item?.kind === 'point') return item.point.use ? 0 : answersOf('point', idsOf(map, item.point));
  if (item?.kind === 'task') return answersOf('task', [item.task.id, ...item.task.was].filter(Boolean));
  if (item?.kind === 'promise') return answersOf('promise', [item.promise.id, ...item.promise.was].filter(Boolean));
  if (item?.kind === 'retired') return answersOf(item.retired.kind.slice(0, -1), [item.retired.id, ...item.retired.was]);
  if (item?.kind === 'transaction') return item.transaction.points.reduce((sum, point) => sum + answersAt(map, point.key), 0);
  if (item?.kind === 'journey') return item.journey.transactions.reduce((sum, one) => sum + answersAt(map, one.key), 0);
  return 0;
}

export function useDesk(draft: Draft, save: () => void): Desk {
  const [typing, setTyping] = useState<Desk['typing']>(null);
  const [said, tell] = useState('');
  const [dialog, open] = useState<DialogName | null>(null);
  const focus = useRef(false);
  const desk: Desk = {
    draft, editor: may('editor'), typing, said, tell, dialog, open, focus, save,
    type: (key, text = null) => setTyping({ key, text }),
    typed: (value, how) => {
      const key = typing?.key ?? '';
      const now = current();
      const named = now !== null && titleOf(now.map, key) !== '';
      setTyping((before) => (before?.key === key ? null : before));
      if (how !== 'left') focus.current = true;
      if (value === null || value.trim() === '') {
        dropBlank(key); // it was not to be
        return;
      }
      if (!now || !find(now.map, key)) return;
      if (value.trim() !== titleOf(now.map, key)) edit(setTitle(now.map, key, value.trim()), now.key, `title/${key}`);
      if (!named && how === 'next') add(desk, addBelow, setTyping);
    },
  };
  return desk;
}

// Was it the last step that added this one, which has no title yet?
function isBlank({ map, past }: Draft, key: string): boolean {
  const before = past.at(-1)?.map;
  return before !== undefined && !find(before, key) && !!find(map, key) && titleOf(map, key) === '';
}

// What has no title yet is not to be; what else is chosen stays so. FALSE: there is nothing of that kind.
export function dropBlank(key = current()?.key ?? ''): boolean {
  const now = current();
  if (!now || !isBlank(now, key)) return false;
  undo();
  if (now.key !== key) choose(now.key);
  return true;
}

// What is new gets its title at once; both are one step.
function add(desk: Desk, how: (map: ServiceMap, key: string) => Edited, type: (typing: Desk['typing']) => void): void {
  const now = current();
  if (!now) return;
  if (isBlank(now, now.key)) { // first this one
    const box = document.querySelector<HTMLElement>('.map-title-input');
    if (box) box.focus();
    else type({ key: now.key, text: null });
    return;
  }
  const { map, key } = how(now.map, now.key);
  edit(map, key, `title/${key}`);
  type({ key, text: null });
  desk.tell(t('map.added'));
}

export function addNew(desk: Desk, where: 'below' | 'inside' | 'task' | 'promise'): void {
  const point = find(desk.draft.map, desk.draft.key)?.kind === 'point' ? [desk.draft.key] : [];
  const how = where === 'below' ? addBelow : where === 'inside' ? addInside
    : where === 'task' ? (map: ServiceMap) => addTask(map, point) : (map: ServiceMap) => addPromise(map, point);
  add(desk, how, (typing) => { if (typing) desk.type(typing.key); });
}

function moved(desk: Desk, map: ServiceMap, why: Key = 'map.cannot'): void {
  desk.focus.current = true;
  if (map === desk.draft.map) desk.tell(t(why));
  else {
    edit(map);
    desk.tell(t('map.moved', { name: nameOf(map, desk.draft.key) }));
  }
}

export function move(desk: Desk, how: 'up' | 'down' | 'out' | 'in'): void {
  const { map, key } = desk.draft;
  if (how === 'up' || how === 'down') moved(desk, step(map, key, how === 'down'));
  else if (how === 'in') moved(desk, indent(map, key));
  else moved(desk, outdent(map, key), find(map, key)?.kind === 'point' ? 'map.stays' : 'map.cannot');
}

export function moveBy(desk: Desk, map: ServiceMap): void {
  moved(desk, map);
}

// What is without answers goes at once; else it is said what becomes of them.
export function takeAway(desk: Desk): void {
  const { map, key } = desk.draft;
  const item = find(map, key);
  if (!item || dropBlank()) return;
  if (answersAt(map, key) > 0 && item.kind !== 'retired') {
    desk.open('remove');
    return;
  }
  removeNow(desk);
}

// The neighbour is chosen then.
export function removeNow(desk: Desk): void {
  const { map, key } = desk.draft;
  const name = nameOf(map, key);
  const order = keysOf(map);
  const next = remove(map, key, answersOf);
  const left = keysOf(next);
  const at = order.indexOf(key);
  const neighbour = order.slice(at).find((one) => left.includes(one)) ?? order.slice(0, at).reverse().find((one) => left.includes(one)) ?? '';
  desk.focus.current = true;
  edit(next, neighbour);
  desk.tell(t('map.removed', { name }));
}

function keysOf(map: ServiceMap): string[] {
  return [...map.journeys.flatMap((journey) => [journey.key, ...journey.transactions.flatMap((one) => [one.key, ...one.points.map((point) => point.key)])]),
    ...map.tasks.map((one) => one.key), ...map.promises.map((one) => one.key)];
}

// Undo, redo and save, wherever one is in the editor but in a field.
export function stepKeys(desk: Desk, event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  const field = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (key === 's') desk.save();
  else if (field) return false;
  else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
  else if (key === 'z') undo();
  else return false;
  desk.focus.current = !field;
  return true;
}

// The keys that outline and canvas have in common. TRUE: it was one.
export function itemKeys(desk: Desk, event: KeyboardEvent): boolean {
  const { map, key } = desk.draft;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!desk.editor) return false;
  if (key === tasksGroup || key === promisesGroup) {
    if (plain && event.key === 'Enter') addNew(desk, key === tasksGroup ? 'task' : 'promise');
    return plain && event.key === 'Enter';
  }
  const kind = find(map, key) ? kindKey(map, key) : null;
  if (!kind || kind === 'retired') return false;
  if (event.altKey && !event.ctrlKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) move(desk, event.key === 'ArrowUp' ? 'up' : 'down');
  else if (plain && event.key === 'Enter') addNew(desk, 'below');
  else if (plain && (event.key === 'Delete' || event.key === 'Backspace')) takeAway(desk);
  else if (plain && kind !== 'use' && event.key === 'F2') desk.type(key);
  else if (plain && kind !== 'use' && event.key.length === 1 && event.key !== ' ') desk.type(key, event.key);
  else return false;
  return true;
}
