// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of very many points is drawn one column per transaction, and below it the points of each behind its name.
// Which are open stands in the address (?open=ID), so that a link, a reload and the way back show the same.
import { go } from '../../lib/router';
import { t } from '../../lib/texts';

const idOf = (stretch: HTMLDetailsElement): string => stretch.dataset['transaction'] ?? '';

function stretchesOf(figure: Element): HTMLDetailsElement[] {
  return [...figure.querySelectorAll<HTMLDetailsElement>('details.stretch')];
}

// The columns, each with what it opens.
export function columnsOf(figure: Element): Map<Element, HTMLDetailsElement> {
  const byName = new Map(stretchesOf(figure).map((one) => [`#${one.dataset['stretch'] ?? ''}`, one]));
  const columns = new Map<Element, HTMLDetailsElement>();
  for (const column of figure.querySelectorAll('svg a.point.several')) {
    const stretch = byName.get(column.getAttribute('href') ?? '');
    if (stretch) columns.set(column, stretch);
  }
  return columns;
}

// Of all figures of the page: two sides are one address.
function remember(figure: Element): void {
  if (!figure.isConnected) return;
  const address = new URL(window.location.href);
  address.searchParams.delete('open');
  for (const id of new Set(stretchesOf(document.body).filter((one) => one.open).map(idOf))) address.searchParams.append('open', id);
  const next = address.pathname + address.search;
  if (next !== window.location.pathname + window.location.search) go(next, { replace: true });
}

function tell(figure: Element): void {
  for (const [column, stretch] of columnsOf(figure)) column.setAttribute('aria-expanded', String(stretch.open));
}

// A column was chosen. FALSE: it opens nothing.
export function toggle(figure: Element, column: Element): boolean {
  const stretch = columnsOf(figure).get(column);
  if (!stretch) return false;
  stretch.open = !stretch.open;
  if (stretch.open) stretch.scrollIntoView({ block: 'nearest' });
  return true;
}

// Closes what the point is in; its column has the focus then.
export function shut(figure: Element, point: Element): Element | null {
  const stretch = point.closest<HTMLDetailsElement>('details.stretch');
  if (!stretch) return null;
  stretch.open = false;
  return [...columnsOf(figure)].find(([, one]) => one === stretch)?.[0] ?? null;
}

// What is within a closed stretch cannot be focused.
export function reveal(point: Element): void {
  const stretch = point.closest<HTMLDetailsElement>('details.stretch');
  if (stretch) stretch.open = true;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button quiet';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

// Opens what the address names. FALSE: the figure has no columns of several points.
export function prepare(figure: Element): boolean {
  const stretches = stretchesOf(figure);
  if (stretches.length === 0) return false;
  const named = new URLSearchParams(window.location.search).getAll('open');
  for (const one of stretches) {
    one.open = named.includes(idOf(one));
    one.addEventListener('toggle', () => { tell(figure); remember(figure); });
  }
  tell(figure);
  const all = (open: boolean) => (): void => { for (const one of stretches) one.open = open; };
  const acts = document.createElement('p');
  acts.className = 'acts stretch-acts';
  acts.append(button(t('picture.open.all'), all(true)), button(t('picture.close.all'), all(false)));
  stretches[0]?.before(acts);
  return true;
}
