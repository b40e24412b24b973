// SPDX-License-Identifier: GPL-3.0-or-later
// Walks: a map drafted by walking through the service.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { count, dayText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { session } from '../../lib/session';
import { plural, t } from '../../lib/texts';
import { Confirm } from '../../parts/confirm';
import { Busy, Button, CommandLine, Copy, Dialog, Empty, Notice, Table, TextField, Trouble } from '../../parts/parts';
import type { Given, Walk } from './data';
import { Draft } from './draft';
import { clock, Moments, Words, type Levels, type Moment } from './told';

function NewWalk({ onDone, onClose }: { onDone: (address: string) => void; onClose: () => void }): JSX.Element {
  const [journey, setJourney] = useState('');
  const [until, setUntil] = useState('');
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onDone((await command<Given>('walk create', [], { journey, until })).document.url));
  };
  return (
    <Dialog title={t('walks.new')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <TextField label={t('walks.journey')} hint={t('walks.journey.hint')} value={journey} onInput={setJourney} required />
        <TextField label={t('walks.until')} type="date" value={until} onInput={setUntil} />
        <Trouble problem={acting.problem} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('walks.make')}</Button></div>
      </form>
    </Dialog>
  );
}

interface WalkReport { report: string; began: string; moments: Moment[]; words: string | null }
interface WalkTold { levels: Levels; reports: WalkReport[] }

function One({ walk, report, levels, n }: { walk: Walk; report: WalkReport; levels: Levels; n: number }): JSX.Element {
  return (
    <section class="ask-told">
      <h3>{t('walks.person', { n })} <bdi class="quiet">{clock(report.began)}</bdi></h3>
      <Moments visit={walk.walk} moments={report.moments} levels={levels} />
      {report.words && <><p><strong>{t('walks.whole')}</strong></p><Words text={report.words} /></>}
    </section>
  );
}

function Reports({ walk, told: { levels, reports } }: { walk: Walk; told: WalkTold }): JSX.Element {
  return (
    <div class="walk-told">
      {reports.length < walk.told && <p class="quiet">{t(reports.length === 0 ? 'walks.erased' : 'walks.erased.some')}</p>}
      {walk.told === 0 && <p class="quiet">{t('walks.untold')}</p>}
      {reports.map((report, i) => <One key={report.report} walk={walk} report={report} levels={levels} n={i + 1} />)}
    </div>
  );
}

function Shown({ walk, onClose }: { walk: Walk; onClose: () => void }): JSX.Element {
  const asked = useAsk(`walk ${walk.walk}`, () => command<WalkTold>('walk show', [String(walk.walk)], { language: session.language }));
  return (
    <Dialog title={walk.journey} onClose={onClose}>
      <Trouble problem={asked.problem} />
      {asked.data ? <Reports walk={walk} told={asked.data.document} /> : asked.busy && <Busy />}
      {walk.told > 0 && <Draft walk={walk.walk} />}
      {asked.data && <CommandLine line={asked.data.line} />}
    </Dialog>
  );
}

export function Walks(): JSX.Element {
  const asked = useAsk('walks', () => command<{ walks: Walk[] }>('walk list'));
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<Walk | null>(null);
  const [closing, setClosing] = useState<Walk | null>(null);
  const [given, setGiven] = useState('');
  useLive(['visits'], asked.again);
  return (
    <section class="block">
      <div class="page-head">
        <div><h2>{t('ask.walks')}</h2><p class="lead-text">{t('walks.lead')}</p></div>
        <Button onClick={() => setMaking(true)}>{t('walks.new')}</Button>
      </div>
      <Trouble problem={asked.problem} />
      {given && <Notice kind="good"><p>{t('walks.given')}</p><Copy text={given} label={t('ask.address.copy')} /></Notice>}
      {!asked.data ? asked.busy && <Busy /> : asked.data.document.walks.length === 0
        ? <Empty title={t('walks.none')}><p>{t('walks.none.about')}</p></Empty> : (
          <Table caption={t('ask.walks')} rows={asked.data.document.walks} rowKey={(walk) => walk.walk} columns={[
            { title: t('walks.journey'), cell: (walk) => walk.journey },
            { title: t('walks.told'), cell: (walk) => t(plural(walk.told, 'walks.told.one', 'walks.told.n'), { n: count(walk.told) }) },
            { title: t('ask.state'), cell: (walk) => <span class={walk.closed ? 'tag' : 'tag good'}>{t(walk.closed ? 'ask.state.closed' : 'ask.state.open')}{!walk.closed && walk.until && ` · ${dayText(walk.until)}`}</span> },
            { title: t('people.acts'), cell: (walk) => (
              <span class="acts">
                <Button kind="quiet" label={`${t('walks.show')}: ${walk.journey}`} onClick={() => setShown(walk)}>{t('walks.show')}</Button>
                {!walk.closed && <Button kind="quiet" label={`${t('ask.close')} ${walk.journey}`} onClick={() => setClosing(walk)}>{t('ask.close')}</Button>}
              </span>) },
          ]} />
        )}
      {asked.data && <CommandLine line={asked.data.line} />}
      {making && <NewWalk onClose={() => setMaking(false)} onDone={(address) => { setMaking(false); setGiven(address); asked.again(); }} />}
      {closing && (
        <Confirm title={t('walks.close.title', { name: closing.journey })} about={t('walks.close.about')} act={t('ask.close.do')} onClose={() => setClosing(null)}
          run={async () => { await command('walk close', [String(closing.walk)]); setClosing(null); asked.again(); }} />
      )}
      {shown && <Shown walk={shown} onClose={() => setShown(null)} />}
    </section>
  );
}
