// SPDX-License-Identifier: GPL-3.0-or-later
// Workshops on devices and on paper.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command, fileAt } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { english, t } from '../../lib/texts';
import { Busy, Button, Check, CommandLine, Copy, Dialog, Empty, Notice, SelectField, Table, TextField, Trouble } from '../../parts/parts';
import { useChoices, type Choices, type Workshop } from './data';
import { languageKeys } from './newform_parts';

interface Opened { workshop: string; join?: string; wall?: string; lead: string }

function Open({ choices, onDone, onClose }: { choices: Choices; onDone: (opened: Opened) => void; onClose: () => void }): JSX.Element {
  const [workshop, setWorkshop] = useState('');
  const [journey, setJourney] = useState('');
  const [language, setLanguage] = useState('');
  const [predicted, setPredicted] = useState(false);
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onDone((await command<Opened>('workshop open', [], { workshop, journey, language, predicted: predicted || null })).document));
  };
  return (
    <Dialog title={t('workshops.open')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <p class="quiet">{t('workshops.open.about')}</p>
        <TextField label={t('workshops.name')} hint={t('workshops.name.hint')} value={workshop} onInput={setWorkshop} />
        <SelectField label={t('ask.journey')} value={journey} onChange={setJourney}
          choices={[{ value: '', label: t('workshops.journey.all') }, ...choices.journeys.map((one) => ({ value: one.id, label: one.title }))]} />
        <SelectField label={t('ask.language')} value={language} onChange={setLanguage}
          choices={[{ value: '', label: t('ask.language.any') }, ...Object.entries(languageKeys).map(([value, key]) => ({ value, label: t(key) }))]} />
        <Check label={t('workshops.predicted')} checked={predicted} onChange={setPredicted} />
        <Trouble problem={acting.problem} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('workshops.open.do')}</Button></div>
      </form>
    </Dialog>
  );
}

function Addresses({ opened }: { opened: Opened }): JSX.Element {
  return (
    <Notice kind="good" title={t('workshops.opened', { name: opened.workshop })}>
      {opened.join && <p>{t('workshops.join')}<br /><Copy text={opened.join} label={t('workshops.join')} /></p>}
      {opened.wall && <p>{t('workshops.wall')}<br /><Copy text={opened.wall} label={t('workshops.wall')} /></p>}
      <p>{t('workshops.lead')}<br /><Copy text={opened.lead} label={t('workshops.lead')} /></p>
      <p class="hint-text">{t('workshops.lead.once')}</p>
    </Notice>
  );
}

function Papers({ choices }: { choices: Choices | null }): JSX.Element {
  const [audience, setAudience] = useState('leader');
  const [tables, setTables] = useState('4');
  const audiences = (choices?.audiences ?? []).filter((one) => one.id !== 'shopper').map((one) => ({ value: one.id, label: one.title }));
  return (
    <section class="block">
      <div><h2>{t('workshops.paper')}</h2><p class="lead-text">{t('workshops.paper.about')}</p></div>
      <div class="side-by-side">
        <SelectField label={t('ask.audience')} value={audience} choices={audiences} onChange={setAudience} />
        <TextField label={t('workshops.tables')} type="number" value={tables} onInput={setTables} />
      </div>
      <div class="acts">
        <a class="button" href={fileAt('workshop guess', 'guess.html', { audience })} download="guess.html">{t('workshops.guess')}</a>
        <a class="button" href={fileAt('workshop print', 'sheets.html', { audience, tables })} download="sheets.html">{t('workshops.sheets')}</a>
      </div>
    </section>
  );
}

interface RowsProps { rows: Workshop[]; act: (words: string, name: string) => void }

function Rows({ rows, act }: RowsProps): JSX.Element {
  return (
    <Table caption={t('ask.workshops')} rows={rows} rowKey={(one) => one.code} columns={[
      { title: t('workshops.name'), cell: (one) => <>{one.workshop}<br /><span class="quiet">{dayText(one.created)}</span></> },
      { title: t('ask.state'), cell: (one) => <span class={one.phase === 'ended' ? 'tag' : 'tag good'}>{t(`workshops.phase.${one.phase}`)}</span> },
      { title: t('workshops.join'), cell: (one) => one.phase === 'ended' ? '–' : <><Copy text={one.join} label={t('workshops.join')} /><br /><a href={one.wall} target="_blank" rel="noopener">{t('workshops.wall.see')}</a></> },
      { title: t('people.acts'), cell: (one) => one.phase !== 'ended' && (
        <span class="acts">
          <Button kind="quiet" label={`${t('workshops.lead.again')}: ${one.workshop}`} onClick={() => act('workshop lead', one.workshop)}>{t('workshops.lead.again')}</Button>
          <Button kind="quiet" label={`${t('workshops.end')}: ${one.workshop}`} onClick={() => act('workshop close', one.workshop)}>{t('workshops.end')}</Button>
        </span>) },
    ]} />
  );
}

export function Workshops(): JSX.Element {
  const asked = useAsk('workshops', () => command<{ workshops: Workshop[] }>('workshop list'));
  const choices = useChoices();
  const acting = useAct();
  const [opening, setOpening] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [said, setSaid] = useState('');
  useLive(['workshops'], asked.again);
  const act = (words: string, workshop: string): void => void acting.act(async () => {
    const done = await command<Opened>(words, [], { workshop });
    setOpened(words === 'workshop lead' ? done.document : null);
    setSaid(words === 'workshop lead' ? '' : done.said);
    asked.again();
  });
  const rows = asked.data?.document.workshops ?? [];
  return (
    <>
      <section class="block first-block">
        <div class="page-head">
          <div><h2>{t('ask.workshops')}</h2><p class="lead-text">{t('ask.workshops.lead')}</p></div>
          <Button kind="first" onClick={() => setOpening(true)}>{t('workshops.open')}</Button>
        </div>
        <Trouble problem={acting.problem ?? asked.problem} />
        {opened && <Addresses opened={opened} />}
        {said && <Notice kind="good"><p {...english}>{said}</p></Notice>}
        {!asked.data ? asked.busy && <Busy /> : rows.length === 0
          ? <Empty title={t('workshops.none')}><p>{t('workshops.none.about')}</p></Empty> : <Rows rows={rows} act={act} />}
        {asked.data && <CommandLine line={asked.data.line} />}
      </section>
      <Papers choices={choices.data} />
      {opening && choices.data && <Open choices={choices.data} onClose={() => setOpening(false)} onDone={(made) => { setOpening(false); setSaid(''); setOpened(made); asked.again(); }} />}
    </>
  );
}
