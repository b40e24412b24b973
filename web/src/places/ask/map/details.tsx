// SPDX-License-Identifier: GPL-3.0-or-later
// All that is said of what is chosen.
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { inList } from '../../../lib/api';
import { count } from '../../../lib/format';
import { listed, plural, t, together, type Key } from '../../../lib/texts';
import { Button, Check, SelectField, TextField } from '../../../parts/parts';
import { addNew, answersAt, kindKey, mapGroup, nameOf, setTitle, type Desk } from './desk';
import { choose, edit } from './draft';
import { addUse, change, type Edited } from './edits';
import { allPoints, find, languagesOf, say, titleOf, withText, type Item, type Point, type ServiceMap, type Text } from './model';

const senses = ['see', 'hear', 'touch', 'taste', 'smell', 'feel'] as const;
const values = ['product', 'delivery', 'mindset', 'relationship'] as const;
const efforts = ['today', 'week', 'quarter', 'project'] as const;

interface PartProps { desk: Desk; language: string }

// Changes the chosen point; letters typed into one field are one step.
function onPoint(desk: Desk, alter: (point: Point, map: ServiceMap) => void, tag = ''): void {
  edit(change(desk.draft.map, desk.draft.key, (item, map) => { if (item.kind === 'point') alter(item.point, map); }), undefined, tag);
}

function Fieldset({ legend, hint, children }: { legend: string; hint?: string; children: ComponentChildren }): JSX.Element {
  return (
    <fieldset class="map-set">
      <legend class="legend-text">{legend}</legend>
      {hint && <p class="hint-text">{hint}</p>}
      {children}
    </fieldset>
  );
}

function Senses({ desk, point }: { desk: Desk; point: Point }): JSX.Element {
  const toggle = (sense: string): void => onPoint(desk, (one) => {
    one.senses = senses.filter((name) => one.senses.includes(name) !== (name === sense));
  });
  return (
    <Fieldset legend={t('map.field.senses')}>
      <div class="map-senses">
        {senses.map((sense) => (
          <button key={sense} type="button" class="map-sense" aria-pressed={point.senses.includes(sense)} onClick={() => toggle(sense)}>
            {t(`map.sense.${sense}`)}
          </button>
        ))}
      </div>
    </Fieldset>
  );
}

function Levels({ desk, language, point }: PartProps & { point: Point }): JSX.Element {
  const { map, key } = desk.draft;
  const write = (n: number, value: string): void => onPoint(desk, (one, now) => {
    const said = withText(one.levels[n] ?? '', now, language, value);
    const { [String(n)]: _, ...others } = one.levels;
    one.levels = said === '' ? others : { ...others, [String(n)]: said };
  }, `level${n}/${language}/${key}`);
  return (
    <Fieldset legend={t('map.field.levels')} hint={t('map.field.levels.hint')}>
      {[6, 5, 4, 3, 2, 1].map((n) => (
        <TextField key={n} label={`${n} ${t(`map.level.${n}` as Key)}`} value={say(point.levels[n] ?? '', map, language)}
          onInput={(value) => write(n, value)} />
      ))}
    </Fieldset>
  );
}

// Ticks: which of `items` are about, or made by, the chosen point.
function Ties({ desk, kind }: { desk: Desk; kind: 'promise' | 'task' }): JSX.Element {
  const { map, key } = desk.draft;
  const items = kind === 'promise' ? map.promises : map.tasks;
  const tie = (which: string, on: boolean): void => edit(change(map, which, (item) => {
    const list = item.kind === 'promise' ? item.promise : item.kind === 'task' ? item.task : null;
    if (list) list.points = on ? [...list.points, key] : list.points.filter((one) => one !== key);
  }));
  return (
    <Fieldset legend={t(kind === 'promise' ? 'map.field.promises' : 'map.field.tasks')}>
      {items.map((item) => (
        <Check key={item.key} label={nameOf(map, item.key)} checked={item.points.includes(key)} onChange={(on) => tie(item.key, on)} />
      ))}
      <Button kind="quiet" onClick={() => addNew(desk, kind)}>{t(kind === 'promise' ? 'map.add.promise' : 'map.add.task')}</Button>
    </Fieldset>
  );
}

function PointDetails({ desk, language, point }: PartProps & { point: Point }): JSX.Element {
  const none = { value: '', label: t('map.field.none') };
  return (
    <>
      <Senses desk={desk} point={point} />
      <Channels key={point.key} desk={desk} point={point} />
      <SelectField label={t('map.field.value')} value={point.value} onChange={(value) => onPoint(desk, (one) => { one.value = value; })}
        choices={[none, ...values.map((value) => ({ value, label: t(`map.value.${value}`) }))]} />
      <SelectField label={t('map.field.target')} value={String(point.target || '')}
        onChange={(value) => onPoint(desk, (one) => { one.target = Number(value); })}
        choices={[none, ...[6, 5, 4, 3, 2, 1].map((n) => ({ value: String(n), label: `${n} ${t(`map.level.${n}` as Key)}` }))]} />
      <SelectField label={t('map.field.effort')} value={point.effort} onChange={(value) => onPoint(desk, (one) => { one.effort = value; })}
        choices={[none, ...efforts.map((value) => ({ value, label: t(`map.effort.${value}`) }))]} />
      <Levels desk={desk} language={language} point={point} />
      <Ties desk={desk} kind="promise" />
      <Ties desk={desk} kind="task" />
    </>
  );
}

