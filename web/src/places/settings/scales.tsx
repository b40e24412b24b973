// SPDX-License-Identifier: GPL-3.0-or-later
// What the levels are called, and the values of other scales.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct } from '../../lib/ask';
import { t, together } from '../../lib/texts';
import { Button, Dialog, Table, TextField } from '../../parts/parts';
import { inLanguage, withLanguage, type Text } from '../ask/map/model';
import type { PartProps } from './audiences';
import { saveMap, type Scale } from './map_edit';
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
  const cuts = (['floor', 'met', 'desired'] as const).flatMap((cut) => {
    const value = scale[cut];
    return value === null ? [] : [t(`asked.scale.cut.${cut}`, { n: value })];
  });
  return together(cuts, ' · ') || '–';
}

export function Scales(props: PartProps): JSX.Element {
  const { shown, onSaved } = props;
  const [editing, setEditing] = useState<Scale | null>(null);
  const close = (): void => setEditing(null);
  // Scales of the program for other questions stay in the background until somebody uses them.
  const rows = shown.in_force.scales.filter((scale) => !scale.built_in || scale.words || scale.sentences);
  return (
    <section class="block">
      <div><h2>{t('asked.scales')}</h2><p class="lead-text">{t('asked.scales.about')}</p></div>
      <Table caption={t('asked.scales')} rows={rows} rowKey={(scale) => scale.id} columns={[
        { title: t('asked.scale'), cell: (scale) => <>{scale.id}<br /><span class="quiet">{t('asked.scale.range', { min: scale.min, max: scale.max })}{scale.direction === 'down' && ` · ${t('asked.scale.down')}`}</span></> },
        { title: t('asked.scale.labels'), cell: (scale) => together(scale.words ?? scale.sentences ?? [], ' · ') || <span class="quiet">{t('asked.scale.none')}</span> },
        { title: t('asked.scale.cuts'), cell: cutsText },
        { title: t('people.acts'), cell: (scale) => scale.max - scale.min <= 10 && <Button kind="quiet" label={`${t('asked.scale.name')}: ${scale.id}`} onClick={() => setEditing(scale)}>{t('asked.scale.name')}</Button> },
      ]} />
      {editing && <Edit {...props} scale={editing} onClose={close} onSaved={(saved) => { close(); onSaved(saved); }} />}
    </section>
  );
}
