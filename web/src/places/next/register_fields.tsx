// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a step's plan, in the order in which one decides.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { reading } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { t, together, type Key } from '../../lib/texts';
import { Button, Field, SelectField, TextField, type Choice } from '../../parts/parts';
import { placesOf, planOf, type Plan, type Side } from './plan';
import type { FormProps } from './register';
import type { Planned, Proposal, Step } from './types';
import { levelName } from './words';

interface Gaps { groups: { points: { point: string; title: string }[] }[] }

// Those of the map that answers are about: first the proposed ones, in their order.
function usePoints(proposals: Proposal[], wanted: boolean): Choice[] {
  const asked = useAsk(wanted ? 'points' : '', async (signal) => (wanted ? reading<Gaps>('gaps', {}, signal) : null));
  const first = proposals.filter((one) => one.repair === 'delivery').map((one) => ({ value: one.point, label: one.title }));
  const rest = (asked.data?.groups[0]?.points ?? []).filter((one) => !first.some((two) => two.value === one.point))
    .map((one) => ({ value: one.point, label: one.title }));
  return [...first, ...rest];
}

// Another moment: what is proposed there; what is said by hand stays.
function forPoint(point: string, proposals: Proposal[], before: Plan): Plan {
  const found = proposals.find((one) => one.point === point && one.repair === 'delivery') ?? null;
  return found ? { ...planOf(found, point), note: before.note, owner: before.owner, start: before.start } : { ...before, point };
}

// The levels of the map; until the program has told them, the six of most maps.
const six: Step['levels'] = [1, 2, 3, 4, 5, 6].map((level) => ({ level, word: null }));

interface WhatProps { form: FormProps; proposals: Proposal[]; known: Planned | null; fixed: Step | null }

