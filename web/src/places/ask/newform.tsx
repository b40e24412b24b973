// SPDX-License-Identifier: GPL-3.0-or-later
// New form: who is asked about what, and by which address.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { command, inList, type Options } from '../../lib/api';
import { useAct } from '../../lib/ask';
import { count } from '../../lib/format';
import { Link, useWay } from '../../lib/router';
import { listed, t, together } from '../../lib/texts';
import { Busy, Button, CommandLine, Copy, Notice, SelectField, TextField, Trouble } from '../../parts/parts';
import { Code } from './code';
import { placesOf, useChoices, type Choices } from './data';
import { Lacking, languageKeys, Many, measureKeys, One, questionKeys } from './newform_parts';
import { PointsChoice } from './points';

const kinds = ['campaign', 'place', 'single', 'kiosk'] as const;
type Kind = (typeof kinds)[number];
const identities = ['anonymous', 'visit', 'panel'] as const;
type Identity = (typeof identities)[number];

interface Given { link: number; place: string | null; path: string; url: string | null }
interface Made { kind: Kind; line: string; given: Given[]; anonymous: boolean }

interface Wish {
  audience: string; journey: string; kind: Kind; places: string; place: string; n: string;
  measures: string[]; questions: string[]; languages: string[]; points: string; only: string[];
  identity: Identity; opens: string; closes: string; quota: string;
}

// "hull" is the Hull that answers know: written in two ways it would be two places.
function known(place: string, places: string[]): string {
  const plain = place.trim();
  return places.find((one) => one === plain) ?? places.find((one) => one.toLocaleLowerCase() === plain.toLocaleLowerCase()) ?? plain;
}

function optionsOf(wish: Wish, all: string[]): Options {
  const places = listed(wish.places).map((place) => known(place, all));
  return {
    audience: wish.audience, journey: wish.journey,
    places: wish.kind === 'place' ? places.map(inList).join(',') : '',
    single: wish.kind === 'single' ? wish.n : '',
    kiosk: wish.kind === 'kiosk' ? true : null,
    place: wish.kind === 'place' ? '' : known(wish.place, all),
    // A kiosk asks for levels alone.
    measures: wish.kind === 'kiosk' ? '' : wish.measures.join(','), questions: wish.kind === 'kiosk' ? '' : wish.questions.join(','), language: wish.languages.join(','),
    points: wish.points, only: wish.only.join(','), identity: wish.identity === 'anonymous' ? '' : wish.identity,
    opens: wish.opens, closes: wish.closes, quota: wish.kind === 'single' ? '' : wish.quota,
  };
}

// The addresses for one form each, which are shown once, as a file.
function csv(given: Given[]): string {
  const lines = given.map((one) => `${one.link},${one.url ?? one.path}`);
  return URL.createObjectURL(new Blob([`link,url\n${lines.join('\n')}\n`], { type: 'text/csv' }));
}

function Result({ made, onMore }: { made: Made; onMore: () => void }): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const first = made.given[0];
  return (
    <section class="block first-block">
      <h2 ref={head} tabIndex={-1}>{t(made.kind === 'kiosk' ? 'ask.made.kiosk' : 'ask.made')}</h2>
      <Notice kind="good">
        <p>{t(`ask.made.${made.kind}.about`)}</p>
        {made.kind === 'single'
          ? <a class="button" href={csv(made.given)} download="addresses.csv">{t('ask.made.csv', { n: count(made.given.length) })}</a>
          : <ul class="addresses">{made.given.map((one) => <li key={one.link}>{one.place && <strong>{one.place} </strong>}<Copy text={one.url ?? one.path} label={t('ask.address.copy')} /></li>)}</ul>}
      </Notice>
      {made.anonymous && <p class="hint-text">{t('ask.made.wait')}</p>}
      {first && (made.kind === 'campaign' || made.kind === 'place') && <Code links={made.given.map((one) => one.link)} name={`code-${first.link}`} />}
      <div class="acts">
        <Link to={made.kind === 'kiosk' ? '/app/ask/kiosks' : '/app/ask/forms'} class="button">{t(made.kind === 'kiosk' ? 'ask.kiosk.all' : 'ask.made.all')}</Link>
        <Button onClick={onMore}>{t(made.kind === 'kiosk' ? 'ask.kiosk.more' : 'ask.made.more')}</Button>
      </div>
      <CommandLine line={made.line} />
    </section>
  );
}

function isNew(place: string, places: string[]): boolean {
  const begun = place.trim().toLocaleLowerCase();
  return begun !== '' && places.length > 0 && !places.some((one) => one.toLocaleLowerCase().startsWith(begun));
}

interface EditProps { wish: Wish; set: (changes: Partial<Wish>) => void; choices: Choices }

