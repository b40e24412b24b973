// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of Ask beside each other, on each of its pages.
import type { JSX } from 'preact';
import { Link } from '../../lib/router';
import { may } from '../../lib/session';
import { t, type Key } from '../../lib/texts';
import { Tabs } from '../../parts/parts';

// The name of each is its part of the address.
const tabs: { name: string; title: Key }[] = [
  { name: '', title: 'ask.tab.overview' },
  { name: 'map', title: 'ask.tab.map' },
  { name: 'forms', title: 'ask.tab.forms' },
  { name: 'kiosks', title: 'ask.kiosks' },
  { name: 'visits', title: 'ask.tab.visits' },
  { name: 'workshops', title: 'ask.tab.workshops' },
  { name: 'walks', title: 'ask.walks' },
  { name: 'import', title: 'ask.tab.import' },
];

// Who may not ask sees the map alone.
export function AskTabs({ here }: { here: string }): JSX.Element | null {
  if (!may('editor')) return null;
  return (
    <Tabs label={t('ask.tabs')} tabs={tabs.map((tab) => ({
      text: t(tab.title),
      here: tab.name === here,
      link: (props) => <Link to={tab.name ? `/app/ask/${tab.name}` : '/app/ask'} {...props}>{t(tab.title)}</Link>,
    }))} />
  );
}
