// SPDX-License-Identifier: GPL-3.0-or-later
// What the levels are called, and the values of other scales.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct } from '../../lib/ask';
import { plural, t, together, type Key } from '../../lib/texts';
import { count } from '../../lib/format';
import { Button, Dialog, Table, TextField } from '../../parts/parts';
import { inLanguage, withLanguage, type Text } from '../ask/map/model';
import type { PartProps } from './audiences';
import { cuts, saveMap, type Scale } from './map_edit';
import { Numbers, usersOf, type User } from './scale_numbers';
import { SaveOrCancel } from './save_or_cancel';
import { LanguageChoice } from './text_in';

const kinds = ['words', 'sentences'] as const;
type Kind = (typeof kinds)[number];
type Labels = Record<Kind, Text[]>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function values(scale: Scale): number[] {
  return Array.from({ length: scale.max - scale.min + 1 }, (_, i) => scale.min + i);
}

// Lists have a text for every value, or are not there.
function whole(labels: Text[], own: string): boolean {
  return labels.length > 0 && labels.every((text) => inLanguage(text, own, own).trim() !== '');
}

interface EditProps extends PartProps { scale: Scale; onClose: () => void }

function Edit({ shown, languages, scale, onSaved, onClose }: EditProps): JSX.Element {
  const own = shown.in_force.language;
  const raw = shown.map.scales?.[scale.id];
  const [before] = useState<Labels>(() => ({
    words: raw?.labels?.words ?? scale.words ?? values(scale).map(() => ''),
    sentences: raw?.labels?.sentences ?? scale.sentences ?? values(scale).map(() => '') }));
  const [labels, setLabels] = useState(before);
  const [language, setLanguage] = useState(own);
  const acting = useAct();
  const type = (kind: Kind, i: number, value: string): void => setLabels((now) => ({ ...now,
    [kind]: now[kind].map((text, n) => n === i ? withLanguage(text, own, language, value) : text) }));
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onSaved(await saveMap(shown, (map) => {
      const said = { ...raw?.labels };
      for (const kind of kinds) if (!same(labels[kind], before[kind])) {
        if (labels[kind].some((text) => inLanguage(text, own, own).trim() !== '')) said[kind] = labels[kind];
        else delete said[kind];
      }
      map.scales = { ...map.scales, [scale.id]: { ...raw, labels: said } };
    })));
  };
  const order = [...values(scale)].reverse();
  return (
    <Dialog title={t('asked.scale.edit', { name: scale.id })} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <p class="quiet">{t('asked.scale.edit.about')}</p>
        <LanguageChoice languages={languages} language={language} onLanguage={setLanguage} />
        <ol class="level-names">
          {order.map((value) => (
            <li key={value}>
              <strong class="level-number">{value}</strong>
              {kinds.map((kind) => (
                <TextField key={kind} label={t(`asked.scale.${kind}`, { n: value })} value={inLanguage(labels[kind][value - scale.min] ?? '', own, language)}
                  required={language === own && whole(before[kind], own)} onInput={(text) => type(kind, value - scale.min, text)} />
              ))}
            </li>
          ))}
        </ol>
        <SaveOrCancel acting={acting} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function cutsText(scale: Scale): string {
  const said = cuts.flatMap((cut) => {
    const value = scale[cut];
    return value === null ? [] : [t(`asked.scale.cut.${cut}`, { n: value })];
  });
  return together(said, ' · ') || '–';
}

// Forms ask on a wide scale in numbers, and say what its two ends are (src/serve/form_parts.c), unless it has sentences.
function Called({ scale }: { scale: Scale }): JSX.Element {
  return (
    <>
      {together(scale.words ?? scale.sentences ?? [], ' · ') || <span class="quiet">{t('asked.scale.none')}</span>}
      {scale.id === 'effort' && !scale.sentences && <><br /><span class="quiet">{t('asked.scale.forms.effort', { min: scale.min, max: scale.max })}</span></>}
    </>
  );
}

// What the program itself asks on its scales.
const asks: Record<string, Key> = {
  'six-levels': 'asked.scale.of.six-levels', believed: 'asked.scale.of.believed', effort: 'asked.scale.of.effort',
  feeling: 'asked.scale.of.feeling', importance: 'asked.scale.of.importance', done: 'asked.scale.of.done',
  known: 'asked.scale.of.known', kept: 'asked.scale.of.kept', card: 'asked.scale.of.card', recommend: 'asked.scale.of.recommend' };

// The program's own are there for questions that a map need not have.
function Used({ scale, users }: { scale: Scale; users: User[] }): JSX.Element {
  const of = asks[scale.id];
  if (users.length === 0) return scale.built_in ? <span class="quiet">{of ? t(of) : '–'}</span> : <span class="quiet">{t('asked.scale.unused')}</span>;
  return (
    <ul class="users-of">
      {users.map((user) => (
        <li key={`${user.kind} ${user.id}`}>
          <bdi>{user.title}</bdi>{user.answers > 0 && <><br /><span class="quiet">{t(plural(user.answers, 'map.answers.one', 'map.answers.many'), { n: count(user.answers) })}</span></>}
        </li>
      ))}
    </ul>
  );
}

interface ActsProps { scale: Scale; users: User[]; onName: () => void; onNumbers: () => void }

// The numbers of the program's scales are its own; those of others stay under answers.
function Acts({ scale, users, onName, onNumbers }: ActsProps): JSX.Element {
  const held = users.some((user) => user.answers > 0);
  return (
    <>
      <span class="acts">
        {scale.max - scale.min <= 10 && <Button kind="quiet" label={`${t('asked.scale.name')}: ${scale.id}`} onClick={onName}>{t('asked.scale.name')}</Button>}
        {!scale.built_in && !held && <Button kind="quiet" label={`${t('asked.scale.numbers')}: ${scale.id}`} onClick={onNumbers}>{t('asked.scale.numbers')}</Button>}
      </span>
      {!scale.built_in && held && <span class="stays">{t('asked.scale.stays')}</span>}
    </>
  );
}

export function Scales(props: PartProps): JSX.Element {
  const { shown, onSaved } = props;
  const [editing, setEditing] = useState<Scale | null>(null);
  const [counting, setCounting] = useState<Scale | null>(null);
  const close = (): void => { setEditing(null); setCounting(null); };
  // Scales of the program for other questions stay in the background until somebody uses them, as does what an import
  // left that was undone.
  const rows = shown.in_force.scales.filter((scale) => scale.built_in ? scale.words || scale.sentences
    : shown.map.scales?.[scale.id] !== undefined || usersOf(shown, scale).length > 0);
  return (
    <section class="block">
      <div><h2>{t('asked.scales')}</h2><p class="lead-text">{t('asked.scales.about')}</p></div>
      <Table caption={t('asked.scales')} rows={rows} rowKey={(scale) => scale.id} columns={[
        { title: t('asked.scale'), cell: (scale) => <>{scale.id}<br /><span class="quiet">{t('asked.scale.range', { min: scale.min, max: scale.max })}{scale.direction === 'down' && ` · ${t('asked.scale.down')}`}</span></> },
        { title: t('asked.scale.labels'), cell: (scale) => <Called scale={scale} /> },
        { title: t('asked.scale.cuts'), cell: cutsText },
        { title: t('asked.scale.used'), cell: (scale) => <Used scale={scale} users={usersOf(shown, scale)} /> },
        { title: t('people.acts'), cell: (scale) => <Acts scale={scale} users={usersOf(shown, scale)} onName={() => setEditing(scale)} onNumbers={() => setCounting(scale)} /> },
      ]} />
      {editing && <Edit {...props} scale={editing} onClose={close} onSaved={(saved) => { close(); onSaved(saved); }} />}
      {counting && <Numbers shown={shown} scale={counting} onClose={close} onSaved={(saved) => { close(); onSaved(saved); }} />}
    </section>
  );
}
