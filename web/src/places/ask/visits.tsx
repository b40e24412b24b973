// SPDX-License-Identifier: GPL-3.0-or-later
// Visits of secret shoppers: planning, and what became of each (docs/visits.md).
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { Link, useWay } from '../../lib/router';
import { english, t, together } from '../../lib/texts';
import { Busy, Button, CommandLine, Dialog, Empty, Notice, SelectField, Table, TextField, Trouble } from '../../parts/parts';
import { inDays, placesOf, titleOf, today, useChoices, windowText, type Choices, type Visit } from './data';

interface PlanProps { choices: Choices; journey: string; onDone: (said: string) => void; onClose: () => void }

function Plan({ choices, journey: first, onDone, onClose }: PlanProps): JSX.Element {
  const [journey, setJourney] = useState(first || (choices.journeys[0]?.id ?? ''));
  const [place, setPlace] = useState('');
  const [from, setFrom] = useState(today());
  const [until, setUntil] = useState(inDays(14));
  const [n, setN] = useState('1');
  const [note, setNote] = useState('');
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onDone((await command('visit plan', [], { journey, place, from, until, count: n, note })).said));
  };
  return (
    <Dialog title={t('visits.plan')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <p class="quiet">{t('visits.plan.about')}</p>
        <SelectField label={t('ask.journey')} value={journey} onChange={setJourney} choices={choices.journeys.map((one) => ({ value: one.id, label: one.title }))} />
        <TextField label={t('visits.place')} hint={t('visits.place.hint')} value={place} onInput={setPlace} list="visit-places" required />
        <datalist id="visit-places">{placesOf(choices).map((one) => <option key={one} value={one} />)}</datalist>
        <div class="side-by-side">
          <TextField label={t('visits.from')} type="date" value={from} onInput={setFrom} required />
          <TextField label={t('visits.until')} type="date" value={until} onInput={setUntil} required />
          <TextField label={t('visits.count')} type="number" value={n} onInput={setN} />
        </div>
        <TextField label={t('visits.note')} hint={t('visits.note.hint')} value={note} onInput={setNote} />
        <Trouble problem={acting.problem} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('visits.plan.do')}</Button></div>
      </form>
    </Dialog>
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
      { title: t('visits.visit'), cell: (visit) => <><Link to={`/app/ask/visits/${visit.visit}`}>{visit.place}</Link><br /><span class="quiet">{together([t('visits.number', { n: visit.visit }), titleOf(choices?.journeys, visit.journey)], ' · ')}</span></> },
      { title: t('visits.window'), cell: (visit) => windowText(dayText(visit.from), dayText(visit.until)) },
      { title: t('visits.shopper'), cell: (visit) => visit.shopper ?? <span class="quiet">{t('visits.nobody')}</span> },
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
  const [said, setSaid] = useState('');
  useLive(['visits'], asked.again);
  const rows = asked.data?.document.visits ?? [];
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('ask.visits')}</h2><p class="lead-text">{t('ask.visits.lead')}</p></div>
        <Button kind="first" onClick={() => setPlanning(true)}>{t('visits.plan')}</Button>
      </div>
      <Trouble problem={asked.problem} again={asked.again} />
      {said && <Notice kind="good" title={t('visits.planned')}><p>{t('visits.planned.about')}</p><pre class="ask-said" {...english}>{said}</pre></Notice>}
      {!asked.data ? asked.busy && <Busy /> : rows.length === 0
        ? <Empty title={t('visits.none')}><p>{t('visits.none.about')}</p></Empty> : <Rows rows={rows} choices={choices.data} />}
      {asked.data && <CommandLine line={asked.data.line} />}
      {planning && choices.data && (
        <Plan choices={choices.data} journey={wanted ?? ''} onClose={() => setPlanning(false)}
          onDone={(words) => { setPlanning(false); setSaid(words); asked.again(); }} />
      )}
    </section>
  );
}
