// SPDX-License-Identifier: GPL-3.0-or-later
// /app/ask/map: the map, to look at and to change. Outline and canvas (?as=canvas) are two looks at the same thing.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAct } from '../../../lib/ask';
import { Link, useWay, withChoices } from '../../../lib/router';
import { t, type Key } from '../../../lib/texts';
import { Busy, Button, CommandLine, Empty, Heading, Notice, Tabs, Trouble } from '../../../parts/parts';
import { AskTabs } from '../tabs';
import { CheckPanel, SaveBar, useCheck, type Checked } from './bar';
import { Canvas } from './canvas';
import { wrong } from './check';
import { ConflictDialog, type Chosen } from './conflicts';
import { addNew, dropBlank, kindKey, move, stepKeys, takeAway, useDesk, type Desk } from './desk';
import { Details } from './details';
import { BackDialog, MergeDialog, PasteDialog, RemoveDialog, SplitDialog } from './dialogs';
import { apply, choose, current, follow, load, MapProblem, pause, useDraft, type Conflict, type Draft } from './draft';
import { HistoryDialog } from './history';
import { allPoints, find, say } from './model';
import { Outline } from './outline';

function Toolbar({ desk }: { desk: Desk }): JSX.Element {
  const { map, key } = desk.draft;
  const kind = find(map, key) ? kindKey(map, key) : null;
  const placed = kind === 'journey' || kind === 'transaction' || kind === 'point' || kind === 'use';
  const item = find(map, key);
  const shifts = kind === 'transaction' || (item?.kind === 'point' && kind === 'point' && !item.point.id) || (item?.kind === 'journey' && !item.journey.id);
  return (
    <div class="map-tools" role="group" aria-label={t('map.acts')}>
      {kind && kind !== 'retired' && <Button onClick={() => addNew(desk, 'below')}>{t('map.add.below')}</Button>}
      {(kind === 'journey' || kind === 'transaction') && <Button onClick={() => addNew(desk, 'inside')}>{t(`map.add.inside.${kind}`)}</Button>}
      {key === 'group/promises' && <Button onClick={() => addNew(desk, 'promise')}>{t('map.add.promise')}</Button>}
      {key === 'group/tasks' && <Button onClick={() => addNew(desk, 'task')}>{t('map.add.task')}</Button>}
      {kind && kind !== 'retired' && kind !== 'use' && <Button onClick={() => desk.type(key)}>{t('map.rename')}</Button>}
      {placed && <Button label={t('map.up')} onClick={() => move(desk, 'up')}>↑</Button>}
      {placed && <Button label={t('map.down')} onClick={() => move(desk, 'down')}>↓</Button>}
      {shifts && <Button onClick={() => move(desk, 'out')}>{t('map.out')}</Button>}
      {shifts && <Button onClick={() => move(desk, 'in')}>{t('map.in')}</Button>}
      {kind === 'point' && <Button onClick={() => desk.open('split')}>{t('map.split')}</Button>}
      {kind === 'point' && allPoints(map).length > 1 && <Button onClick={() => desk.open('merge')}>{t('map.merge')}</Button>}
      {kind && kind !== 'retired' && <Button onClick={() => takeAway(desk)}>{t('map.remove')}</Button>}
      <Button onClick={() => desk.open('paste')}>{t('map.paste')}</Button>
      <a class="button map-to-details" href="#map-details">{t('map.details')}</a>
    </div>
  );
}

function Keys(): JSX.Element {
  const lines: Key[] = ['map.keys.move', 'map.keys.enter', 'map.keys.alt', 'map.keys.undo', 'map.keys.drag'];
  return (
    <details class="map-more">
      <summary>{t('map.keys')}</summary>
      <ul class="map-said">{lines.map((line) => <li key={line}>{t(line)}</li>)}</ul>
    </details>
  );
}

function Dialogs({ desk }: { desk: Desk }): JSX.Element | null {
  const shown = { remove: RemoveDialog, merge: MergeDialog, split: SplitDialog, paste: PasteDialog, history: HistoryDialog, back: BackDialog };
  const Shown = desk.dialog ? shown[desk.dialog] : null;
  return Shown && <Shown desk={desk} close={() => desk.open(null)} />;
}

function Nothing({ desk }: { desk: Desk }): JSX.Element {
  return (
    <Empty title={t('map.empty.title')}>
      <p>{t('map.empty.text')}</p>
      {desk.editor && (
        <div class="acts">
          <Button kind="first" onClick={() => addNew(desk, 'below')}>{t('map.empty.first')}</Button>
          <Button onClick={() => desk.open('paste')}>{t('map.paste')}</Button>
        </div>
      )}
    </Empty>
  );
}

