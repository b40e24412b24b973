// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a scale that the map declares, and what they mean. Nobody's answers may be on it (map/map_change.h).
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct } from '../../lib/ask';
import { t } from '../../lib/texts';
import { Dialog, SelectField, TextField } from '../../parts/parts';
import { inLanguage, type Text } from '../ask/map/model';
import { answersOf, answersOfAudience, cuts, saveMap, type Cut, type RawScale, type Saved, type Scale, type Shown } from './map_edit';
import { SaveOrCancel } from './save_or_cancel';

export interface User { kind: 'audience' | 'measure'; id: string; title: string; answers: number }

// Who answers on it: audiences give levels on theirs, and a measure has one. Whatever an audience answered counts, as
// its scale then stays.
export function usersOf(shown: Shown, scale: Scale): User[] {
  const own = shown.in_force.language;
  const audiences = shown.in_force.audiences.filter((one) => one.scale === scale.id)
    .map((one): User => ({ kind: 'audience', id: one.id, title: one.title ?? one.id, answers: answersOfAudience(shown, one.id) }));
  const measures = Object.entries(shown.map.measures ?? {}).filter(([, one]) => one.scale === scale.id)
    .map(([id, one]): User => ({ kind: 'measure', id, title: inLanguage(one.title ?? '', own, own) || id, answers: answersOf(shown, 'measure', [id]) }));
  return [...audiences, ...measures];
}

type Field = 'min' | 'max' | Cut;
type Wish = Record<Field, string> & { direction: Scale['direction'] };

function wishOf(scale: Scale): Wish {
  const said = (value: number | null): string => value === null ? '' : String(value);
  return { min: String(scale.min), max: String(scale.max), floor: said(scale.floor), met: said(scale.met), desired: said(scale.desired), top: said(scale.top),
    direction: scale.direction };
}

// A name stays with its number; a number without one is its own.
function moved(names: Text[] | undefined, from: number, min: number, max: number): Text[] | undefined {
  if (!names || !(max >= min && max - min <= 100)) return names;
  return Array.from({ length: max - min + 1 }, (_, i) => names[min + i - from] ?? String(min + i));
}

function rawOf(wish: Wish, before: Scale, raw: RawScale): RawScale {
  const made: RawScale = { ...raw, min: Number(wish.min), max: Number(wish.max) };
  for (const cut of cuts) if (wish[cut] === '') delete made[cut]; else made[cut] = Number(wish[cut]);
  if (wish.direction === 'down') made.direction = 'down';
  else delete made.direction;
  if (!raw.labels) return made;
  made.labels = { ...raw.labels };
  for (const kind of ['words', 'sentences'] as const) {
    const names = moved(raw.labels[kind], before.min, Number(wish.min), Number(wish.max));
    if (names) made.labels[kind] = names;
  }
  return made;
}

// What lies outside the numbers of the scale; where these are changed, the others may have to follow.
function wrongOf(wish: Wish): Partial<Record<Field, string>> {
  const min = Number(wish.min);
  const max = Number(wish.max);
  if (wish.min === '' || wish.max === '') return {};
  if (!(max > min)) return { max: t('asked.scale.above') };
  const outside = cuts.filter((cut) => wish[cut] !== '' && !(Number(wish[cut]) >= min && Number(wish[cut]) <= max));
  return Object.fromEntries(outside.map((cut) => [cut, t('asked.scale.outside', { min, max })]));
}

interface NumbersProps { shown: Shown; scale: Scale; onClose: () => void; onSaved: (saved: Saved) => void }

export function Numbers({ shown, scale, onClose, onSaved }: NumbersProps): JSX.Element {
  const [wish, setWish] = useState(() => wishOf(scale));
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLElement;
    if (Object.keys(wrongOf(wish)).length > 0) form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    else void acting.act(async () => onSaved(await saveMap(shown, (map) => {
      map.scales = { ...map.scales, [scale.id]: rawOf(wish, scale, map.scales?.[scale.id] ?? {}) };
    })));
  };
  const wrong = wrongOf(wish);
  const field = (name: Field, required: boolean): JSX.Element => (
    <TextField key={name} type="number" label={t(`asked.scale.${name}`)} value={wish[name]} required={required} error={wrong[name]} onInput={(value) => setWish((now) => ({ ...now, [name]: value }))} />
  );
  return (
    <Dialog title={t('asked.scale.numbers.title', { name: scale.id })} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <p class="quiet">{t('asked.scale.numbers.about')}</p>
        <div class="side-by-side">{field('min', true)}{field('max', true)}</div>
        <SelectField label={t('asked.scale.direction')} value={wish.direction} onChange={(value) => setWish((now) => ({ ...now, direction: value === 'down' ? 'down' : 'up' }))}
          choices={[{ value: 'up', label: t('asked.scale.up') }, { value: 'down', label: t('asked.scale.down') }]} />
        <fieldset class="choices">
          <legend class="legend-text">{t('asked.scale.cuts')}</legend>
          <p class="hint-text">{t('asked.scale.cuts.hint')}</p>
          <div class="side-by-side">{cuts.map((cut) => field(cut, false))}</div>
        </fieldset>
        <SaveOrCancel acting={acting} onClose={onClose} />
      </form>
    </Dialog>
  );
}