function Which({ wish, set, choices, kiosk }: EditProps & { kiosk: boolean }): JSX.Element {
  const places = placesOf(choices);
  return (
    <>
      {!kiosk && <One legend="ask.kind" all={kinds} value={wish.kind} onChange={(kind) => set({ kind })}
        title={(kind) => t(`ask.kind.${kind}`)} about={(kind) => t(`ask.kind.${kind}.about`)} />}
      {wish.kind === 'single' && <TextField label={t('ask.single.n')} type="number" value={wish.n} onInput={(n) => set({ n })} required />}
      {wish.kind === 'place'
        ? <TextField label={t('ask.places')} hint={places.length > 0 ? t('ask.places.known', { places: together(places.slice(0, 8).map(inList)) }) : t('ask.places.hint')} value={wish.places} onInput={(value) => set({ places: value })} required />
        : <TextField label={t('ask.place')} hint={isNew(wish.place, places) ? t('ask.place.new') : t('ask.place.hint')} list="ask-places" value={wish.place} onInput={(place) => set({ place })} />}
      <datalist id="ask-places">{places.map((place) => <option key={place} value={place} />)}</datalist>
    </>
  );
}

function More({ wish, set, choices }: EditProps): JSX.Element {
  return (
    <details class="ask-more">
      <summary>{t('ask.more')}</summary>
      <div class="form">
        {wish.kind !== 'kiosk' && <Many legend="ask.measures" hint="ask.measures.hint" keys={measureKeys} chosen={wish.measures} onChange={(measures) => set({ measures })} />}
        {wish.kind !== 'kiosk' && <Many legend="ask.questions" hint="ask.questions.hint" keys={questionKeys} chosen={wish.questions} onChange={(questions) => set({ questions })} />}
        <Many legend="ask.language" hint="ask.language.hint" keys={languageKeys} chosen={wish.languages} onChange={(languages) => set({ languages })} />
        <Lacking wanted={wish.languages.length > 0 ? wish.languages : Object.keys(languageKeys)} choices={choices} />
        <One legend="ask.identity" all={identities} value={wish.identity} onChange={(identity) => set({ identity })}
          title={(one) => t(`ask.identity.${one}`)} about={(one) => t(`ask.identity.${one}.about`)} />
        <div class="side-by-side">
          <SelectField label={t('ask.points')} value={wish.points} onChange={(points) => set({ points })}
            choices={['', '5', '6', '7', '8'].map((n) => ({ value: n, label: n || t('ask.points.usual') }))} />
          <TextField label={t('ask.opens')} type="date" value={wish.opens} onInput={(opens) => set({ opens })} />
          <TextField label={t('ask.closes')} type="date" value={wish.closes} onInput={(closes) => set({ closes })} />
          {wish.kind !== 'single' && <TextField label={t('ask.quota')} hint={t('ask.quota.hint')} type="number" value={wish.quota} onInput={(quota) => set({ quota })} />}
        </div>
      </div>
    </details>
  );
}

function wishOf(query: URLSearchParams, kiosk: boolean): Wish {
  const kind = kiosk ? 'kiosk' : kinds.find((one) => one === query.get('kind')) ?? 'campaign';
  return { audience: query.get('audience') ?? '', journey: query.get('journey') ?? '', kind, places: '', place: query.get('place') ?? '', n: '100',
    measures: [], questions: [], languages: [], points: '', only: [], identity: 'anonymous', opens: '', closes: '', quota: '' };
}

// `kiosk`: it is to be one, and nothing else is offered.
export function NewForm({ kiosk = false }: { kiosk?: boolean }): JSX.Element {
  const way = useWay();
  const choices = useChoices();
  const acting = useAct();
  const [wish, setWish] = useState(() => wishOf(way.query, kiosk));
  const [made, setMade] = useState<Made | null>(null);
  const set = (changes: Partial<Wish>): void => setWish((before) => ({ ...before, ...changes }));
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => {
      const done = await command<{ addresses: Given[] }>('link create', [], optionsOf(wish, placesOf(choices.data)));
      setMade({ kind: wish.kind, line: done.line, given: done.document.addresses, anonymous: wish.identity === 'anonymous' });
    });
  };
  if (made) return <Result made={made} onMore={() => setMade(null)} />;
  if (!choices.data) return <><Trouble problem={choices.problem} again={choices.again} />{choices.busy && <Busy />}</>;
  const served = choices.data.audiences.find((one) => one.served)?.id ?? '';
  const audiences = choices.data.audiences.filter((one) => one.id !== 'shopper').map((one) => ({ value: one.id, label: one.title }));
  const journeys = [{ value: '', label: t('ask.journey.any') }, ...choices.data.journeys.map((one) => ({ value: one.id, label: one.title }))];
  return (
    <section class="block first-block">
      <p><Link to={kiosk ? '/app/ask/kiosks' : '/app/ask/forms'}>{t(kiosk ? 'ask.kiosks' : 'ask.forms')}</Link></p>
      <div><h2>{t(kiosk ? 'ask.kiosk.new' : 'ask.new')}</h2><p class="lead-text">{t(kiosk ? 'ask.kiosks.about' : 'ask.new.about')}</p></div>
      <form class="form" onSubmit={send}>
        <div class="side-by-side">
          <SelectField label={t('ask.audience')} value={wish.audience || served} choices={audiences} onChange={(audience) => set({ audience })} />
          <SelectField label={t('ask.journey')} value={wish.journey} choices={journeys} onChange={(journey) => set({ journey, only: [] })} />
        </div>
        <Which wish={wish} set={set} choices={choices.data} kiosk={kiosk} />
        <PointsChoice journey={wish.journey} chosen={wish.only} onChange={(only) => set({ only })} />
        <More wish={wish} set={set} choices={choices.data} />
        <Trouble problem={acting.problem} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('ask.make')}</Button></div>
      </form>
    </section>
  );
}
