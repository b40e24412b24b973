// SPDX-License-Identifier: GPL-3.0-or-later
// The same map as a wall of cards: a row for each journey, its transactions side by side, their points below.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { count } from '../../../lib/format';
import { plural, t, together, type Key } from '../../../lib/texts';
import { Button } from '../../../parts/parts';
import { addNew, answersAt, itemKeys, kindKey, moveBy, nameOf, type Desk } from './desk';
import { dropClass, useDrag, type Drag } from './drag';
import { choose } from './draft';
import { stepAside } from './edits';
import { find, type Journey, type Point, type ServiceMap, type Transaction } from './model';
import { TitleInput } from './title';

interface Props { desk: Desk; drag: Drag; wrong: Set<string> }

function Card({ desk, drag, wrong, cardKey, point }: Props & { cardKey: string; point?: Point }): JSX.Element {
  const { map, key } = desk.draft;
  const kind = kindKey(map, cardKey);
  const n = answersAt(map, cardKey);
  const bad = wrong.has(cardKey);
  const classes = `map-card is-${kind}${cardKey === key ? ' chosen' : ''}${bad ? ' wrong' : ''}${dropClass(drag, cardKey)}`;
  if (desk.typing?.key === cardKey) return <div class={classes}><TitleInput desk={desk} /></div>;
  return (
    <button type="button" class={classes} data-key={cardKey} tabIndex={cardKey === key ? 0 : -1} aria-pressed={cardKey === key}
      onClick={() => choose(cardKey)} onFocus={() => choose(cardKey)} onDblClick={() => { if (desk.editor && kind !== 'use') desk.type(cardKey); }}
      {...drag.on(cardKey, kind === 'transaction')}>
      <span class="visually-hidden">{t(`map.kind.${kind}` as Key)}: </span>
      <span class="map-name">{bad && '! '}{nameOf(map, cardKey)}</span>
      {point && !point.use && (
        <span class="map-facts">
          {point.senses.length > 0 && <span>{together(point.senses.map((sense) => t(`map.sense.${sense}` as Key)))}</span>}
          {point.target > 0 && <span>{t('map.target.short', { level: t(`map.level.${point.target}` as Key) })}</span>}
          {n > 0 && <span>{t(plural(n, 'map.answers.one', 'map.answers.many'), { n: count(n) })}</span>}
        </span>
      )}
    </button>
  );
}

function ColumnView({ transaction, ...props }: Props & { transaction: Transaction }): JSX.Element {
  const { desk, drag } = props;
  const { draggable: _d, onDragStart: _s, ...lane } = drag.on(transaction.key);
  const add = (): void => {
    choose(transaction.key);
    addNew({ ...desk, draft: { ...desk.draft, key: transaction.key } }, 'inside');
  };
  return (
    <li class="map-column" {...lane}>
      <Card {...props} cardKey={transaction.key} />
      <ul class="map-cards">
        {transaction.points.map((point) => <li key={point.key}><Card {...props} cardKey={point.key} point={point} /></li>)}
      </ul>
      {desk.editor && <Button kind="quiet" label={`${t('map.add.inside.transaction')}: ${nameOf(desk.draft.map, transaction.key)}`} onClick={add}>+</Button>}
    </li>
  );
}

function JourneyView({ journey, ...props }: Props & { journey: Journey }): JSX.Element {
  return (
    <li class="map-lane">
      <Card {...props} cardKey={journey.key} />
      <div class="map-scroll">
        <ul class="map-columns">{journey.transactions.map((one) => <ColumnView key={one.key} {...props} transaction={one} />)}</ul>
      </div>
    </li>
  );
}

// Where an arrow leads; at the edge it stays.
function beside(map: ServiceMap, key: string, arrow: string): string {
  const item = find(map, key);
  if (item?.kind === 'journey') {
    if (arrow === 'ArrowUp') return map.journeys[item.j - 1]?.key ?? key;
    if (arrow === 'ArrowDown') return item.journey.transactions[0]?.key ?? map.journeys[item.j + 1]?.key ?? key;
    return key;
  }
  if (item?.kind === 'transaction') {
    if (arrow === 'ArrowUp') return item.journey.key;
    if (arrow === 'ArrowDown') return item.transaction.points[0]?.key ?? map.journeys[item.j + 1]?.key ?? key;
    return item.journey.transactions[item.t + (arrow === 'ArrowRight' ? 1 : -1)]?.key ?? key;
  }
  if (item?.kind !== 'point') return map.journeys[0]?.key ?? key;
  if (arrow === 'ArrowUp') return item.transaction.points[item.p - 1]?.key ?? item.transaction.key;
  if (arrow === 'ArrowDown') return item.transaction.points[item.p + 1]?.key ?? map.journeys[item.j + 1]?.key ?? key;
  const column = item.journey.transactions[item.t + (arrow === 'ArrowRight' ? 1 : -1)];
  return column?.points[Math.min(item.p, column.points.length - 1)]?.key ?? column?.key ?? key;
}

export function Canvas({ desk, wrong }: { desk: Desk; wrong: Set<string> }): JSX.Element {
  const wall = useRef<HTMLUListElement>(null);
  const drag = useDrag(desk);
  const { map, key } = desk.draft;
  const here = find(map, key);
  useLayoutEffect(() => {
    if (!here || !('journey' in here)) choose(map.journeys[0]?.key ?? '');
  }, [key, map]);
  useLayoutEffect(() => {
    if (!desk.focus.current || desk.typing) return;
    desk.focus.current = false;
    wall.current?.querySelector<HTMLElement>('[data-key][tabindex="0"]')?.focus();
  });
  const press = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.key) return;
    const arrow = event.key.startsWith('Arrow');
    const rtl = document.documentElement.dir === 'rtl';
    const way = rtl && event.key === 'ArrowLeft' ? 'ArrowRight' : rtl && event.key === 'ArrowRight' ? 'ArrowLeft' : event.key;
    if (arrow && event.altKey && (way === 'ArrowLeft' || way === 'ArrowRight') && desk.editor) moveBy(desk, stepAside(map, key, way === 'ArrowRight'));
    else if (arrow && !event.altKey && !event.ctrlKey && !event.metaKey) {
      desk.focus.current = true;
      const next = beside(map, key, way);
      if (next !== key) choose(next);
    } else if (!itemKeys(desk, event)) return;
    event.preventDefault();
  };
  return (
    <ul ref={wall} class="map-wall" aria-label={t('map.tree')} onKeyDown={press}>
      {map.journeys.map((journey) => <JourneyView key={journey.key} desk={desk} drag={drag} wrong={wrong} journey={journey} />)}
    </ul>
  );
}
