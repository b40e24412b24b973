// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, by its key, in the language of the page: the server puts its file (texts/de.ts) before the app.
import type { en } from '../texts/en';
import { locale } from './format';

export type Key = keyof typeof en;

// Forms for numbers that English does not have: 'ask.answers:few'. Which of them a language has, Intl.PluralRules knows.
type Form = 'zero' | 'two' | 'few' | 'many';
type FormKey<Names> = Names extends string ? `${Names}:${Form}` : never;
type Own = FormKey<Key>;

// A language says all that English says, and nothing else.
export type Texts<English> = Record<keyof English, string> & Partial<Record<FormKey<keyof English>, string>>;

declare global {
  var parallaxTexts: Texts<typeof en> | [keys: string, texts: string] | undefined; // on the way it is packed (packed.ts)
}

function unpacked(keys: string[], lines: string[]): Record<string, string> {
  let before: string[] = [];
  return Object.fromEntries(keys.map((key, i) => {
    const rest = key.replace(/^\.+/, '');
    before = [...before.slice(0, key.length - rest.length), ...(rest ? rest.split('.') : [])];
    return [before.join('.'), lines[i] ?? ''];
  }));
}

const given = globalThis.parallaxTexts;
const texts: Partial<Record<Key | Own, string>> = Array.isArray(given) ? unpacked(given[0].split('\n'), given[1].split('\n')) : given ?? {};
const rules = new Intl.PluralRules(locale);

// What commands and readings say, and what they draw, is English as yet: for voices, and for the order of signs.
export const english = { lang: 'en', dir: 'ltr' } as const;

// A name may be written the other way: it is set apart, so that what stands around it stays in its place.
const apart = document.documentElement.dir === 'rtl' ? (text: string): string => `\u2068${text}\u2069` : (text: string): string => text;

// t('ask.links.count', { n: 3 }): "{n}" in the text becomes 3.
export function t(key: Key | Own, values: Record<string, string | number> = {}): string {
  const text = texts[key] ?? `\u27e6${key}\u27e7`;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : apart(String(values[name]))));
}

// Several of them in a line.
export function together(parts: (string | null | undefined | false)[], sign: string = t('comma')): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').map((part) => apart(String(part))).join(sign);
}

// What was typed with commas between, whichever commas the language has; what has one in its name stands in quotes.
export function listed(text: string): string[] {
  return (text.match(/\s*"(?:[^"]|"")*"|[^,،、，\n]+/g) ?? [])
    .map((one) => one.trim().replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"').trim())).filter(Boolean);
}

// The key for one, and for any other number: t(plural(n, 'x.one', 'x.many'), { n }).
export function plural(n: number, one: Key, many: Key): Key | Own {
  const form = rules.select(n);
  if (form === 'one') return one;
  return form !== 'other' && texts[`${many}:${form}`] !== undefined ? `${many}:${form}` : many;
}
