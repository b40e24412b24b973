// SPDX-License-Identifier: GPL-3.0-or-later
// Who is asked, and from how many on an audience is shown.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAct, useAsk } from '../../lib/ask';
import { count } from '../../lib/format';
import { useLive } from '../../lib/live';
import { t } from '../../lib/texts';
import { Button, Check, Dialog, Notice, SelectField, Table, TextField, Trouble } from '../../parts/parts';
import { Leave, whyStays } from './audience_leave';
import { saveMap, type Audience, type RawAudience, type Saved, type Shown } from './map_edit';
import { SaveOrCancel } from './save_or_cancel';
import { TextIn } from './text_in';
import { links, type FormLink } from '../ask/data';
import { idFrom, type Text } from '../ask/map/model';

export interface PartProps { shown: Shown; languages: string[]; onSaved: (saved: Saved) => void }

interface Wish { title: Text; minimum: string; population: string; served: boolean; protected: boolean; named: boolean; identity: Audience['identity']; scale: string }

const identities = ['anonymous', 'visit', 'panel'] as const;

const fresh: Audience = { id: '', title: '', built_in: false, served: false, protected: false, named: false, population: null, minimum: 5, identity: 'visit', scale: 'six-levels' };

function wishOf(one: Audience, raw: RawAudience | undefined): Wish {
  return { title: raw?.title ?? one.title ?? '', minimum: String(one.minimum), population: one.population === null ? '' : String(one.population),
    served: one.served, protected: one.protected, named: one.named, identity: one.identity, scale: one.scale };
}

// What is said of it already, and what differs from what holds: defaults stay defaults.
function rawOf(wish: Wish, before: Audience, raw: RawAudience): RawAudience {
  const made: RawAudience = { ...raw };
  const set = <K extends keyof RawAudience>(key: K, value: RawAudience[K], differs: boolean): void => { if (differs) made[key] = value; };
  set('title', wish.title, JSON.stringify(wish.title) !== JSON.stringify(raw.title ?? before.title ?? ''));
  set('minimum', Number(wish.minimum), wish.minimum !== String(before.minimum));
  if (wish.population === '') delete made.population;
  else set('population', Number(wish.population), wish.population !== String(before.population ?? ''));
  set('served', wish.served, wish.served !== before.served);
  set('protected', wish.protected, wish.protected !== before.protected);
  set('named', wish.named, wish.named !== before.named);
  set('identity', wish.identity, wish.identity !== before.identity);
  set('scale', wish.scale, wish.scale !== before.scale);
  return made;
}

interface EditProps extends PartProps { audience: Audience | null; onClose: () => void }

function Edit({ shown, languages, audience, onSaved, onClose }: EditProps): JSX.Element {
  const before = audience ?? fresh;
  const raw = shown.map.audiences?.[before.id];
  const [wish, setWish] = useState(() => wishOf(before, raw));
  const [language, setLanguage] = useState(shown.in_force.language);
  const acting = useAct();
  const set = (changes: Partial<Wish>): void => setWish((now) => ({ ...now, ...changes }));
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onSaved(await saveMap(shown, (map) => {
      const own = typeof wish.title === 'string' ? wish.title : wish.title[shown.in_force.language] ?? '';
      map.audiences = { ...map.audiences, [before.id || idFrom(own)]: rawOf(wish, before, raw ?? {}) };
    })));
  };
  return (
    <Dialog title={audience ? t('asked.edit', { name: audience.title ?? audience.id }) : t('asked.add')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <TextIn label={t('asked.title')} hint={t('asked.title.hint')} text={wish.title} own={shown.in_force.language} languages={languages}
          language={language} onLanguage={setLanguage} onWords={(title) => set({ title })} required />
        <div class="side-by-side">
          <TextField label={t('asked.minimum')} hint={t('asked.minimum.hint')} type="number" value={wish.minimum} onInput={(minimum) => set({ minimum })} required />
          <TextField label={t('asked.population')} hint={t('asked.population.hint')} type="number" value={wish.population} onInput={(population) => set({ population })} />
        </div>
        <fieldset class="choices">
          <legend class="legend-text">{t('asked.rules')}</legend>
          <Check label={t('asked.served.about')} checked={wish.served} onChange={(served) => set({ served })} />
          <Check label={t('asked.protected.about')} checked={wish.protected} onChange={(on) => set({ protected: on })} />
          <Check label={t('asked.named.about')} checked={wish.named} onChange={(named) => set({ named })} />
        </fieldset>
        {wish.named && !before.named && <Notice title={t('asked.named.sure')}><p>{t('asked.named.sure.about')}</p></Notice>}
        <div class="side-by-side">
          <SelectField label={t('asked.identity')} value={wish.identity} onChange={(value) => set({ identity: identities.find((one) => one === value) ?? 'visit' })}
            choices={identities.map((value) => ({ value, label: t(`asked.identity.${value}`) }))} />
          <SelectField label={t('asked.scale')} value={wish.scale} onChange={(scale) => set({ scale })}
            choices={shown.in_force.scales.map((scale) => ({ value: scale.id, label: `${scale.id} (${t('asked.scale.range', { min: scale.min, max: scale.max })})` }))} />
        </div>
        <SaveOrCancel acting={acting} onClose={onClose} />
      </form>
    </Dialog>
  );
}

