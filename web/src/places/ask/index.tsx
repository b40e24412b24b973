// SPDX-License-Identifier: GPL-3.0-or-later
// Ask: the map, forms, kiosks, visits, workshops, walks, import; what comes in while one looks.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { count } from '../../lib/format';
import { useLive } from '../../lib/live';
import { Link, useWay } from '../../lib/router';
import { may, session } from '../../lib/session';
import { plural, t } from '../../lib/texts';
import { later } from '../../parts/later';
import { Lost } from '../../parts/lost';
import { Heading, Notice } from '../../parts/parts';
import { FormPage } from './form';
import { Forms } from './forms';
import { ImportPage } from './import';
import { Kiosks } from './kiosks';
import { NewForm } from './newform';
import { Overview } from './overview';
import { AskTabs } from './tabs';
import { VisitPage } from './visit';
import { Visits } from './visits';
import { Walks } from './walks';
import { Workshops } from './workshops';

const MapPage = later(async () => (await import('./map')).MapPage);

// How many came since the page was opened; said once a change, to an ear too.
function Arrived(): JSX.Element {
  const [n, setN] = useState(0);
  useLive(['answers'], (answers) => setN((before) => before + answers));
  return (
    <p class="arrived" role="status" aria-live="polite">
      {n > 0 && <span class="tag good">{t(plural(n, 'ask.arrived.one', 'ask.arrived'), { n: count(n) })}</span>}
    </p>
  );
}

function Body({ parts }: { parts: string[] }): JSX.Element {
  const [, tab = '', which = ''] = parts;
  if (tab === 'forms' && which === 'new') return <NewForm key="form" />;
  if (tab === 'forms' && which) return <FormPage key={which} link={which} />;
  if (tab === 'forms') return <Forms />;
  if (tab === 'kiosks' && which === 'new') return <NewForm key="kiosk" kiosk />;
  if (tab === 'kiosks' && which) return <FormPage key={which} link={which} />;
  if (tab === 'kiosks') return <Kiosks />;
  if (tab === 'visits' && which) return <VisitPage key={which} visit={which} />;
  if (tab === 'visits') return <Visits />;
  if (tab === 'workshops' && !which) return <Workshops />;
  if (tab === 'walks' && !which) return <Walks />;
  return tab ? <Lost within place="place.ask" to="/app/ask" /> : <Overview />;
}

export function Ask(): JSX.Element {
  const { parts } = useWay();
  const here = parts[1] ?? '';
  if (here === 'map' && !parts[2]) return <MapPage />;
  if (here === 'import' && !parts[2]) return <ImportPage />;
  if (!may('editor')) {
    return (
      <>
        <Heading title={t('place.ask')} />
        <Notice title={t('ask.only')}><p>{t('ask.only.about', { role: t(`role.${session.role}`) })}</p>
          <p><Link to="/app/ask/map">{t('ask.only.map')}</Link></p></Notice>
      </>
    );
  }
  return (
    <>
      <Heading title={t('place.ask')} lead={t('ask.about')}><Arrived /></Heading>
      <AskTabs here={here} />
      <Body parts={parts} />
    </>
  );
}
