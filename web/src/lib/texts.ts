// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, by its key, in the language of the page. English stands in for what a language lacks.
import { en } from '../texts/en';
import { session } from './session';

export type Key = keyof typeof en;
export type Catalogue = Record<Key, string>;

const catalogues: Record<string, Partial<Catalogue>> = { en };
const chosen: Partial<Catalogue> = catalogues[session.language] ?? en;

// t('ask.links.count', { n: 3 }): "{n}" in the text becomes 3.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = chosen[key] ?? en[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

// The key for one, and for any other number: t(plural(n, 'x.one', 'x.many'), { n }).
export function plural(n: number, one: Key, many: Key): Key {
  return n === 1 ? one : many;
}