function Tags({ one }: { one: Audience }): JSX.Element {
  return (
    <span class="tags">
      {one.served && <span class="tag good">{t('asked.served')}</span>}
      {one.protected && <span class="tag">{t('asked.protected')}</span>}
      {one.named && <span class="tag">{t('asked.named')}</span>}
    </span>
  );
}

interface ActsProps { one: Audience; stays: string | null; onEdit: () => void; onLeave: () => void }

// `stays` null: those of every map.
function Acts({ one, stays, onEdit, onLeave }: ActsProps): JSX.Element {
  const name = one.title ?? one.id;
  return (
    <>
      <span class="acts">
        <Button kind="quiet" label={`${t('asked.change')}: ${name}`} onClick={onEdit}>{t('asked.change')}</Button>
        {stays === '' && <Button kind="quiet" label={`${t('asked.leave')} ${name}`} onClick={onLeave}>{t('asked.leave')}</Button>}
      </span>
      {stays && <span class="stays">{stays}</span>}
    </>
  );
}

export function Audiences(props: PartProps): JSX.Element {
  const { shown, onSaved } = props;
  const [editing, setEditing] = useState<Audience | null | undefined>(undefined);
  const [leaving, setLeaving] = useState<Audience | null>(null);
  const asking = useAsk(`links ${shown.number}`, links);
  useLive(['links', 'answers'], asking.again);
  const asked: FormLink[] | null = asking.data?.document.links ?? null;
  const head = useRef<HTMLHeadingElement>(null);
  const gone = useRef(false); // its row goes, and with it the button that had the focus
  useEffect(() => {
    if (gone.current) head.current?.focus();
    gone.current = false;
  }, [shown.number]);
  const close = (): void => setEditing(undefined);
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2 ref={head} tabIndex={-1}>{t('asked.audiences')}</h2><p class="lead-text">{t('asked.audiences.about')}</p></div>
        <Button onClick={() => setEditing(null)}>{t('asked.add')}</Button>
      </div>
      <Table caption={t('asked.audiences')} rows={shown.in_force.audiences} rowKey={(one) => one.id} columns={[
        { title: t('asked.who'), cell: (one) => <>{one.title ?? one.id}<br /><span class="quiet">{one.id}</span></> },
        { title: t('asked.minimum'), number: true, cell: (one) => count(one.minimum) },
        { title: t('asked.population'), number: true, cell: (one) => one.population === null ? <span class="quiet">{t('asked.unknown')}</span> : count(one.population) },
        { title: t('asked.rules'), cell: (one) => <Tags one={one} /> },
        { title: t('asked.scale'), cell: (one) => one.scale },
        { title: t('people.acts'), cell: (one) => <Acts one={one} stays={one.built_in ? null : whyStays(shown, one, asked)} onEdit={() => setEditing(one)} onLeave={() => setLeaving(one)} /> },
      ]} />
      <Trouble problem={asking.problem} again={asking.again} />
      {editing !== undefined && <Edit {...props} audience={editing} onClose={close} onSaved={(saved) => { close(); onSaved(saved); }} />}
      {leaving && <Leave shown={shown} audience={leaving} onClose={() => setLeaving(null)} onSaved={(saved) => { gone.current = true; setLeaving(null); onSaved(saved); }} />}
    </section>
  );
}
