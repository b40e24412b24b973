// SPDX-License-Identifier: GPL-3.0-or-later
// The second step: what the columns are.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAct, useAsk } from '../../../lib/ask';
import { inList } from '../../../lib/api';
import { count } from '../../../lib/format';
import { listed, plural, t } from '../../../lib/texts';
import { Busy, Button, CommandLine, Field, Notice, SelectField, TextField, Trouble } from '../../../parts/parts';
import { keepRecipe, makeMap, recipeName, suggest } from './ask';
import { ColumnRow } from './column';
import { Keep, Pick, Refused } from './parts';
import type { Choices, ColumnChoice, Draft, DraftColumn, Scale, Sent } from './types';

// What was just chosen stands there before the program has said what follows from it.
function shown(draft: Draft, choices: Choices): DraftColumn[] {
  return draft.columns.map((column) => {
    const mine = choices.columns.find((one) => one.number === column.number);
    if (!mine) return column;
    return {
      ...column,
      is: mine.is,
      sureness: 'chosen',
      point: mine.point ?? (mine.is === column.is ? column.point : null),
      measure: mine.measure ?? column.measure,
      values: column.values.map((one) => {
        const said = mine.values?.find((pair) => pair.from === one.from);
        return said ? { ...one, to: said.to } : one;
      }),
    };
  });
}

// Roles must all be known; of marks in words one at least (what is wrong among many stands at its cell in the next step).
function isWordless(column: DraftColumn): boolean {
  if (column.is === 'audience') return column.values.some((pair) => !pair.to);
  return column.is === 'point' && column.values.length > 1 && column.values.every((pair) => !pair.to)
    && column.samples.every((sample) => column.values.some((pair) => pair.from === sample));
}

const cuts = ['min', 'max', 'met', 'desired'] as const;

// The ends are the worst and the best; cuts that lie outside once an end is another go where a scale of that length has them.
function fitting(scale: Scale): Scale {
  const range = scale.max - scale.min;
  const within = [scale.met, scale.desired].every((cut) => cut >= scale.min && cut <= scale.max);
  const cutsOf = within || range < 1 ? {} : { met: scale.min + Math.floor((range + 1) / 2), desired: scale.min + Math.floor((3 * range + 3) / 4) };
  return { ...scale, ...cutsOf, floor: scale.min, top: scale.max };
}

function ScaleFields({ scale, onChange }: { scale: Scale; onChange: (scale: Scale) => void }): JSX.Element {
  const put = (key: (typeof cuts)[number], text: string): void => {
    const number = Number.parseInt(text, 10);
    if (Number.isNaN(number)) return;
    const next = { ...scale, [key]: number };
    onChange(key === 'min' || key === 'max' ? fitting(next) : next);
  };
  return (
    <fieldset class="import-scale">
      <legend class="legend-text">{t('import.scale')}</legend>
      <p class="hint-text">{t('import.scale.about')}</p>
      <div>
        {cuts.map((key) => (
          <TextField key={key} label={t(`import.scale.${key}`)} type="number" value={String(scale[key])} onInput={(text) => put(key, text)} />
        ))}
      </div>
    </fieldset>
  );
}

