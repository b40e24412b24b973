// SPDX-License-Identifier: GPL-3.0-or-later
// One column of the file: what it holds, what it is taken for, and what it may be instead.
import type { JSX } from 'preact';
import { english, t, type Key } from '../../../lib/texts';
import { SelectField, TextField, type Choice } from '../../../parts/parts';
import { AddPoint } from './add_point';
import type { ColumnChoice, Draft, DraftColumn, Is, Pair } from './types';

const all: Is[] = ['point', 'audience', 'time', 'place', 'segment', 'respondent', 'encounter', 'channel', 'language', 'note',
  'overall', 'recommend', 'names', 'weight', 'ignore'];
const measures = ['level', 'expected', 'predicted', 'believed', 'effort', 'importance', 'feeling'] as const;
const sure: Record<DraftColumn['sureness'], string> = { sure: 'tag good', likely: 'tag', guess: 'tag', chosen: 'tag' };

function kinds(column: DraftColumn): Choice[] {
  const first: Is[] = [column.is === 'words' ? 'ignore' : column.is, ...column.also];
  const order = [...first, ...all.filter((is) => !first.includes(is))];
  return [...new Set(order)].map((is) => ({ value: is, label: t(`import.is.${is}` as Key) }));
}

// Those that share words with the title, then all of the map by journey.
function PointChoice({ draft, column, onChoose }: { draft: Draft; column: DraftColumn; onChoose: (point: string) => void }): JSX.Element {
  const title = (id: string): string => draft.map.points.find((one) => one.point === id)?.title ?? id;
  const journeys = [...new Set(draft.map.points.map((one) => one.journey ?? ''))];
  const id = `import-point-${column.number}`;
  const lacks = !column.point;
  return (
    <div class="field">
      <label for={id}>{t('import.point')}</label>
      <select id={id} value={column.point ?? ''} aria-invalid={lacks || undefined} aria-describedby={lacks ? `${id}-lacks` : column.sureness === 'likely' ? `${id}-check` : undefined}
        onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{t('import.point.none')}</option>
        {column.matches.length > 0 && (
          <optgroup label={t('import.point.words')}>
            {column.matches.map((one) => <option key={one.point} value={one.point}>{title(one.point)}</option>)}
          </optgroup>
        )}
        {journeys.map((journey) => (
          <optgroup key={journey} label={journey || t('import.point.all')}>
            {draft.map.points.filter((one) => (one.journey ?? '') === journey && !column.matches.some((match) => match.point === one.point))
              .map((one) => <option key={one.point} value={one.point}>{one.title}</option>)}
          </optgroup>
        ))}
      </select>
      {!lacks && column.sureness === 'likely' && <p class="hint-text" id={`${id}-check`}>{t('import.point.check')}</p>}
      {lacks && <p class="error-text" id={`${id}-lacks`}>{t('import.point.lacks')}</p>}
      {lacks && <AddPoint title={column.asked ?? column.title} onAdded={onChoose} />}
    </div>
  );
}

// `said`: what people said of the words before; of all others the program says what they seem to be.
function Words({ draft, column, said, onChoose }: {
  draft: Draft; column: DraftColumn; said: Pair[]; onChoose: (values: Pair[]) => void;
}): JSX.Element | null {
  const audience = column.is === 'audience';
  if (column.values.length === 0 || (!audience && column.is !== 'point')) return null;
  const put = (from: string, to: string): void =>
    onChoose([...said.filter((one) => one.from !== from), { from, to: to || null }]);
  return (
    <fieldset class="import-words">
      <legend class="legend-text">{t(audience ? 'import.words.audience' : 'import.words.marks')}</legend>
      {column.values.map((one) => audience ? (
        <SelectField key={one.from} label={`${one.from} (${one.n})`} value={one.to ?? ''} onChange={(to) => put(one.from, to)}
          choices={[{ value: '', label: t('import.words.say') },
            ...draft.map.audiences.map((who) => ({ value: who.audience, label: who.title }))]} />
      ) : (
        <TextField key={one.from} label={`${one.from} (${one.n})`} type="number" value={one.to ?? ''} onInput={(to) => put(one.from, to)} />
      ))}
    </fieldset>
  );
}

interface Props { draft: Draft; column: DraftColumn; said: Pair[]; onChoose: (choice: ColumnChoice) => void }

export function ColumnRow({ draft, column, said, onChoose }: Props): JSX.Element {
  const mine: ColumnChoice = { number: column.number, is: column.is };
  if (column.point) mine.point = column.point;
  if (column.measure) mine.measure = column.measure;
  if (said.length > 0) mine.values = said;
  const marks = column.is === 'point';
  const named = column.is === 'overall' || column.is === 'recommend';
  const journeys = draft.map.journeys.map((one) => ({ value: one.journey, label: one.title }));
  return (
    <li class={column.is === 'ignore' ? 'import-column aside' : 'import-column'} data-column={column.number}>
      <div class="import-what">
        <h3>{column.title || t('import.untitled', { n: column.number })}</h3>
        {column.asked && <p>{column.asked}</p>}
        <ul class="import-samples" aria-label={t('import.samples')}>
          {column.samples.map((sample) => <li key={sample}>{sample.length > 40 ? `${sample.slice(0, 39)}…` : sample}</li>)}
          {column.samples.length === 0 && <li class="quiet">{t('import.empty')}</li>}
        </ul>
        {column.why && <p class="hint-text" {...english}>{column.why}</p>}
      </div>
      <div class="import-is">
        <SelectField label={t('import.is')} value={column.is === 'words' ? 'ignore' : column.is} choices={kinds(column)}
          onChange={(is) => onChoose({ number: column.number, is: is as Is })} />
        <p class="import-sure"><span class={sure[column.sureness]}>{t(`import.sure.${column.sureness}` as Key)}</span></p>
      </div>
      <div class="import-more">
        {marks && draft.map.closed && <PointChoice draft={draft} column={column} onChoose={(point) => onChoose({ ...mine, point })} />}
        {marks && !draft.map.closed && (
          <TextField label={t('import.point.title')} value={column.point ?? ''} onInput={(point) => onChoose({ ...mine, point })} />
        )}
        {marks && (
          <SelectField label={t('import.measure')} value={column.measure ?? 'level'}
            choices={measures.map((one) => ({ value: one, label: t(`import.measure.${one}`) }))}
            onChange={(measure) => onChoose({ ...mine, measure })} />
        )}
        {named && draft.map.closed && journeys.length > 1 && (
          <SelectField label={t('import.journey')} value={column.point ?? journeys[0]?.value ?? ''} choices={journeys}
            onChange={(point) => onChoose({ ...mine, point })} />
        )}
        <Words draft={draft} column={column} said={said} onChoose={(values) => onChoose({ ...mine, values })} />
      </div>
    </li>
  );
}
