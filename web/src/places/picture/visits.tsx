// SPDX-License-Identifier: GPL-3.0-or-later
// What secret shoppers told of one point, visit by visit: for who reviews them.
import type { JSX } from 'preact';
import { command } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { useLive } from '../../lib/live';
import { Link } from '../../lib/router';
import { may, session } from '../../lib/session';
import { t } from '../../lib/texts';
import { CommandLine, Trouble } from '../../parts/parts';
import type { Visit } from '../ask/data';
import { Moments, type Levels, type Moment } from '../ask/told';
import { VisitState } from '../ask/visits';

type Told = Visit & { moments: Moment[] };

function Visits({ point }: { point: string }): JSX.Element | null {
  const asked = useAsk(`visits of ${point}`, () => command<{ levels: Levels; visits: Told[] }>('visit list', [], { point, language: session.language }));
  useLive(['visits'], asked.again);
  const { visits, levels } = asked.data?.document ?? { visits: [], levels: [] };
  // A point that has left the map is told of by no visit.
  if (asked.problem?.status === 404 || (!asked.problem && visits.length === 0)) return null;
  return (
    <section class="block point-visits">
      <div><h2>{t('point.visits')}</h2><p class="lead-text">{t('point.visits.about')}</p></div>
      <Trouble problem={asked.problem} again={asked.again} />
      {visits.map((visit) => (
        <section key={visit.visit} class="ask-told">
          <h3><Link to={`/app/ask/visits/${visit.visit}`}><bdi>{visit.place}</bdi></Link> <VisitState visit={visit} /></h3>
          <Moments visit={visit.visit} moments={visit.moments} levels={levels} />
        </section>
      ))}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}

export function PointVisits({ point }: { point: string }): JSX.Element | null {
  return may('editor') ? <Visits key={point} point={point} /> : null;
}
