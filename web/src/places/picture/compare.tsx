// SPDX-License-Identifier: GPL-3.0-or-later
// Two groups, or two periods: their pictures on one scale, and what differs in words and numbers.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { drawn, fileAt, page, type Options } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { go, useWay } from '../../lib/router';
import { t, together } from '../../lib/texts';
import { Busy, Button, CommandLine, Drawn, Notice, SelectField, TextField, Trouble } from '../../parts/parts';
import { enliven, open } from './alive';
import { keyTitle, periods, periodText, textOf, type ChoiceKey } from './chosen';
import { useChoices, type Known } from './filters';
import { ReadingTabs } from './readings';

// A side as `compare --a` takes it: tests, and a period "2026-01-01..2026-03-31".
type Side = string[];

const span = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;

// "2026-01..2026-03", a month, a day: from its first day to its last.
function whole(word: string): string {
  const parts = /^(\d{4}-\d{2})(-\d{2})?(?:\.\.(\d{4}-\d{2})(-\d{2})?)?$/.exec(word);
  const [, first = '', day = '', last = first, end = parts?.[3] ? '' : day] = parts ?? [];
  if (!parts) return word;
  const [year = 0, month = 0] = last.split('-').map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${first}${day || '-01'}..${last}${end || `-${days}`}`;
}

function optionsOf(side: Side): Options {
  const period = side.map((word) => span.exec(word)).find(Boolean);
  const where = side.filter((word) => word.includes('='));
  return { ...(period ? { since: period[1], until: period[2] } : {}), ...(where.length > 0 ? { where } : {}) };
}

function wordsOf(side: Side): string {
  return together(side.map((word) => {
    const period = span.exec(word);
    if (period) return periodText(period[1] ?? '', period[2] ?? '');
    const [key = '', value = ''] = word.split(/=(.*)/s);
    return `${keyTitle(key)}: ${value.replace(/\\\|/g, '|')}`;
  }));
}

const everything = '';

// A period of those at hand, or another by hand.
function PeriodField({ side, known, change }: { side: Side; known: Known; change: (side: Side) => void }): JSX.Element {
  const last = known.choices?.last_day;
  const given = last ? periods(last) : [];
  const now = side.find((word) => span.test(word)) ?? everything;
  const own = now !== everything && !given.some((one) => `${one.since}..${one.until}` === now);
  const [hand, setHand] = useState(own);
  const parts = span.exec(now);
  const [from, setFrom] = useState(parts?.[1] ?? '');
  const [to, setTo] = useState(parts?.[2] ?? '');
  useEffect(() => { // another address has others than those that were typed
    if (now === `${from}..${to}`) return;
    setHand(own);
    setFrom(parts?.[1] ?? '');
    setTo(parts?.[2] ?? '');
  }, [now]);
  const set = (word: string): void => change([...side.filter((one) => !span.test(one)), ...(word ? [word] : [])]);
  const dates = (since: string, until: string): void => {
    setFrom(since);
    setTo(until);
    if (since && until && since <= until) set(`${since}..${until}`);
  };
  return (
    <>
      <SelectField label={t('filter.period')} value={hand || own ? 'own' : now}
        choices={[{ value: everything, label: t('filter.time.all') },
          ...given.map((one) => ({ value: `${one.since}..${one.until}`, label: `${one.name} (${periodText(one.since, one.until)})` })),
          { value: 'own', label: t('compare.own') }]}
        onChange={(value) => { setHand(value === 'own'); if (value !== 'own') set(value); }} />
      {(hand || own) && (
        <div class="side-dates">
          <TextField label={t('filter.from')} type="date" value={from} onInput={(value) => dates(value, to)} />
          <TextField label={t('filter.to')} type="date" value={to} onInput={(value) => dates(from, value)}
            error={from && to && from > to ? t('filter.wrong') : undefined} />
        </div>
      )}
    </>
  );
}

function KeyField({ one, side, change }: { one: ChoiceKey; side: Side; change: (side: Side) => void }): JSX.Element {
  const now = side.find((word) => word.startsWith(`${one.key}=`)) ?? everything;
  const choices = [{ value: everything, label: t('filter.all') },
    ...one.values.map((value) => ({ value: textOf(one.key, [value.value]), label: value.value }))];
  if (!choices.some((choice) => choice.value === now)) choices.push({ value: now, label: now.replace(/^[^=]*=/, '') });
  return (
    <SelectField label={keyTitle(one.key)} value={now} choices={choices}
      onChange={(word) => change([...side.filter((other) => !other.startsWith(`${one.key}=`)), ...(word ? [word] : [])])} />
  );
}

function SideFields({ name, side, known, change }: { name: string; side: Side; known: Known; change: (side: Side) => void }): JSX.Element {
  const keys = [...(known.choices?.keys ?? []), ...known.more].filter((one) => one.values.length > 1);
  return (
    <fieldset class="side">
      <legend>{t('compare.side', { name })}</legend>
      <PeriodField side={side} known={known} change={change} />
      {keys.map((one) => <KeyField key={one.key} one={one} side={side} change={change} />)}
    </fieldset>
  );
}

// Two drawn pages within one: ids and names of regions are told apart by the side's.
function rename(part: HTMLElement, side: string): void {
  for (const node of part.querySelectorAll('[id]')) node.id = `${side}-${node.id}`;
  for (const name of ['for', 'aria-labelledby']) {
    for (const node of part.querySelectorAll(`[${name}]`)) {
      const ids = (node.getAttribute(name) ?? '').split(' ').map((id) => `${side}-${id}`);
      node.setAttribute(name, ids.join(' '));
    }
  }
  for (const node of part.querySelectorAll('[fill^="url(#"]')) {
    node.setAttribute('fill', (node.getAttribute('fill') ?? '').replace('url(#', `url(#${side}-`));
  }
  for (const node of part.querySelectorAll('[role="region"][aria-label]')) {
    node.setAttribute('aria-label', `${side}: ${node.getAttribute('aria-label') ?? ''}`);
  }
}