function Looks({ desk, checked }: { desk: Desk; checked: Checked }): JSX.Element {
  const way = useWay();
  const canvas = way.query.get('as') === 'canvas';
  const bad = new Set(desk.draft.past.length > 0 ? checked.remarks.map((remark) => remark.key) : []);
  const tab = (as: 'outline' | 'canvas') => ({ text: t(`map.as.${as}`), here: canvas === (as === 'canvas'),
    link: (props: { class: string; 'aria-current'?: 'page' }) => (
      <Link to={withChoices(way, { as: as === 'canvas' ? 'canvas' : null })} {...props}>{t(`map.as.${as}`)}</Link>) });
  return (
    <>
      <Tabs label={t('map.as')} tabs={[tab('outline'), tab('canvas')]} />
      {desk.editor && <Toolbar desk={desk} />}
      <div class={canvas ? 'map-desk wide' : 'map-desk'}>
        <div class="map-look">
          {canvas ? <Canvas desk={desk} wrong={bad} /> : <Outline desk={desk} wrong={bad} />}
          <Keys />
        </div>
        <div class="map-side">
          <CheckPanel desk={desk} checked={checked} />
          <Details desk={desk} />
        </div>
      </div>
    </>
  );
}

interface Saving { busy: boolean; line: string; good: string; conflicts: Conflict[]; save: (chosen?: Chosen) => void; close: () => void; problem: JSX.Element }

function useSaving(draft: Draft, onSaved: () => void): Saving {
  const acting = useAct();
  const [line, setLine] = useState('');
  const [good, setGood] = useState('');
  const [conflicts, setConflicts] = useState<Conflict[]>([]);
  const [taken, setTaken] = useState<Chosen>({});
  const save = (chosen: Chosen = {}): void => {
    dropBlank();
    const now = current() ?? draft; // with what was typed a moment ago
    const first = wrong(now.map)[0];
    setGood('');
    if (first) choose(first.key);
    if (first || now.past.length === 0) return;
    const all = { ...taken, ...chosen }; // what was chosen may lead to one more to choose
    const { map, number } = now;
    const names = (side: 'ours' | 'theirs'): string[] => Object.keys(all).filter((name) => all[name] === side);
    void acting.act(async () => {
      pause();
      try {
        const done = await apply(map, number, { ours: names('ours'), theirs: names('theirs') });
        setTaken(done.document.conflicts.length > 0 ? all : {});
        setConflicts(done.document.conflicts);
        if (done.document.conflicts.length > 0) return;
        setLine(done.line);
        setGood(t(!done.document.applied ? 'map.saved.same' : done.document.merged ? 'map.saved.merged' : 'map.saved', { n: done.document.map }));
        await follow(map, done.document);
        onSaved();
      } catch (cause) {
        if (cause instanceof MapProblem && cause.key) choose(cause.key);
        throw cause;
      }
    });
  };
  const steps = useRef(0);
  useEffect(() => {
    if (draft.past.length > steps.current) setGood('');
    steps.current = draft.past.length;
  }, [draft.past.length]);
  return { busy: acting.busy, line, good, conflicts, save, close: () => { setConflicts([]); setTaken({}); }, problem: <Trouble problem={acting.problem} /> };
}

function Editor({ draft }: { draft: Draft }): JSX.Element {
  const saving = useSaving(draft, () => { if (!document.activeElement?.closest('main')) desk.focus.current = true; });
  const desk = useDesk(draft, () => saving.save());
  const checked = useCheck(draft);
  const { map } = draft;
  const empty = map.journeys.length === 0 && draft.past.length === 0;
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => { if (desk.editor && !desk.dialog && stepKeys(desk, event)) event.preventDefault(); };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
  return (
    <>
      <Heading title={!empty && say(map.title, map) ? `${t('map.title')}: ${say(map.title, map)}` : t('map.title')} lead={t('map.lead')}>
        <Button onClick={() => desk.open('history')}>{t('map.history')}</Button>
      </Heading>
      <AskTabs here="map" />
      {!desk.editor && <Notice>{t('map.read.only')}</Notice>}
      {saving.problem}
      <div aria-live="polite" class="map-told">{saving.good && <Notice kind="good">{saving.good}</Notice>}</div>
      <p class="visually-hidden" role="status">{desk.said}</p>
      <SaveBar desk={desk} busy={saving.busy} checked={checked} />
      {empty ? <Nothing desk={desk} /> : <Looks desk={desk} checked={checked} />}
      <Dialogs desk={desk} />
      {saving.conflicts.length > 0 && <ConflictDialog conflicts={saving.conflicts} language={map.language} close={saving.close}
        key={saving.conflicts.map((one) => one.name).join()} go={(chosen) => { saving.save(chosen); }} />}
      <CommandLine line={saving.line || draft.line} />
    </>
  );
}

export function MapPage(): JSX.Element {
  const draft = useDraft();
  const acting = useAct();
  const ask = (): void => void acting.act(load);
  useEffect(() => { if (!draft || draft.past.length === 0) ask(); }, []);
  if (draft) return <Editor draft={draft} />;
  return (
    <>
      <Heading title={t('map.title')} lead={t('map.lead')} />
      <AskTabs here="map" />
      <Trouble problem={acting.problem} again={ask} />
      {acting.busy && <Busy />}
    </>
  );
}
