// SPDX-License-Identifier: GPL-3.0-or-later
// Above the picture: which answers it shows. What is chosen stands in the address.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { get } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { go, useWay, withChoices } from '../../lib/router';
import { t, together } from '../../lib/texts';
import { Button, Check, SelectField, TextField } from '../../parts/parts';
import { askedOf, keyTitle, periodText, periods, conditionOf, valuesOf, withValues, type Asked, type ChoiceKey, type Choices } from './chosen';
import { Pick, Ticks } from './pick';

export interface Known { choices: Choices | null; more: ChoiceKey[] }

// Days, places and the map come at once; what must be counted from all answers comes after the picture.
export function useChoices(ready: boolean): Known {
  const first = useAsk('choices', (signal) => get<Choices>('/app/data/choices', {}, signal));
  const rest = useAsk(ready ? 'more' : '', (signal) =>
    ready ? get<Choices>('/app/data/choices/more', {}, signal) : Promise.resolve(null));
  return { choices: first.data, more: rest.data?.keys ?? [] };
}

type Change = (changes: Record<string, string | string[] | null>) => void;

function namesOf(known: Known, key: string, values: string[]): string {
  const titles = known.choices?.journeys.flatMap((journey) => [journey, ...journey.transactions]) ?? [];
  const sorted = key === 'transaction' || key === 'journey'
    ? values.map((value) => titles.find((one) => one.id === value)?.title ?? value)
    : values.map((value) => value || t('filter.missing'));
  return together(sorted);
}

function summary(known: Known, key: string, values: string[]): string {
  if (values.length === 0) return t('filter.all');
  return values.length > 1 ? t('filter.several', { n: values.length }) : namesOf(known, key, values);
}

// From and to, by hand.
function Dates({ since, until, change, close }: { since: string; until: string; change: Change; close: () => void }): JSX.Element {
  const [from, setFrom] = useState(since);
  const [to, setTo] = useState(until);
  const wrong = from !== '' && to !== '' && from > to;
  return (
    <form class="pick-dates" onSubmit={(event) => {
      event.preventDefault();
      if (wrong) return;
      change({ since: from || null, until: to || null });
      close();
    }}>
      <TextField label={t('filter.from')} type="date" value={from} onInput={setFrom} />
      <TextField label={t('filter.to')} type="date" value={to} onInput={setTo} error={wrong ? t('filter.wrong') : undefined} />
      <Button type="submit">{t('filter.show')}</Button>
    </form>
  );
}

function PeriodPick({ known, asked, change }: { known: Known; asked: Asked; change: Change }): JSX.Element {
  const since = asked['since']?.[0] ?? '';
  const until = asked['until']?.[0] ?? '';
  const last = known.choices?.last_day;
  const given = last ? periods(last) : [];
  const same = given.find((one) => one.since === since && one.until === until);
  const dated = since !== '' || until !== '';
  const choose = (from: string | null, to: string | null, close: () => void): void => {
    change({ since: from, until: to });
    close();
  };
  return (
    <Pick label={t('filter.period')} on={dated} chosen={same?.name ?? (dated ? periodText(since, until) : t('filter.time.all'))}>
      {(close) => (
        <>
          <ul class="pick-list">
            <li><button type="button" class="pick-one" aria-pressed={!dated} onClick={() => choose(null, null, close)}>{t('filter.time.all')}</button></li>
            {given.map((one) => (
              <li key={one.name}>
                <button type="button" class="pick-one" aria-pressed={one === same} onClick={() => choose(one.since, one.until, close)}>
                  {one.name}<span class="quiet pick-n">{periodText(one.since, one.until)}</span>
                </button>
              </li>
            ))}
          </ul>
          <Dates since={since} until={until} change={change} close={close} />
        </>
      )}
    </Pick>
  );
}

function KeyPick({ known, one, asked, change }: { known: Known; one: ChoiceKey; asked: Asked; change: Change }): JSX.Element {
  const chosen = valuesOf(asked, one.key);
  return (
    <Pick label={keyTitle(one.key)} on={chosen.length > 0} chosen={summary(known, one.key, chosen)}>
      {() => <Ticks label={keyTitle(one.key)} values={one.values} chosen={chosen}
        onChange={(values) => change({ where: withValues(asked, one.key, values) })} />}
    </Pick>
  );
}