// What is typed stays as it is typed, with its blanks and commas.
function Channels({ desk, point }: { desk: Desk; point: Point }): JSX.Element {
  const [typed, setTyped] = useState(point.channels.map(inList).join(', '));
  const list = (text: string): string[] => [...new Set(listed(text))];
  const shown = list(typed).join() === point.channels.join() ? typed : point.channels.map(inList).join(', ');
  return (
    <TextField label={t('map.field.channels')} hint={t('map.field.channels.hint')} value={shown} onInput={(value) => {
      setTyped(value);
      onPoint(desk, (one) => { one.channels = list(value); }, `channels/${point.key}`);
    }} />
  );
}

function UseDetails({ desk, point }: { desk: Desk; point: Point }): JSX.Element {
  const home = find(desk.draft.map, point.use);
  return (
    <>
      <p>{t('map.field.use', { name: home?.kind === 'point' ? nameOf(desk.draft.map, home.journey.key) : '' })}</p>
      <Button onClick={() => choose(point.use)}>{t('map.field.use.go')}</Button>
    </>
  );
}

function TransactionDetails({ desk, item }: { desk: Desk; item: Extract<Item, { kind: 'transaction' }> }): JSX.Element | null {
  const { map, key } = desk.draft;
  const here = item.journey.transactions.flatMap((one) => one.points.map((point) => point.use || point.key));
  const others = allPoints(map).filter((point) => !here.includes(point.key));
  if (map.journeys.length < 2 || others.length === 0) return null;
  return (
    <SelectField label={t('map.field.use.add')} value="" choices={[{ value: '', label: t('map.field.use.none') },
      ...others.map((point) => ({ value: point.key, label: nameOf(map, point.key) }))]}
      onChange={(value) => {
        if (!value) return;
        const edited: Edited = addUse(map, key, value);
        edit(edited.map, edited.key);
      }} />
  );
}

function TiedPoints({ desk, points, legend }: { desk: Desk; points: string[]; legend: Key }): JSX.Element {
  const { map, key } = desk.draft;
  const tie = (which: string, on: boolean): void => edit(change(map, key, (item) => {
    const list = item.kind === 'promise' ? item.promise : item.kind === 'task' ? item.task : null;
    if (list) list.points = on ? [...list.points, which] : list.points.filter((one) => one !== which);
  }));
  return (
    <Fieldset legend={t(legend)}>
      <div class="map-ticks">
        {allPoints(map).map((point) => (
          <Check key={point.key} label={nameOf(map, point.key)} checked={points.includes(point.key)} onChange={(on) => tie(point.key, on)} />
        ))}
      </div>
    </Fieldset>
  );
}

function TaskDetails({ desk, language, item }: PartProps & { item: Extract<Item, { kind: 'task' }> }): JSX.Element {
  const { map, key } = desk.draft;
  const write = (alter: (task: typeof item.task, now: ServiceMap) => void, tag: string): void =>
    edit(change(map, key, (one, now) => { if (one.kind === 'task') alter(one.task, now); }), undefined, `${tag}/${key}`);
  return (
    <>
      <TextField label={t('map.field.owner')} value={say(item.task.owner, map, language)}
        onInput={(value) => write((task, now) => { task.owner = withText(task.owner, now, language, value); }, `owner/${language}`)} />
      <TextField label={t('map.field.event')} value={item.task.event} onInput={(value) => write((task) => { task.event = value; }, 'event')} />
      <TiedPoints desk={desk} points={item.task.points} legend="map.field.points.task" />
    </>
  );
}

function PromiseDetails({ desk, language, item }: PartProps & { item: Extract<Item, { kind: 'promise' }> }): JSX.Element {
  const { map, key } = desk.draft;
  const write = (alter: (promise: typeof item.promise, now: ServiceMap) => void, tag: string): void =>
    edit(change(map, key, (one, now) => { if (one.kind === 'promise') alter(one.promise, now); }), undefined, `${tag}/${key}`);
  return (
    <>
      <TextField label={t('map.field.where')} value={say(item.promise.where, map, language)}
        onInput={(value) => write((promise, now) => { promise.where = withText(promise.where, now, language, value); }, `where/${language}`)} />
      <TextField label={t('map.field.since')} type="date" value={item.promise.since}
        onInput={(value) => write((promise) => { promise.since = value; }, 'since')} />
      <TiedPoints desk={desk} points={item.promise.points} legend="map.field.points.promise" />
    </>
  );
}

