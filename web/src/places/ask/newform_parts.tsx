// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of "New form": lists to choose from, and the choices of kind and identity in words.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { t, together, type Key } from '../../lib/texts';
import { Check } from '../../parts/parts';
import type { Choices } from './data';

export const measureKeys: Record<string, Key> = {
  level: 'ask.measure.level', believed: 'ask.measure.believed', predicted: 'ask.measure.predicted', effort: 'ask.measure.effort',
  feeling: 'ask.measure.feeling', importance: 'ask.measure.importance', card: 'ask.measure.card', overall: 'ask.measure.overall',
  recommend: 'ask.measure.recommend' };
export const questionKeys: Record<string, Key> = {
  comment: 'ask.question.comment', moment: 'ask.question.moment', suggestion: 'ask.question.suggestion', complaint: 'ask.question.complaint',
  well: 'ask.question.well', improve: 'ask.question.improve', competitors: 'ask.question.competitors', continue: 'ask.question.continue',
  easier: 'ask.question.easier' };
export const languageKeys: Record<string, Key> = {
  en: 'ask.lang.en', de: 'ask.lang.de', es: 'ask.lang.es', fr: 'ask.lang.fr', ar: 'ask.lang.ar', zh: 'ask.lang.zh' };

interface ManyProps { legend: Key; hint: Key; keys: Record<string, Key>; chosen: string[]; onChange: (chosen: string[]) => void }

export function Many({ legend, hint, keys, chosen, onChange }: ManyProps): JSX.Element {
  return (
    <fieldset class="choices">
      <legend class="legend-text">{t(legend)}</legend>
      <p class="hint-text">{t(hint)}</p>
      <div class="in-columns">
        {Object.entries(keys).map(([name, key]) => (
          <Check key={name} label={t(key)} checked={chosen.includes(name)}
            onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))} />
        ))}
      </div>
    </fieldset>
  );
}

// What a reader of another language gets: ours is translated, what the map says is not.
export function Lacking({ wanted, choices }: { wanted: string[]; choices: Choices }): JSX.Element | null {
  const lacking = wanted.filter((one) => !choices.languages.includes(one));
  const name = (code: string): string => { const key = languageKeys[code]; return key ? t(key) : code; };
  if (lacking.length === 0) return null;
  return <p class="hint-text">{t('ask.language.lacks', { languages: together(lacking.map(name)), own: name(choices.language) })}</p>;
}

interface OneProps<T extends string> { legend: Key; all: readonly T[]; title: (one: T) => string; about: (one: T) => string; value: T; onChange: (value: T) => void }

// One of a few, each explained.
export function One<T extends string>({ legend, all, title, about, value, onChange }: OneProps<T>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="choices choice-cards">
      <legend class="legend-text">{t(legend)}</legend>
      <div class="cards">
        {all.map((one) => (
          <label key={one} class={one === value ? 'card-choice chosen' : 'card-choice'}>
            <input type="radio" name={name} checked={one === value} onChange={() => onChange(one)} />
            <span><strong>{title(one)}</strong><br /><span class="quiet">{about(one)}</span></span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