function Codes({ draft, choices, onChange }: { draft: Draft; choices: Choices; onChange: (choices: Choices) => void }): JSX.Element {
  const kinds = ['na', 'declined', 'missing'] as const;
  const text = (kind: (typeof kinds)[number]): string => (choices[kind] ?? draft[kind]).map(inList).join(', ');
  const put = (kind: (typeof kinds)[number], value: string): void =>
    onChange({ ...choices, [kind]: listed(value) });
  return (
    <fieldset class="import-scale">
      <legend class="legend-text">{t('import.codes')}</legend>
      <p class="hint-text">{t('import.codes.about')}</p>
      <div>
        {kinds.map((kind) => (
          <Field key={kind} label={t(`import.codes.${kind}`)}>
            {(id, about) => <input id={id} aria-describedby={about} value={text(kind)} onChange={(event) => put(kind, event.currentTarget.value)} />}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

const encodings = ['UTF-8', 'WINDOWS-1252', 'WINDOWS-1250', 'ISO-8859-15', 'WINDOWS-1251', 'WINDOWS-1253', 'WINDOWS-1254', 'WINDOWS-1256',
  'CP949', 'SHIFT_JIS', 'GB18030', 'MACINTOSH'];

interface Props {
  files: Sent[];
  empty: boolean; // nothing is in the workspace yet
  choices: Choices;
  setChoices: (change: Choices | ((before: Choices) => Choices)) => void;
  encoding: string;
  setEncoding: (to: string) => void;
  onDone: (recipe: { file: string; text: string } | null, encoding: string, skip: boolean) => void; // `skip`: nothing was to be said
  onBack: () => void;
}

type Change = Props['setChoices'];
const isAside = (one: DraftColumn): boolean => one.is === 'ignore' || one.is === 'words';

interface WholeProps {
  draft: Draft; columns: DraftColumn[]; choices: Choices; setChoices: Change; encoding: string; setEncoding: (to: string) => void; busy: boolean;
}

// What holds for every row, the columns, and the scale of the marks.
function Whole({ draft, columns, choices, setChoices, encoding, setEncoding, busy }: WholeProps): JSX.Element {
  const hasAudience = columns.some((one) => one.is === 'audience');
  const aside = columns.filter(isAside);
  const choose = (choice: ColumnChoice): void =>
    setChoices((before) => ({ ...before, columns: [...before.columns.filter((one) => one.number !== choice.number), choice] }));
  return (
    <>
      <div class="import-whole">
        {!hasAudience && (
          <SelectField label={t('import.audience')} hint={t('import.audience.hint')} value={choices.audience ?? draft.audience ?? 'customer'}
            choices={draft.map.audiences.map((one) => ({ value: one.audience, label: one.title }))}
            onChange={(audience) => setChoices({ ...choices, audience })} />
        )}
        {(draft.encoding !== null || encoding) && (
          <SelectField label={t('import.encoding')} hint={t('import.encoding.hint')} value={encoding || (draft.encoding ?? 'UTF-8')}
            choices={[...new Set([draft.encoding ?? 'UTF-8', ...encodings])].map((one) => ({ value: one, label: one }))} onChange={setEncoding} />
        )}
      </div>
      <ul class="import-columns" aria-label={t('import.columns')} aria-busy={busy || undefined}>
        {[...columns.filter((one) => !isAside(one)), ...aside].map((column) => (
          <ColumnRow key={column.number} draft={draft} column={column} onChoose={choose}
            said={choices.columns.find((one) => one.number === column.number)?.values ?? []} />
        ))}
      </ul>
      {aside.length > 0 && <p class="hint-text">{t(plural(aside.length, 'import.aside.one', 'import.aside'), { n: aside.length })}</p>}
      {draft.scale && (
        <details class="import-details" open={draft.scale.max !== 6}>
          <summary>{t('import.scale.title', { min: draft.scale.min, max: draft.scale.max })}</summary>
          <ScaleFields scale={choices.scale ?? draft.scale} onChange={(scale) => setChoices({ ...choices, scale })} />
          <Codes draft={draft} choices={choices} onChange={setChoices} />
        </details>
      )}
    </>
  );
}

interface Lacking { pointless: DraftColumn[]; wordless: DraftColumn[]; marks: boolean }

function lacksOf(columns: DraftColumn[]): Lacking {
  return {
    pointless: columns.filter((one) => one.is === 'point' && !one.point),
    wordless: columns.filter(isWordless),
    marks: columns.some((one) => ['point', 'recommend', 'overall', 'names', 'note'].includes(one.is)),
  };
}

function isReady(draft: Draft, choices: Choices): boolean {
  const { pointless, wordless, marks } = lacksOf(shown(draft, choices));
  return draft.ready || (pointless.length === 0 && wordless.length === 0 && marks);
}

// What must be said before the file can be read.
function Lacks({ pointless, wordless, marks, setChoices }: Lacking & { setChoices: Change }): JSX.Element {
  const leave = (): void => setChoices((before) => ({
    ...before,
    columns: [...before.columns.filter((one) => !pointless.some((known) => known.number === one.number)),
      ...pointless.map((one) => ({ number: one.number, is: 'ignore' as const }))],
  }));
  return (
      <div aria-live="polite" class="import-lacks">
        {pointless.length > 0 && (
          <Notice>
            <p>{t(plural(pointless.length, 'import.pointless.one', 'import.pointless'), { n: pointless.length })}</p>
            <Button onClick={leave}>{t('import.pointless.leave')}</Button>
          </Notice>
        )}
        {wordless.map((one) => <Notice key={one.number}><p>{t('import.wordless', { title: one.title })}</p></Notice>)}
        {!marks && <Notice><p>{t('import.markless')}</p></Notice>}
      </div>
  );
}

export function ColumnsStep({ files, empty, choices, setChoices, encoding, setEncoding, onDone, onBack }: Props): JSX.Element {
  const file = files[0] as Sent;
  const [asked, setAsked] = useState(choices);
  const act = useAct();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(choices), 250);
    return () => window.clearTimeout(timer);
  }, [choices]);
  const { data, problem, busy, again } = useAsk(JSON.stringify([file.file, asked, encoding]), () => suggest(file, asked, encoding));
  const draft = data?.document;
  useEffect(() => { head.current?.focus(); }, [draft !== undefined]);
  // Where nothing is known yet, the file says what there is to be asked about.
  const open = draft !== undefined && !draft.map.closed && !draft.new_map;
  useEffect(() => { if (open && empty && choices.new_map === undefined) setChoices((before) => ({ ...before, new_map: true })); }, [open, empty]);
  // A starter map that shares no word with any of the file's questions is not what it is about.
  const asks = draft?.columns.filter((one) => one.is === 'point') ?? [];
  const foreign = empty && draft !== undefined && draft.map.closed && choices.new_map === undefined && asks.length > 0 && asks.every((one) => !one.point);
  useEffect(() => { if (foreign) setChoices((before) => ({ ...before, new_map: true })); }, [foreign]);
  // A file of ours is read as it is.
  const plain = draft !== undefined && draft.ready && !(empty && (open || draft.new_map));
  useEffect(() => { if (plain) onDone(null, encoding || (draft.encoding ?? ''), true); }, [plain]);

  if (!draft || plain) return problem ? <Refused problem={problem} again={again} onBack={onBack} /> : <Busy what={t('import.looking')} />;
  const columns = shown(draft, choices);
  const { pointless, wordless, marks } = lacksOf(columns);

  // As it is chosen now, whatever is still being asked: a press counts.
  const go = (): void => void act.act(async () => {
    const last = (await suggest(file, choices, encoding)).document;
    if (!isReady(last, choices)) {
      setAsked(choices);
      return;
    }
    const recipe = draft.ready ? null : await keepRecipe(last.recipe, file.name);
    if (choices.new_map) await makeMap(file, recipe);
    onDone(recipe ? { file: recipe, text: last.recipe } : null, encoding || (last.encoding ?? ''), false);
  });

  return (
    <section class="block" aria-labelledby="import-columns">
      <h2 id="import-columns" ref={head} tabIndex={-1}>{t('import.columns')}</h2>
      <p class="lead-text">{t('import.columns.about', { file: file.name, rows: count(draft.rows), n: columns.length })}</p>
      {empty && (
        <Pick legend={t('import.map')} name="import-map" value={choices.new_map ? 'new' : 'here'}
          onChange={(value) => setChoices({ columns: [], new_map: value === 'new' })}
          choices={[{ value: 'new', label: t('import.map.new'), about: t('import.map.new.about') },
            { value: 'here', label: t('import.map.here'), about: t('import.map.here.about') }]} />
      )}
      {!draft.ready && <Whole draft={draft} columns={columns} choices={choices} setChoices={setChoices} encoding={encoding} setEncoding={setEncoding} busy={busy} />}
      {!draft.ready && <Lacks pointless={pointless} wordless={wordless} marks={marks} setChoices={setChoices} />}
      <Trouble problem={act.problem ?? problem} />
      <div class="acts">
        <Button kind="first" busy={act.busy} disabled={!isReady(draft, choices)} onClick={go}>{t(choices.new_map ? 'import.columns.go.map' : 'import.columns.go')}</Button>
        <Button onClick={onBack}>{t('import.back.file')}</Button>
        {!draft.ready && <Keep text={async () => (await suggest(file, choices, encoding)).document.recipe} name={recipeName(file.name)} label={t('import.recipe.keep')} />}
      </div>
      <CommandLine line={data.line} />
    </section>
  );
}
