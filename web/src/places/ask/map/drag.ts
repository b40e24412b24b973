// SPDX-License-Identifier: GPL-3.0-or-later
// Dragging with the mouse; all of it can be done by keyboard, too.
import { useState } from 'preact/hooks';
import { choose, current } from './draft';
import { moveBy, type Desk } from './desk';
import { moveTo, type Where } from './edits';
import { find } from './model';

export interface Drop { key: string; where: Where }

interface Handlers {
  draggable: boolean;
  onDragStart: (event: DragEvent) => void;
  onDragOver: (event: DragEvent) => void;
  onDragLeave: () => void;
  onDrop: (event: DragEvent) => void;
  onDragEnd: () => void;
}

export interface Drag {
  drop: Drop | null;
  on: (key: string, sideways?: boolean) => Handlers | Record<string, never>;
}

let dragged = '';

// Above or below the middle of what it is over; within what holds its kind.
function whereOn(event: DragEvent, key: string, sideways: boolean): Where {
  const map = current()?.map;
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const holds = { point: 'transaction', transaction: 'journey' } as Record<string, string>;
  const kind = map ? find(map, dragged)?.kind ?? '' : '';
  if (map && holds[kind] === find(map, key)?.kind) return 'into';
  const rtl = document.documentElement.dir === 'rtl';
  const first = sideways ? (event.clientX < box.left + box.width / 2) !== rtl : event.clientY < box.top + box.height / 2;
  return first ? 'before' : 'after';
}

export function useDrag(desk: Desk): Drag {
  const [drop, setDrop] = useState<Drop | null>(null);
  const end = (): void => {
    dragged = '';
    setDrop(null);
  };
  const on = (key: string, sideways = false): Handlers | Record<string, never> => (!desk.editor ? {} : {
    draggable: desk.typing?.key !== key,
    onDragStart: (event) => {
      event.stopPropagation();
      dragged = key;
      event.dataTransfer?.setData('text/plain', key);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
    },
    onDragOver: (event) => {
      if (!dragged || dragged === key) return;
      event.preventDefault();
      event.stopPropagation();
      const where = whereOn(event, key, sideways);
      if (drop?.key !== key || drop.where !== where) setDrop({ key, where });
    },
    onDragLeave: () => setDrop(null),
    onDrop: (event) => {
      event.preventDefault();
      event.stopPropagation();
      const from = dragged;
      const now = current();
      if (from && now) {
        choose(from);
        moveBy({ ...desk, draft: { ...now, key: from } }, moveTo(now.map, from, key, whereOn(event, key, sideways)));
      }
      end();
    },
    onDragEnd: end,
  });
  return { drop, on };
}

export function dropClass(drag: Drag, key: string): string {
  return drag.drop?.key === key ? ` drop-${drag.drop.where}` : '';
}
