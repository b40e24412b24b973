// SPDX-License-Identifier: GPL-3.0-or-later
// Visits of secret shoppers: planning, and what became of each (docs/visits.md).
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { Link, useWay } from '../../lib/router';
import { t, together } from '../../lib/texts';
import { Busy, Button, CommandLine, CopyButton, Dialog, Empty, Notice, SelectField, Table, TextField, Trouble } from '../../parts/parts';
import { inDays, placesOf, titleOf, today, useChoices, windowText, type Choices, type Visit } from './data';
import { Lacking, languageKeys } from './newform_parts';

// What all who work there are to be told, in the language of the visit.
interface Planned { language: string; notice: { title: string; days: string; text: string[] } }

interface PlanProps { choices: Choices; journey: string; onDone: (planned: Planned) => void; onClose: () => void }

function Plan({ choices, journey: first, onDone, onClose }: PlanProps): JSX.Element {
  const [journey, setJourney] = useState(first || (choices.journeys[0]?.id ?? ''));
  const [place, setPlace] = useState('');
  const [from, setFrom] = useState(today());
  const [until, setUntil] = useState(inDays(14));
  const [n, setN] = useState('1');
  const [note, setNote] = useState('');
  const [language, setLanguage] = useState('');
  const places = placesOf(choices);
  const languages = [{ value: '', label: t('visits.language.map') }, ...Object.entries(languageKeys).map(([value, key]) => ({ value, label: t(key) }))];
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onDone((await command<Planned>('visit plan', [], { journey, place, from, until, count: n, note, language })).document));
  };
  return (
    <Dialog title={t('visits.plan')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <p class="quiet">{t('visits.plan.about')}</p>
        <SelectField label={t('ask.journey')} value={journey} onChange={setJourney} choices={choices.journeys.map((one) => ({ value: one.id, label: one.title }))} />
        <TextField label={t('visits.place')} hint={t(places.length > 0 ? 'visits.place.hint' : 'visits.place.first')} value={place} onInput={setPlace} list="visit-places" required />
        <datalist id="visit-places">{places.map((one) => <option key={one} value={one} />)}</datalist>
        <div class="side-by-side">
          <TextField label={t('visits.from')} type="date" value={from} onInput={setFrom} required />
          <TextField label={t('visits.until')} type="date" value={until} onInput={setUntil} required />
          <TextField label={t('visits.count')} type="number" value={n} onInput={setN} />
        </div>
        <SelectField label={t('visits.language')} value={language} onChange={setLanguage} choices={languages} />
        {language && <Lacking wanted={[language]} choices={choices} />}
        <TextField label={t('visits.note')} hint={t('visits.note.hint')} value={note} onInput={setNote} />
        <Trouble problem={acting.problem} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('visits.plan.do')}</Button></div>
      </form>
    </Dialog>
  );
}

// Hung up, or sent, before the first day.
function StaffNotice({ planned: { language, notice } }: { planned: Planned }): JSX.Element {
  return (
    <Notice kind="good" title={t('visits.planned')}>
      <p>{t('visits.planned.about')}</p>
      <blockquote class="ask-notice" lang={language} dir="auto">
        <p><strong>{notice.title}</strong></p>
        <p>{notice.days}</p>
        {notice.text.map((one) => <p key={one}>{one}</p>)}
      </blockquote>
      <CopyButton label={t('visits.planned.copy')} text={[notice.days, ...notice.text].join('\n\n')} />
    </Notice>
  );
}

export function VisitState({ visit }: { visit: { state: Visit['state']; late?: boolean; outside?: boolean } }): JSX.Element {
  const kind = visit.state === 'accepted' ? 'tag good' : visit.late ? 'tag trouble' : 'tag';
  return (
    <>
      <span class={kind}>{t(`visits.state.${visit.state}`)}</span>
      {visit.late && <> <span class="tag trouble">{t('visits.late')}</span></>}
      {visit.outside && <> <span class="tag">{t('visits.outside')}</span></>}
    </>
  );
}

function Rows({ rows, choices }: { rows: Visit[]; choices: Choices | null }): JSX.Element {
  return (
    <Table caption={t('ask.visits')} rows={rows} rowKey={(visit) => visit.visit} columns={[
      { title: t('visits.visit'), cell: (visit) => <><Link to={`/app/ask/visits/${visit.visit}`}><bdi>{visit.place}</bdi></Link><br /><span class="quiet">{together([t('visits.number', { n: visit.visit }), titleOf(choices?.journeys, visit.journey)], ' · ')}</span></> },
      { title: t('visits.window'), cell: (visit) => <bdi>{windowText(dayText(visit.from), dayText(visit.until))}</bdi> },
      { title: t('visits.shopper'), cell: (visit) => visit.shopper ? <bdi>{visit.shopper}</bdi> : <span class="quiet">{t('visits.nobody')}</span> },
      { title: t('ask.state'), cell: (visit) => <VisitState visit={visit} /> },
    ]} />
  );
}

export function Visits(): JSX.Element {
  const way = useWay();
  const wanted = way.query.get('plan');
  const asked = useAsk('visits', () => command<{ visits: Visit[] }>('visit list'));
  const choices = useChoices();
  const [planning, setPlanning] = useState(wanted !== null);
  const [planned, setPlanned] = useState<Planned | null>(null);
  useLive(['visits'], asked.again);
  const rows = asked.data?.document.visits ?? [];
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('ask.visits')}</h2><p class="lead-text">{t('ask.visits.lead')}</p></div>
        <Button kind="first" onClick={() => setPlanning(true)}>{t('visits.plan')}</Button>
      </div>
      <Trouble problem={asked.problem} again={asked.again} />
      {planned && <StaffNotice planned={planned} />}
      {!asked.data ? asked.busy && <Busy /> : rows.length === 0
        ? <Empty title={t('visits.none')}><p>{t('visits.none.about')}</p></Empty> : <Rows rows={rows} choices={choices.data} />}
      {asked.data && <CommandLine line={asked.data.line} />}
      {planning && choices.data && (
        <Plan choices={choices.data} journey={wanted ?? ''} onClose={() => setPlanning(false)}
          onDone={(made) => { setPlanning(false); setPlanned(made); asked.again(); }} />
      )}
    </section>
  );
}