function SidePicture({ name, side }: { name: string; side: Side }): JSX.Element {
  const options = optionsOf(side);
  const shown = useAsk(side.join('\n'), (signal) => page('gaps', options, signal));
  const body = shown.data?.body;
  const select = (group: number, point: number): void => {
    const id = body?.querySelector<HTMLElement>(`#g${group}-p${point}`)?.dataset['point'];
    if (id) open(id, Object.fromEntries(Object.entries(options).map(([key, value]) => [key, Array.isArray(value) ? value : [String(value)]])));
  };
  return (
    <section class="side-picture" aria-label={`${name}: ${wordsOf(side)}`}>
      <h2><span class="side-name">{name}</span> {wordsOf(side)}</h2>
      <Trouble problem={shown.problem} again={shown.again} />
      {!body && shown.busy && <Busy />}
      {body && !shown.problem && (
        <Drawn body={body} parts="figure.journey, tbody[data-point]" onPoint={select} onDrawn={(part) => {
          for (const row of part.querySelectorAll('tbody')) row.remove();
          rename(part, name);
          enliven(part, {});
        }} />
      )}
    </section>
  );
}

// What differs in one sentence, the pictures, then every number.
function Words({ a, b }: { a: Side; b: Side }): JSX.Element {
  const shown = useAsk([...a, '', ...b].join('\n'), (signal) => drawn(fileAt('compare', 'compare.html', { a, b }), signal));
  return (
    <>
      <Trouble problem={shown.problem} again={shown.again} />
      {!shown.data && shown.busy && <Busy />}
      {shown.data && !shown.problem && <Drawn body={shown.data.body} parts="header" />}
      <SidePicture name="A" side={a} />
      <SidePicture name="B" side={b} />
      {shown.data && !shown.problem && <><Drawn body={shown.data.body} parts="main, footer" /><CommandLine line={shown.data.line} /></>}
    </>
  );
}

export function Compare(): JSX.Element {
  const way = useWay();
  const a = way.query.getAll('a').map(whole);
  const b = way.query.getAll('b').map(whole);
  const [asked, setAsked] = useState({ a, b });
  useEffect(() => setAsked({ a, b }), [[...a, '', ...b].join('\n')]); // the browser's Back, too
  const known = useChoices(true);
  document.title = `${t('reading.compare')} · Parallax`;
  const ready = a.length > 0 && b.length > 0;
  const same = [...asked.a].sort().join('\n') === [...asked.b].sort().join('\n');
  const show = (): void => {
    const query = new URLSearchParams([...asked.a.map((word) => ['a', word]), ...asked.b.map((word) => ['b', word])]);
    go(`/app/compare?${query.toString()}`);
  };
  return (
    <>
      <ReadingTabs />
      <h1>{t('compare.title')}</h1>
      <p class="lead-text">{t('compare.lead')}</p>
      <form class="sides" onSubmit={(event) => {
        event.preventDefault();
        if (asked.a.length > 0 && asked.b.length > 0 && !same) show();
      }}>
        <SideFields name="A" side={asked.a} known={known} change={(side) => setAsked({ ...asked, a: side })} />
        <SideFields name="B" side={asked.b} known={known} change={(side) => setAsked({ ...asked, b: side })} />
        <div class="acts">
          <Button kind="first" type="submit" disabled={same || asked.a.length === 0 || asked.b.length === 0}>{t('compare.show')}</Button>
          {(same || asked.a.length === 0 || asked.b.length === 0) && <span class="quiet">{t('compare.need')}</span>}
        </div>
      </form>
      {ready ? (
        <div class="compared">
          <Words a={a} b={b} />
        </div>
      ) : <Notice><p>{t('compare.example')}</p></Notice>}
    </>
  );
}