export function What({ form, proposals, known, fixed }: WhatProps): JSX.Element {
  const { plan, change, error } = form;
  const points = usePoints(proposals, fixed === null);
  const others = plan.point && !points.some((one) => one.value === plan.point) ? [{ value: plan.point, label: known?.title ?? plan.point }] : [];
  const told = useRef(fixed?.levels ?? six);
  if (known) told.current = known.levels;
  const levels = told.current;
  const word = (n: number): string => {
    const found = levels.find((one) => one.level === n)?.word ?? proposals.flatMap((one) => [[one.from, one.levels.from.word], [one.to, one.levels.to.word]] as const).find(([m, w]) => m === n && w)?.[1];
    return levelName(n, found);
  };
  return (
    <fieldset class="part">
      <legend>{t('next.reg.what')}</legend>
      {fixed ? <p>{t('next.reg.fixed', { title: fixed.title })}</p> : (
        <Field label={t('next.reg.point')} error={error('point')}>
          {(id, about) => (
            <select id={id} aria-describedby={about} aria-invalid={error('point') ? true : undefined} value={plan.point}
              onChange={(event) => change(forPoint(event.currentTarget.value, proposals, plan))}>
              {!plan.point && <option value="">{t('next.reg.point.none')}</option>}
              {[...others, ...points].map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
            </select>
          )}
        </Field>
      )}
      <SelectField label={t('next.reg.repair')} value={plan.repair} onChange={(repair) => change({ repair: repair === 'promise' ? 'promise' : 'delivery' })}
        choices={[{ value: 'delivery', label: t('next.reg.repair.delivery') }, { value: 'promise', label: t('next.reg.repair.promise') }]} />
      <Field label={t('next.reg.from')} error={error('from')} hint={t('next.reg.from.hint')}>
        {(id, about) => (
          <select id={id} aria-describedby={about} value={plan.from} onChange={(event) => change({ from: event.currentTarget.value })}>
            {levels.slice(0, -1).map(({ level: n }) => <option key={n} value={n}>{t('next.reg.fromto', { from: word(n), to: word(n + 1) })}</option>)}
          </select>
        )}
      </Field>
      <TextField label={t('next.reg.share', { level: word(Number(plan.from) + 1) })} hint={t('next.reg.share.hint')} type="number" value={plan.share}
        error={error('share')} onInput={(share) => change({ share })} />
      <Field label={t('next.reg.note')} hint={t('next.reg.note.hint')} error={error('note')}>
        {(id, about) => <textarea id={id} dir="auto" aria-describedby={about} aria-invalid={error('note') ? true : undefined} value={plan.note} onInput={(event) => change({ note: event.currentTarget.value })} />}
      </Field>
      <TextField label={t('next.reg.owner')} value={plan.owner} error={error('owner')} onInput={(owner) => change({ owner })} />
    </fieldset>
  );
}

const sides: { value: Side; label: Key }[] = [
  { value: 'neither', label: 'next.side.neither' }, { value: 'step', label: 'next.side.step' }, { value: 'compare', label: 'next.side.compare' }];

// Half of those that are in it, by lot: who chooses places chooses the willing ones.
function drawn(names: string[]): Record<string, Side> {
  const order = [...names];
  for (let i = order.length - 1; i > 0; i--) {
    const j = crypto.getRandomValues(new Uint32Array(1))[0]! % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return Object.fromEntries(order.map((name, i): [string, Side] => [name, i < order.length / 2 ? 'step' : 'compare']));
}

export function Where({ form, places }: { form: FormProps; places: string[] }): JSX.Element {
  const { plan, change, error } = form;
  const all = [...new Set([...places, ...Object.keys(plan.sides)])].sort();
  const chosen = all.filter((name) => (plan.sides[name] ?? 'neither') !== 'neither');
  const wrong = error('places') ?? error('compare') ?? error('sides');
  const mode = (everywhere: boolean, title: Key, hint: Key): JSX.Element => (
    <label class="check">
      <input type="radio" name="mode" checked={plan.everywhere === everywhere} onChange={() => change({ everywhere })} />
      <span><b>{t(title)}</b> <span class="hint-text">{t(hint)}</span></span>
    </label>
  );
  return (
    <fieldset class="part">
      <legend>{t('next.reg.where')}</legend>
      {mode(false, 'next.reg.some', 'next.reg.some.hint')}
      {mode(true, 'next.reg.everywhere', 'next.reg.everywhere.hint')}
      {wrong && <p class="error-text" role="alert">{wrong}</p>}
      {!plan.everywhere && all.length === 0 && <p class="quiet">{t('next.reg.noplaces')}</p>}
      {!plan.everywhere && all.length > 0 && (
        <>
          <p aria-live="polite">{t('next.reg.count', { step: placesOf(plan, 'step').length, compare: placesOf(plan, 'compare').length })}</p>
          <div class="acts">
            <Button onClick={() => change({ sides: drawn(chosen.length >= 2 ? chosen : all) })}>{t('next.reg.lot')}</Button>
            <Button kind="quiet" onClick={() => change({ sides: {} })}>{t('next.reg.nobody')}</Button>
          </div>
          <p class="hint-text">{t('next.reg.lot.hint')}</p>
          <ul class="places-list">
            {all.map((name, i) => (
              <li key={name}>
                <label for={`place-${i}`}>{name}</label>
                <select id={`place-${i}`} class={`side-${plan.sides[name] ?? 'neither'}`} value={plan.sides[name] ?? 'neither'} onChange={(event) => {
                  const side = sides.find((one) => one.value === event.currentTarget.value)?.value ?? 'neither';
                  change({ sides: { ...plan.sides, [name]: side } });
                }}>
                  {sides.map((side) => <option key={side.value} value={side.value}>{t(side.label)}</option>)}
                </select>
              </li>
            ))}
          </ul>
        </>
      )}
    </fieldset>
  );
}

// The days that were meant, once the program has counted them.
function daysOf(known: Planned | null): string {
  return known ? ` ${t('next.reg.looks.days', { days: together(known.looks.map((look) => dayText(look.day))) })}` : '';
}

export function HowLong({ form, known }: { form: FormProps; known: Planned | null }): JSX.Element {
  const { plan, change, error } = form;
  return (
    <fieldset class="part">
      <legend>{t('next.reg.long')}</legend>
      <TextField label={t('next.reg.start')} hint={t('next.reg.start.hint')} type="date" value={plan.start} error={error('start')} onInput={(start) => change({ start })} />
      <TextField label={t('next.reg.looks')} hint={`${t('next.reg.looks.hint')}${daysOf(known)}`} value={plan.looks} error={error('looks')} onInput={(looks) => change({ looks })} />
    </fieldset>
  );
}

export function Finer({ form }: { form: FormProps }): JSX.Element {
  const { plan, change, error } = form;
  const wrong = error('window') ?? error('margin') ?? error('untouched');
  return (
    <details class="part finer" open={wrong !== undefined || undefined}>
      <summary>{t('next.reg.finer')}</summary>
      <div class="form">
        <TextField label={t('next.reg.window')} hint={t('next.reg.window.hint')} value={plan.window} error={error('window')} onInput={(window) => change({ window })} />
        <TextField label={t('next.reg.margin')} hint={t('next.reg.margin.hint')} value={plan.margin} error={error('margin')} onInput={(margin) => change({ margin })} />
        <TextField label={t('next.reg.untouched')} hint={t('next.reg.untouched.hint')} value={plan.untouched} error={error('untouched')} onInput={(untouched) => change({ untouched })} />
      </div>
    </details>
  );
}
