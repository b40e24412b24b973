// SPDX-License-Identifier: GPL-3.0-or-later
// What the program drew, brought to life: a point lights up wherever it stands, arrow keys walk from point to point,
// and its name leads to its evidence.
import { go } from '../../lib/router';
import { session } from '../../lib/session';
import { t } from '../../lib/texts';
import { kept, queryOf, type Asked } from './chosen';
import { columnsOf, prepare, reveal, shut, toggle } from './stretches';

export interface Listed { id: string; title: string }

// The points of a drawn page in its order, each once.
export function pointsOf(root: ParentNode): Listed[] {
  const seen = new Map<string, string>();
  for (const row of root.querySelectorAll<HTMLElement>('tbody[data-point]')) {
    const id = row.dataset['point'] ?? '';
    if (id && !seen.has(id)) seen.set(id, row.querySelector('th.point span')?.textContent ?? id);
  }
  return [...seen].map(([id, title]) => ({ id, title }));
}

export function pointAt(root: ParentNode, href: string): string {
  return /^#g\d+-p\d+$/.test(href) ? root.querySelector<HTMLElement>(href)?.dataset['point'] ?? '' : '';
}

export function addressOf(id: string, asked: Asked): string {
  return `/app/point/${encodeURIComponent(id)}${queryOf(asked)}`;
}

// Where one came from: coming back, the point has the focus again.
let left = '';

export function open(id: string, asked: Asked): void {
  left = id;
  go(addressOf(id, kept(asked)));
}

// The point that was looked at last, or walked to from there.
export function leftAt(id: string): void {
  left = id;
}

const marks = 'a.point, [data-point]';

function idOf(root: ParentNode, node: Element): string {
  return node instanceof HTMLElement && node.dataset['point'] ? node.dataset['point']
    : pointAt(root, node.getAttribute('href') ?? '');
}

function light(root: HTMLElement, id: string): void {
  for (const node of root.querySelectorAll('.lit')) node.classList.remove('lit');
  if (!id) return;
  for (const node of root.querySelectorAll(marks)) if (idOf(root, node) === id) node.classList.add('lit');
}

// The next point along the way: arrows, and to either end.
function step(all: Element[], here: Element, key: string): Element | undefined {
  const at = all.indexOf(here);
  const rtl = getComputedStyle(here).direction === 'rtl' ? -1 : 1;
  switch (key) {
    case 'ArrowRight': case 'ArrowDown': return all[Math.min(all.length - 1, Math.max(0, at + (key === 'ArrowRight' ? rtl : 1)))];
    case 'ArrowLeft': case 'ArrowUp': return all[Math.min(all.length - 1, Math.max(0, at - (key === 'ArrowLeft' ? rtl : 1)))];
    case 'Home': return all[0];
    case 'End': return all[all.length - 1];
    default: return undefined;
  }
}

function toStop(points: Element[], here: Element): void {
  for (const point of points) point.setAttribute('tabindex', point === here ? '0' : '-1');
}

// The way along the figure: a column that is open is followed by its points.
function wayOf(figure: Element): Element[] {
  const columns = columnsOf(figure);
  const way: Element[] = [];
  for (const point of figure.querySelectorAll('svg a.point')) {
    if (point.closest('details')) continue;
    way.push(point);
    const open = columns.get(point);
    if (open?.open) way.push(...open.querySelectorAll('svg a.point'));
  }
  return way;
}

function onKey(figure: Element, event: Event): void {
  if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
  const here = event.target instanceof Element ? event.target.closest('a.point') : null;
  if (!here) return;
  if (event.key === 'Escape') {
    const column = shut(figure, here);
    if (column instanceof SVGElement) { event.preventDefault(); column.focus(); }
    return;
  }
  const all = wayOf(figure);
  const next = step(all, here, event.key);
  if (!next) return;
  event.preventDefault();
  toStop(all, next);
  if (next instanceof SVGElement) next.focus();
}

function walk(root: HTMLElement): void {
  for (const figure of root.querySelectorAll('figure.journey')) {
    const points = [...figure.querySelectorAll('svg a.point')];
    const first = points[0];
    if (!first) continue;
    toStop(points, first);
    const many = prepare(figure);
    const hint = document.createElement('p');
    hint.className = 'explain walk-hint';
    hint.lang = session.language;
    hint.dir = document.documentElement.dir;
    hint.textContent = t(many ? 'picture.walk.many' : 'picture.walk');
    figure.querySelector('figcaption')?.append(hint);
    figure.addEventListener('keydown', (event) => onKey(figure, event));
    figure.addEventListener('click', (event) => {
      const here = event.target instanceof Element ? event.target.closest('a.point.several') : null;
      if (here && toggle(figure, here)) event.preventDefault();
    });
    figure.addEventListener('focusin', (event) => {
      const here = event.target instanceof Element ? event.target.closest('a.point') : null;
      if (here) toStop(points, here);
    });
  }
}

// The name of a point, in lists and in the table, is a link to its evidence.
function lead(root: HTMLElement, asked: Asked): void {
  for (const row of root.querySelectorAll<HTMLElement>('[data-point]')) {
    const name = row.querySelector('h3, strong, th.point > span');
    const id = row.dataset['point'];
    if (!name || !id) continue;
    const link = document.createElement('a');
    link.href = addressOf(id, asked);
    link.className = 'to-point';
    link.append(...name.childNodes);
    name.append(link);
    link.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      open(id, asked);
    });
  }
}

function comeBack(root: HTMLElement): void {
  if (!left) return;
  const point = [...root.querySelectorAll('svg a.point')].find((node) => pointAt(root, node.getAttribute('href') ?? '') === left);
  left = '';
  if (!(point instanceof SVGElement)) return;
  reveal(point);
  point.focus();
}

// `root` is the drawn page in ours. The links of the picture keep their own way (Drawn's onPoint).
export function enliven(root: HTMLElement, asked: Asked): void {
  walk(root);
  lead(root, asked);
  const look = (event: Event): void => {
    const node = event.target instanceof Element ? event.target.closest(marks) : null;
    light(root, node ? idOf(root, node) : '');
  };
  root.addEventListener('pointerover', look);
  root.addEventListener('focusin', look);
  root.addEventListener('pointerleave', () => light(root, ''));
  comeBack(root);
}
