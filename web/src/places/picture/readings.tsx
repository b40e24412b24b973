// SPDX-License-Identifier: GPL-3.0-or-later
// The readings as tabs, with the question that each answers.
import type { JSX } from 'preact';
import { Link, useWay } from '../../lib/router';
import { t, type Key } from '../../lib/texts';
import { Tabs } from '../../parts/parts';
import { askedOf, queryOf } from './chosen';

export interface ReadingInfo {
  name: string; // of `report --reading`
  title: Key;
  question: Key;
}

export const readings: ReadingInfo[] = [
  { name: 'friction', title: 'reading.friction', question: 'reading.friction.asks' },
  { name: 'consistency', title: 'reading.consistency', question: 'reading.consistency.asks' },
  { name: 'journey', title: 'reading.journey', question: 'reading.journey.asks' },
  { name: 'drivers', title: 'reading.drivers', question: 'reading.drivers.asks' },
  { name: 'promises', title: 'reading.promises', question: 'reading.promises.asks' },
  { name: 'trend', title: 'reading.trend', question: 'reading.trend.asks' },
  { name: 'beliefs', title: 'reading.beliefs', question: 'reading.beliefs.asks' },
  { name: 'workshop', title: 'reading.workshop', question: 'reading.workshop.asks' },
  { name: 'vignettes', title: 'reading.vignettes', question: 'reading.vignettes.asks' },
];

// The same answers in another light: what is chosen goes along.
export function ReadingTabs(): JSX.Element {
  const way = useWay();
  const [what = '', which = ''] = way.parts;
  const chosen = queryOf(askedOf(way, ['by', 'measure']));
  const tab = (text: string, to: string, here: boolean): { text: string; here: boolean; link: (props: { class: string; 'aria-current'?: 'page' }) => JSX.Element } =>
    ({ text, here, link: (props) => <Link to={to} {...props}>{text}</Link> });
  return (
    <div class="reading-tabs"><Tabs label={t('reading.all')} tabs={[
      tab(t('reading.picture'), `/app${chosen}`, what === ''),
      ...readings.map((one) => tab(t(one.title), `/app/reading/${one.name}${chosen}`, what === 'reading' && which === one.name)),
      tab(t('reading.compare'), '/app/compare', what === 'compare'),
    ]} /></div>
  );
}
