// SPDX-License-Identifier: GPL-3.0-or-later
// What is not saved yet, and whether it can be: "3 changes not saved yet: Save, Undo".
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../../lib/api';
import { plural, t } from '../../../lib/texts';
import { Button } from '../../../parts/parts';
import { lacks, remarkOf, wrong, type Lost, type Remark } from './check';
import type { Desk } from './desk';
import { apply, choose, discard, edit, MapProblem, redo, undo, type Applied, type Draft } from './draft';

export interface Checked { busy: boolean; remarks: Remark[]; will: Applied | null }

// A moment after the last change: here, and where nothing is wrong by the server.
export function useCheck(draft: Draft | null): Checked {
  const [checked, setChecked] = useState<Checked>({ busy: false, remarks: [], will: null });
  const map = draft?.map;
  useEffect(() => {
    if (!draft || !map || draft.past.length === 0) {
      setChecked({ busy: false, remarks: [], will: null });
      return undefined;
    }
    const remarks = wrong(map);
    setChecked((before) => ({ busy: remarks.length === 0, remarks, will: remarks.length === 0 ? before.will : null }));
    if (remarks.length > 0) return undefined;
    let on = true;
    const timer = window.setTimeout(() => {
      apply(map, draft.number, { dry: true }).then(
        ({ document }) => { if (on) setChecked({ busy: false, remarks: [], will: document }); },
        (cause: unknown) => {
          const text = cause instanceof Problem ? (cause.status === 0 ? t('trouble.network') : cause.message) : String(cause);
          if (on) setChecked({ busy: false, remarks: [remarkOf(cause instanceof MapProblem ? cause.key : '', text)], will: null });
        });
    }, 600);
    return () => {
      on = false;
      window.clearTimeout(timer);
    };
  }, [map, draft?.number]);
  return checked;
}

export function SaveBar({ desk, busy, checked }: { desk: Desk; busy: boolean; checked: Checked }): JSX.Element | null {
  const { past, future } = desk.draft;
  if (past.length === 0 && future.length === 0) return null;
  return (
    <div class="map-bar" role="region" aria-label={t('map.save')}>
      <p class="map-count">{t(plural(past.length, 'map.unsaved.one', 'map.unsaved.many'), { n: past.length })}</p>
      <div class="acts">
        <Button kind="first" busy={busy} disabled={past.length === 0} onClick={desk.save}>{t('map.save')}</Button>
        <Button disabled={past.length === 0} onClick={undo}>{t('map.undo')}</Button>
        <Button disabled={future.length === 0} onClick={redo}>{t('map.redo')}</Button>
        <Button kind="quiet" disabled={past.length === 0} onClick={discard}>{t('map.discard')}</Button>
      </div>
      {checked.remarks.length > 0 && <p class="map-bar-wrong">{t('map.check.wrong')}: {checked.remarks[0]?.text}</p>}
    </div>
  );
}

function Remarks({ desk, remarks }: { desk: Desk; remarks: Remark[] }): JSX.Element {
  const show = (key: string): void => {
    desk.focus.current = true;
    choose(key);
  };
  const keep = ({ kind, id }: Lost): void => {
    const { map } = desk.draft;
    edit({ ...map, retired: [...map.retired, { key: `retired/${kind}/${id}`, kind, id, title: '', was: [] }] });
  };
  return (
    <ul class="map-remarks">
      {remarks.map((remark, i) => (
        <li key={i}><bdi>{remark.text}</bdi> {remark.lost && <Button onClick={() => { if (remark.lost) keep(remark.lost); }}>{t('map.lost.keep')}</Button>}
          {remark.key && <Button kind="quiet" label={`${t('map.check.show')}: ${remark.text}`} onClick={() => show(remark.key)}>{t('map.check.show')}</Button>}</li>
      ))}
    </ul>
  );
}

export function CheckPanel({ desk, checked }: { desk: Desk; checked: Checked }): JSX.Element {
  const missing = lacks(desk.draft.map);
  const changed = desk.draft.past.length > 0;
  const { busy, remarks, will } = checked;
  return (
    <section class="map-check" aria-label={t('map.check')}>
      <div aria-live="polite">
        {remarks.length > 0 && <><h2 class="map-wrong">{t('map.check.wrong')}</h2><Remarks desk={desk} remarks={remarks} /></>}
        {remarks.length === 0 && busy && !will && <p class="quiet">{t('map.check.busy')}</p>}
        {remarks.length === 0 && will && will.conflicts.length > 0 && <p>{t('map.check.conflict')}</p>}
        {remarks.length === 0 && will && will.merged && will.conflicts.length === 0 && <p>{t('map.check.others')}</p>}
        {remarks.length === 0 && (!changed || (will && will.conflicts.length === 0)) && <p class="map-fine">{t('map.check.good')}</p>}
      </div>
      {changed && remarks.length === 0 && will && will.changes.length > 0 && (
        <details class="map-more">
          <summary>{t('map.check.will')} ({will.changes.length})</summary>
          <ul class="map-said">{will.changes.map((change, i) => <li key={i}>{change.sentence}</li>)}</ul>
        </details>
      )}
      {missing.length > 0 && (
        <details class="map-more">
          <summary>{t('map.check.lacks')} ({missing.length})</summary>
          <Remarks desk={desk} remarks={missing} />
        </details>
      )}
    </section>
  );
}
