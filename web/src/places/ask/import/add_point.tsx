// SPDX-License-Identifier: GPL-3.0-or-later
// A column that no point of the map is about: one more point for it, at its place on the map.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command, Problem } from '../../../lib/api';
import { useAct, useAsk } from '../../../lib/ask';
import { t } from '../../../lib/texts';
import { Button, SelectField, TextField, Trouble } from '../../../parts/parts';
import { apply, type Shown } from '../map/draft';
import { withIds } from '../map/file';
import { emptyPoint, newKey, readMap, say, type ServiceMap } from '../map/model';

interface Place { key: string; title: string }

function placesOf(map: ServiceMap): Place[] {
  return map.journeys.flatMap((journey) => journey.transactions.map((one) =>
    ({ key: one.key, title: `${say(journey.title, map)} › ${say(one.title, map)}` })));
}

// The map with it, and its id.
function withPoint(map: ServiceMap, place: string, title: string): { map: ServiceMap; id: string } {
  const more = structuredClone(map);
  const point = { ...emptyPoint(newKey()), title };
  for (const journey of more.journeys) for (const one of journey.transactions) if (one.key === place) one.points.push(point);
  const made = withIds(more);
  return { map: made.map, id: made.ids.get(point.key) ?? '' };
}

interface Props { title: string; onAdded: (point: string) => void }

function Form({ title: first, onAdded }: Props): JSX.Element {
  const asked = useAsk('map', () => command<Shown>('map show'));
  const map = asked.data ? readMap(asked.data.document.map) : null;
  const places = map ? placesOf(map) : [];
  const [title, setTitle] = useState(first);
  const [chosen, setPlace] = useState('');
  const place = chosen || (places.at(-1)?.key ?? '');
  const acting = useAct();
  const add = (): void => void acting.act(async () => {
    if (!map || !asked.data) return;
    const made = withPoint(map, place, title.trim());
    const done = await apply(made.map, asked.data.document.number, {});
    if (done.document.conflicts.length > 0) throw new Problem(409, t('asked.conflict'));
    onAdded(made.id);
  });
  return (
    <div class="import-add">
      <TextField label={t('import.add.title')} hint={t('import.add.title.hint')} value={title} onInput={setTitle} />
      <SelectField label={t('import.add.place')} value={place} onChange={setPlace}
        choices={places.map((one) => ({ value: one.key, label: one.title }))} />
      <Trouble problem={acting.problem ?? asked.problem} />
      <div class="acts"><Button busy={acting.busy} disabled={!map || title.trim() === ''} onClick={add}>{t('import.add.do')}</Button></div>
    </div>
  );
}

export function AddPoint(props: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  if (!open) return <Button kind="quiet" label={`${t('import.add')} ${props.title}`} onClick={() => setOpen(true)}>{t('import.add')}</Button>;
  return <Form {...props} />;
}
