// SPDX-License-Identifier: GPL-3.0-or-later
// Walks: a map drafted by walking through the service.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { count, dayText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { plural, t } from '../../lib/texts';
import { Busy, Button, CommandLine, Copy, Dialog, Empty, Notice, Table, TextField, Trouble } from '../../parts/parts';
import { addressIn, type Walk } from './data';
import { Draft } from './draft';

function NewWalk({ onDone, onClose }: { onDone: (address: string) => void; onClose: () => void }): JSX.Element {
  const [journey, setJourney] = useState('');
  const [until, setUntil] = useState('');
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onDone(addressIn(await command('walk create', [], { journey, until }))));
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

function Shown({ walk, onClose }: { walk: Walk; onClose: () => void }): JSX.Element {
  const asked = useAsk(`walk ${walk.walk}`, () => command('walk show', [String(walk.walk)]));
  return (
    <Dialog title={walk.journey} onClose={onClose}>
      <Trouble problem={asked.problem} />
      {asked.data ? <pre class="ask-said" dir="auto">{asked.data.said}</pre> : asked.busy && <Busy />}
      {walk.told > 0 && <Draft walk={walk.walk} />}
    </Dialog>
  );
}

export function Walks(): JSX.Element {
  const asked = useAsk('walks', () => command<{ walks: Walk[] }>('walk list'));
  const acting = useAct();
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<Walk | null>(null);
  const [given, setGiven] = useState('');
  useLive(['visits'], asked.again);
  const close = (walk: Walk): void => void acting.act(async () => { await command('walk close', [String(walk.walk)]); asked.again(); });
  return (
    <section class="block">
      <div class="page-head">
        <div><h2>{t('ask.walks')}</h2><p class="lead-text">{t('walks.lead')}</p></div>
        <Button onClick={() => setMaking(true)}>{t('walks.new')}</Button>
      </div>
      <Trouble problem={acting.problem ?? asked.problem} />
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
                {!walk.closed && <Button kind="quiet" label={`${t('ask.close')}: ${walk.journey}`} onClick={() => close(walk)}>{t('ask.close')}</Button>}
              </span>) },
          ]} />
        )}
      {asked.data && <CommandLine line={asked.data.line} />}
      {making && <NewWalk onClose={() => setMaking(false)} onDone={(address) => { setMaking(false); setGiven(address); asked.again(); }} />}
      {shown && <Shown walk={shown} onClose={() => setShown(null)} />}
    </section>
  );
}
