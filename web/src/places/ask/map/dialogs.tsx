// SPDX-License-Identifier: GPL-3.0-or-later
// Dialogs that say what happens to the answers so far.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { count } from '../../../lib/format';
import { t } from '../../../lib/texts';
import { Button, Dialog, Field, SelectField, TextField } from '../../../parts/parts';
import { answersAt, nameOf, removeNow, type Desk } from './desk';
import { edit } from './draft';
import { bringBack, merge, split } from './edits';
import { allPoints, find } from './model';
import { addOutline, firstKind, kindOf, readOutline } from './paste';

interface Props { desk: Desk; close: () => void }

function Ends({ close, text, go, danger }: { close: () => void; text: string; go: () => void; danger?: boolean }): JSX.Element {
  return (
    <div class="acts">
      <Button kind={danger ? 'danger' : 'first'} onClick={go}>{text}</Button>
      <Button onClick={close}>{t('cancel')}</Button>
    </div>
  );
}

export function RemoveDialog({ desk, close }: Props): JSX.Element {
  const { map, key } = desk.draft;
  const item = find(map, key);
  const n = answersAt(map, key);
  const points = item?.kind === 'transaction' ? item.transaction.points.length
    : item?.kind === 'journey' ? item.journey.transactions.reduce((sum, one) => sum + one.points.length, 0) : 0;
  return (
    <Dialog title={t('map.remove.title', { name: nameOf(map, key) })} onClose={close}>
      <div class="form">
        {points > 0 && <p>{t('map.remove.points', { n: points })}</p>}
        <p>{n > 0 ? t('map.remove.keep', { n: count(n) }) : t('map.remove.gone')}</p>
        <Ends close={close} text={t('map.remove.do')} danger go={() => { close(); removeNow(desk); }} />
      </div>
    </Dialog>
  );
}

export function MergeDialog({ desk, close }: Props): JSX.Element {
  const { map, key } = desk.draft;
  const item = find(map, key);
  const near = item?.kind === 'point' ? item.transaction.points : [];
  const others = [...near.filter((point) => !point.use), ...allPoints(map).filter((point) => !near.includes(point))].filter((point) => point.key !== key);
  const [into, setInto] = useState(others[0]?.key ?? '');
  const n = answersAt(map, key);
  const go = (): void => {
    const edited = merge(map, key, into);
    close();
    desk.focus.current = true;
    edit(edited.map, edited.key);
  };
  return (
    <Dialog title={t('map.merge.title', { name: nameOf(map, key) })} onClose={close}>
      <div class="form">
        <SelectField label={t('map.merge.into')} value={into} onChange={setInto}
          choices={others.map((point) => ({ value: point.key, label: nameOf(map, point.key) }))} />
        <p>{n > 0 ? t('map.merge.moves', { n: count(n), name: nameOf(map, into) }) : t('map.merge.none')}</p>
        <Ends close={close} text={t('map.merge.do')} go={go} />
      </div>
    </Dialog>
  );
}

export function SplitDialog({ desk, close }: Props): JSX.Element {
  const { map, key } = desk.draft;
  const name = nameOf(map, key);
  const n = answersAt(map, key);
  const [titles, setTitles] = useState([name, '']);
  const [first, setFirst] = useState(n === 0);
  const [tried, setTried] = useState(false);
  const label = (i: number): string => (i === 0 ? t('map.split.one') : i === 1 ? t('map.split.other') : t('map.split.third', { n: i + 1 }));
  const go = (): void => {
    setTried(true);
    if (titles.some((title) => !title.trim())) return;
    const edited = split(map, key, titles.map((title) => title.trim()), first);
    close();
    desk.focus.current = true;
    edit(edited.map, edited.key);
  };
  return (
    <Dialog title={t('map.split.title', { name })} onClose={close}>
      <div class="form">
        {titles.map((title, i) => (
          <TextField key={i} label={label(i)} value={title} error={tried && !title.trim() ? t('map.split.need') : undefined}
            onInput={(value) => setTitles(titles.map((one, k) => (k === i ? value : one)))} />
        ))}
        <Button kind="quiet" onClick={() => setTitles([...titles, ''])}>{t('map.split.more')}</Button>
        {n === 0 ? <p>{t('map.split.none')}</p> : (
          <fieldset class="map-set">
            <legend class="legend-text">{t('map.split.answers', { n: count(n) })}</legend>
            <label class="check"><input type="radio" name="split" checked={!first} onChange={() => setFirst(false)} /><span>{t('map.split.stay', { name })}</span></label>
            <label class="check"><input type="radio" name="split" checked={first} onChange={() => setFirst(true)} /><span>{t('map.split.first')}</span></label>
          </fieldset>
        )}
        <Ends close={close} text={t('map.split.do')} go={go} />
      </div>
    </Dialog>
  );
}

export function PasteDialog({ desk, close }: Props): JSX.Element {
  const { map, key } = desk.draft;
  const [text, setText] = useState('');
  const lines = readOutline(text);
  const first = firstKind(lines);
  const go = (): void => {
    if (lines.length === 0) return;
    const edited = addOutline(map, key, lines, t('map.untitled.new'));
    close();
    desk.focus.current = true;
    edit(edited.map, edited.key);
  };
  return (
    <Dialog title={t('map.paste.title')} onClose={close}>
      <div class="form">
        <Field label={t('map.paste.text')} hint={t('map.paste.hint')}>
          {(id, about) => <textarea id={id} dir="auto" rows={8} autofocus class="map-paste" value={text} aria-describedby={about} onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => event.stopPropagation()} />}
        </Field>
        <section aria-live="polite">
          <h3>{t('map.paste.preview')}</h3>
          {lines.length === 0 ? <p class="quiet">{t('map.paste.nothing')}</p> : (
            <ul class="map-preview">
              {lines.map((line, i) => <li key={i} class={`at-${line.depth + 1}`}>{line.title} <span class="tag">{t(`map.kind.${kindOf(line, first)}`)}</span></li>)}
            </ul>
          )}
        </section>
        <Ends close={close} text={t('map.paste.do')} go={go} />
      </div>
    </Dialog>
  );
}

export function BackDialog({ desk, close }: Props): JSX.Element {
  const { map, key } = desk.draft;
  const transactions = map.journeys.flatMap((journey) => journey.transactions);
  const [home, setHome] = useState(transactions[0]?.key ?? '');
  const go = (): void => {
    const edited = bringBack(map, key, home);
    close();
    desk.focus.current = true;
    edit(edited.map, edited.key);
  };
  return (
    <Dialog title={nameOf(map, key)} onClose={close}>
      <div class="form">
        <p>{t('map.back.text', { n: count(answersAt(map, key)) })}</p>
        <SelectField label={t('map.back.where')} value={home} onChange={setHome}
          choices={transactions.map((one) => ({ value: one.key, label: nameOf(map, one.key) }))} />
        <Ends close={close} text={t('map.back')} go={go} />
      </div>
    </Dialog>
  );
}
