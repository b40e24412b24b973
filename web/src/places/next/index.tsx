// SPDX-License-Identifier: GPL-3.0-or-later
// Next: what to do, what is being done, what came of it, and who waits for an answer.
import type { JSX } from 'preact';
import { Link, useWay } from '../../lib/router';
import { t, type Key } from '../../lib/texts';
import { Lost } from '../../parts/lost';
import { Tabs } from '../../parts/parts';
import { Board } from './board';
import { LedgerPage } from './ledger';
import { Proposals } from './proposals';
import { Register } from './register';
import { StepPage } from './step';
import { OneSuggestion } from './suggestion';
import { SuggestionsPage } from './suggestions';

const tabs: { part: string; title: Key }[] = [
  { part: '', title: 'next.tab.step' },
  { part: 'steps', title: 'next.tab.board' },
  { part: 'ledger', title: 'next.tab.ledger' },
  { part: 'suggestions', title: 'next.tab.suggestions' },
];

function Here({ part, about }: { part: string; about: string }): JSX.Element {
  switch (part) {
    case 'new': return about ? <Lost place="place.next" to="/app/next" /> : <Register />;
    case 'steps': return about ? <StepPage number={about} /> : <Board />;
    case 'ledger': return about ? <Lost place="next.tab.ledger" to="/app/next/ledger" /> : <LedgerPage />;
    case 'suggestions': return about ? <OneSuggestion number={about} /> : <SuggestionsPage />;
    case '': return <Proposals />;
    default: return <Lost place="place.next" to="/app/next" />;
  }
}

export function Next(): JSX.Element {
  const way = useWay();
  const part = way.parts[1] ?? '';
  const about = way.parts[2] ?? '';
  return (
    <>
      <Tabs label={t('next.tabs')} tabs={tabs.map((tab) => ({
        text: t(tab.title),
        here: tab.part === (part === 'new' ? '' : part),
        link: (props) => <Link to={tab.part ? `/app/next/${tab.part}` : '/app/next'} {...props}>{t(tab.title)}</Link>,
      }))} />
      <Here key={`${part}/${about}`} part={part} about={about} />
    </>
  );
}