// Parts of the journey: numbers stay, fewer points are looked at.
function PartPick({ known, asked, change }: { known: Known; asked: Asked; change: Change }): JSX.Element | null {
  const journeys = known.choices?.journeys ?? [];
  const values = journeys.flatMap((journey) => journey.transactions.map((one) => ({
    value: one.id, n: one.points, title: journeys.length > 1 ? `${journey.title} › ${one.title}` : one.title })));
  const chosen = valuesOf(asked, 'transaction');
  if (values.length < 2) return null;
  return (
    <Pick label={t('key.transaction')} on={chosen.length > 0} chosen={summary(known, 'transaction', chosen)}>
      {() => <Ticks label={t('key.transaction')} values={values} chosen={chosen}
        onChange={(ids) => change({ where: withValues(asked, 'transaction', ids) })} />}
    </Pick>
  );
}

// One picture for each place, month, channel.
function SplitPick({ keys, asked, change }: { keys: ChoiceKey[]; asked: Asked; change: Change }): JSX.Element {
  const by = asked['by']?.[0] ?? '';
  const values = [...keys.map((one) => one.key), 'month'];
  return (
    <SelectField label={t('filter.by')} value={by} onChange={(value) => change({ by: value || null })}
      choices={[{ value: '', label: t('filter.by.none') },
        ...[...new Set([...values, ...(by ? [by] : [])])].map((value) => ({ value, label: keyTitle(value) }))]} />
  );
}

interface Chip { text: string; without: Record<string, string | string[] | null> }

function chipsOf(known: Known, asked: Asked): Chip[] {
  const chips: Chip[] = [];
  const since = asked['since']?.[0] ?? '';
  const until = asked['until']?.[0] ?? '';
  if (since || until) chips.push({ text: periodText(since, until), without: { since: null, until: null } });
  const where = asked['where'] ?? [];
  for (const text of where) {
    const test = conditionOf(text);
    const words = !test ? text : t(test.not ? 'filter.chip.not' : 'filter.chip',
      { key: keyTitle(test.key), values: namesOf(known, test.key, test.values) });
    chips.push({ text: words, without: { where: where.filter((other) => other !== text) } });
  }
  const by = asked['by']?.[0];
  if (by) chips.push({ text: t('filter.chip.by', { key: keyTitle(by) }), without: { by: null } });
  return chips;
}

// What is chosen, each to be taken away.
export function Chips({ known }: { known: Known }): JSX.Element | null {
  const way = useWay();
  const chips = chipsOf(known, askedOf(way));
  if (chips.length === 0) return null;
  return (
    <div class="chips">
      <ul aria-label={t('filter.chosen')}>
        {chips.map((chip) => (
          <li key={chip.text}>
            <button type="button" class="chip" aria-label={t('filter.remove', { what: chip.text })}
              onClick={() => go(withChoices(way, chip.without))}>
              {chip.text} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <Button kind="quiet" onClick={() => go(withChoices(way, { since: null, until: null, where: null, by: null }))}>
        {t('filter.clear')}
      </Button>
    </div>
  );
}

export function Filters({ known, split = true, folded }: { known: Known; split?: boolean; folded?: boolean }): JSX.Element {
  const way = useWay();
  const asked = askedOf(way);
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState(false); // on a phone, where they would fill the screen
  const change: Change = (changes) => go(withChoices(way, changes));
  const places = known.choices?.keys ?? [];
  const usable = [...places, ...known.more].filter((one) => one.values.length > 1 || valuesOf(asked, one.key).length > 0);
  const front = usable.filter((one) => all || one.key === 'place' || one.key === 'channel' || one.key.startsWith('segment.') ||
    valuesOf(asked, one.key).length > 0);
  return (
    <section class={shown ? 'choose unfolded' : 'choose'} aria-label={t('filter.title')}>
      <button type="button" class="button second choose-fold" aria-expanded={shown} onClick={() => setShown(!shown)}>{t('filter.fold')}</button>
      <div class="filters">
        <PeriodPick known={known} asked={asked} change={change} />
        {front.map((one) => <KeyPick key={one.key} known={known} one={one} asked={asked} change={change} />)}
        {!folded && <PartPick known={known} asked={asked} change={change} />}
        {split && <SplitPick keys={usable} asked={asked} change={change} />}
        {usable.length > front.length || all
          ? <Check label={t('filter.more')} checked={all} onChange={setAll} /> : null}
      </div>
      <Chips known={known} />
    </section>
  );
}
