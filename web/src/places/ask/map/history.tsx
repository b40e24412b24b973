// SPDX-License-Identifier: GPL-3.0-or-later
// How the map changed: when, by whom; an older one can be taken again, as a change like any other.
import type { JSX } from 'preact';
import { command } from '../../../lib/api';
import { useAct, useAsk } from '../../../lib/ask';
import { minuteText } from '../../../lib/format';
import { t } from '../../../lib/texts';
import { Busy, Button, CommandLine, Dialog, Trouble } from '../../../parts/parts';
import type { Desk } from './desk';
import { answersOf, edit, older, type Change } from './draft';
import { restore } from './edits';

interface Logged { map: number; applied: string; file: string; by: string | null; changes: Change[] }

function Entry({ entry, now, editor, take }: { entry: Logged; now: boolean; editor: boolean; take: () => void }): JSX.Element {
  return (
    <li class="map-log">
      <h3>{t('map.history.number', { n: entry.map })} {now && <span class="tag good">{t('map.history.now')}</span>}</h3>
      <p class="quiet">{minuteText(entry.applied)}{entry.by && ` · ${t('map.history.by', { who: entry.by })}`}</p>
      <ul class="map-said">
        {entry.changes.length === 0 ? <li>{t('map.history.first')}</li> : entry.changes.map((change, i) => <li key={i}>{change.sentence}</li>)}
      </ul>
      {editor && !now && <Button label={`${t('map.history.restore')}: ${t('map.history.number', { n: entry.map })}`} onClick={take}>{t('map.history.restore')}</Button>}
    </li>
  );
}

export function HistoryDialog({ desk, close }: { desk: Desk; close: () => void }): JSX.Element {
  const asked = useAsk('map log', () => command<{ maps: Logged[] }>('map log'));
  const acting = useAct();
  const maps = [...(asked.data?.document.maps ?? [])].reverse();
  const take = (number: number): void => void acting.act(async () => {
    const before = await older(number);
    edit(restore(desk.draft.map, before, answersOf), before.journeys[0]?.key ?? '');
    desk.tell(t('map.history.restored', { n: number }));
    desk.focus.current = true;
    close();
  });
  return (
    <Dialog title={t('map.history.title')} onClose={close}>
      <Trouble problem={asked.problem ?? acting.problem} again={asked.again} />
      {!asked.data && asked.busy && <Busy />}
      <ul class="map-logs">
        {maps.map((entry, i) => <Entry key={entry.map} entry={entry} now={i === 0} editor={desk.editor} take={() => take(entry.map)} />)}
      </ul>
      <CommandLine line={asked.data?.line ?? ''} />
    </Dialog>
  );
}
