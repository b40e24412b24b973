// SPDX-License-Identifier: GPL-3.0-or-later
// Two changed the same: both, side by side, and one of them is taken.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t, type Key } from '../../../lib/texts';
import { Button, Dialog } from '../../../parts/parts';
import type { Conflict } from './draft';

// "title.de" → "Title (de)"; what is not edited here is called as the map file calls it.
function keyText(conflict: Conflict, language: string): string {
  if (!conflict.key) return t('map.conflict.key.there');
  const [name = '', second = '', third = ''] = conflict.key.split('.').filter((part) => part !== language); // the map's own is not said
  if (name === 'levels') return `${t('map.conflict.key.levels', { n: second })}${third ? ` (${third})` : ''}`;
  const known: Record<string, Key> = { title: 'map.conflict.key.title', words: 'map.conflict.key.words', home: 'map.conflict.key.home',
    order: 'map.conflict.key.order', senses: 'map.field.senses', channels: 'map.field.channels', value: 'map.field.value', target: 'map.field.target',
    effort: 'map.field.effort', where: 'map.field.where', since: 'map.field.since', owner: 'map.field.owner', event: 'map.field.event' };
  const key = known[name];
  return `${key ? t(key) : name}${second ? ` (${second})` : ''}`;
}

function valueText(conflict: Conflict, value: string | null): string {
  if (!conflict.key) return t(value === null ? 'map.conflict.gone' : 'map.conflict.there');
  return value === null || value === '' ? t('map.conflict.nothing') : `“${value}”`;
}

export type Chosen = Record<string, 'ours' | 'theirs'>;

export function ConflictDialog({ conflicts, language, close, go }: { conflicts: Conflict[]; language: string; close: () => void; go: (chosen: Chosen) => void }): JSX.Element {
  const [chosen, setChosen] = useState<Chosen>(Object.fromEntries(conflicts.map((one) => [one.name, 'theirs'])));
  return (
    <Dialog title={t('map.conflict.title')} onClose={close}>
      <div class="form">
        <p>{t('map.conflict.lead')}</p>
        {conflicts.map((one) => (
          <fieldset key={one.name} class="map-set map-conflict">
            <legend class="legend-text">{one.title}: {keyText(one, language)}</legend>
            {(['theirs', 'ours'] as const).map((side) => (
              <label key={side} class="check">
                <input type="radio" name={one.name} checked={chosen[one.name] === side} onChange={() => setChosen({ ...chosen, [one.name]: side })} />
                <span>{t(`map.conflict.${side}`)} {valueText(one, one[side])}</span>
              </label>
            ))}
          </fieldset>
        ))}
        <div class="acts">
          <Button kind="first" onClick={() => go(chosen)}>{t('map.conflict.do')}</Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
