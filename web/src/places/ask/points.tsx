// SPDX-License-Identifier: GPL-3.0-or-later
// Which moments of a journey a form is about: all of them, or those that are ticked.
import type { JSX } from 'preact';
import { command } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { plural, t } from '../../lib/texts';
import { Button, Check, Trouble } from '../../parts/parts';
import type { Shown } from './map/draft';
import { find, readMap, say } from './map/model';

interface Stretch { title: string; points: { id: string; title: string }[] }

async function stretches(journey: string): Promise<Stretch[]> {
  const map = readMap((await command<Shown>('map show')).document.map);
  const own = map.journeys.find((one) => one.id === journey);
  return (own?.transactions ?? []).map((transaction) => ({
    title: say(transaction.title, map),
    points: transaction.points.flatMap((point) => {
      const item = find(map, point.use || point.key);
      return item?.kind === 'point' ? [{ id: item.point.id, title: say(item.point.title, map) }] : [];
    }) }));
}

interface PointsProps { journey: string; chosen: string[]; onChange: (chosen: string[]) => void }

function Ticks({ journey, chosen, onChange }: PointsProps): JSX.Element {
  const asked = useAsk(`points of ${journey}`, () => stretches(journey));
  return (
    <>
      <Trouble problem={asked.problem} again={asked.again} />
      {asked.data?.map((stretch, i) => (
        <fieldset key={i} class="choices">
          <legend>{stretch.title}</legend>
          <div class="in-columns">
            {stretch.points.map((point) => (
              <Check key={point.id} label={point.title} checked={chosen.includes(point.id)}
                onChange={(on) => onChange(on ? [...chosen, point.id] : chosen.filter((other) => other !== point.id))} />
            ))}
          </div>
        </fieldset>
      ))}
      {chosen.length > 0 && <div class="acts"><Button kind="quiet" onClick={() => onChange([])}>{t('ask.moments.all')}</Button></div>}
    </>
  );
}

// A form is about one journey: without one there is nothing to choose from.
export function PointsChoice(props: PointsProps): JSX.Element {
  const { journey, chosen } = props;
  const n = chosen.length;
  return (
    <details class="ask-more">
      <summary>{t('ask.moments')}: {n === 0 ? t('ask.moments.none') : t(plural(n, 'ask.moments.one', 'ask.moments.n'), { n })}</summary>
      <div class="form">
        <p class="hint-text">{t(journey ? 'ask.moments.hint' : 'ask.moments.journey')}</p>
        {journey && <Ticks {...props} />}
      </div>
    </details>
  );
}