function Languages({ desk, language, choose: take }: PartProps & { choose: (language: string) => void }): JSX.Element {
  const [more, setMore] = useState('');
  const [bad, setBad] = useState(false);
  const known = languagesOf(desk.draft.map);
  const all = known.includes(language) ? known : [...known, language];
  const add = (): void => {
    const good = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(more);
    setBad(!good);
    if (!good) return;
    take(more);
    setMore('');
  };
  return (
    <details class="map-more">
      <summary>{t('map.field.language')}: {language}</summary>
      <SelectField label={t('map.field.language')} value={language} onChange={take} choices={all.map((value) => ({ value, label: value }))} />
      <TextField label={t('map.field.language.new')} hint={t('map.field.language.hint')} value={more} onInput={setMore}
        error={bad ? t('map.field.language.bad') : undefined} />
      <Button onClick={add}>{t('map.field.language.add')}</Button>
    </details>
  );
}

function idText(item: Item): string {
  if (item.kind === 'journey' || item.kind === 'task' || item.kind === 'promise' || item.kind === 'point') {
    const named = item.kind === 'journey' ? item.journey : item.kind === 'task' ? item.task : item.kind === 'promise' ? item.promise : item.point;
    return together([named.id ? t('map.field.id', { id: named.id }) : t('map.field.id.new'),
      named.was.length > 0 ? t('map.field.was', { ids: together(named.was) }) : ''], ' · ');
  }
  return '';
}

function textOf(map: ServiceMap, item: Item, language: string): string {
  switch (item.kind) {
    case 'journey': return say(item.journey.title, map, language);
    case 'transaction': return say(item.transaction.title, map, language);
    case 'point': return say(item.point.title, map, language);
    case 'task': return say(item.task.title, map, language);
    case 'promise': return say(item.promise.words, map, language);
    case 'retired': return '';
  }
}

// The whole: what it is called, and a line about it.
function MapDetails({ desk }: { desk: Desk }): JSX.Element {
  const { map } = desk.draft;
  const [chosen, setLanguage] = useState('');
  const language = chosen || map.language;
  const about = (map.rest.about ?? '') as Text;
  return (
    <section class="map-details" id="map-details" tabIndex={-1} aria-label={t('map.details')}>
      <p class="map-kind">{t('map.group.map')}</p>
      <fieldset class="map-form" disabled={!desk.editor}>
        <legend class="visually-hidden">{t('map.details')}</legend>
        <TextField label={t('map.field.title')} value={say(map.title, map, language)} required
          onInput={(value) => edit({ ...map, title: withText(map.title, map, language, value) }, undefined, `map/title/${language}`)} />
        <TextField label={t('map.field.about')} value={say(about, map, language)}
          onInput={(value) => edit({ ...map, rest: { ...map.rest, about: withText(about, map, language, value) } }, undefined, `map/about/${language}`)} />
        <Languages desk={desk} language={language} choose={setLanguage} />
      </fieldset>
    </section>
  );
}

export function Details({ desk }: { desk: Desk }): JSX.Element {
  const { map, key } = desk.draft;
  const [chosen, setLanguage] = useState('');
  const language = chosen || map.language;
  const item = find(map, key);
  if (key === mapGroup) return <MapDetails desk={desk} />;
  if (!item) return <section class="map-details" id="map-details" tabIndex={-1} aria-label={t('map.details')}><p class="quiet">{t('map.details.none')}</p></section>;
  const kind = kindKey(map, key);
  const n = answersAt(map, key);
  return (
    <section class="map-details" id="map-details" tabIndex={-1} aria-label={t('map.details')} key={key}>
      <p class="map-kind">{t(`map.kind.${kind}`)} · {n > 0 ? t(plural(n, 'map.answers.one', 'map.answers.many'), { n: count(n) }) : t('map.answers.none')}</p>
      {(!desk.editor || kind === 'use' || kind === 'retired') && <h2>{titleOf(map, key)}</h2>}
      {kind !== 'use' && kind !== 'retired' && (
        <fieldset class="map-form" disabled={!desk.editor}>
          <legend class="visually-hidden">{t('map.details')}</legend>
          <TextField label={`${t(kind === 'promise' ? 'map.field.words' : 'map.field.title')}${language === map.language ? '' : ` (${language})`}`} hint={kind === 'point' ? t('map.field.title.hint') : ''}
            value={textOf(map, item, language)} required
            onInput={(value) => edit(setTitle(map, key, value, language), undefined, `${language === map.language ? 'title' : `title.${language}`}/${key}`)} />
          {item.kind === 'point' && <PointDetails desk={desk} language={language} point={item.point} />}
          {item.kind === 'task' && <TaskDetails desk={desk} language={language} item={item} />}
          {item.kind === 'promise' && <PromiseDetails desk={desk} language={language} item={item} />}
          {item.kind === 'transaction' && <TransactionDetails desk={desk} item={item} />}
          <Languages desk={desk} language={language} choose={setLanguage} />
        </fieldset>
      )}
      {item.kind === 'point' && kind === 'use' && <UseDetails desk={desk} point={item.point} />}
      {item.kind === 'retired' && item.retired.kind === 'points' && desk.editor && <Button onClick={() => desk.open('back')}>{t('map.back')}</Button>}
      <p class="hint-text">{idText(item)}</p>
    </section>
  );
}
