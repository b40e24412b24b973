// SPDX-License-Identifier: GPL-3.0-or-later
// One visit: who makes it, what was told, what becomes of it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command, fileAt } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { count, dayText, minuteText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { Link } from '../../lib/router';
import { may, session } from '../../lib/session';
import { plural, t } from '../../lib/texts';
import { Busy, Button, CommandLine, Copy, Dialog, Field, Notice, TextField, Trouble } from '../../parts/parts';
import { windowText, type Given, type Visit } from './data';
import { Told, Words, type Levels, type Report, type Titles } from './told';
import { VisitState } from './visits';

interface Whole {
  visit: number; title: string; journey: string; place: string; from: string; until: string; note: string | null;
  state: Visit['state']; outside: boolean; shopper: string | null; erased: boolean; report: Report | null;
  levels: Levels; tasks: Titles; promises: Titles;
  history: { time: string; state: Visit['state']; author: string | null; words: string | null }[];
}

// What accepting came to; readings show shoppers from `minimum` different ones on.
interface Accepted { shoppers: number; minimum: number; shown: boolean }

interface ActProps { visit: Whole; onDone: (address?: string) => void; onClose: () => void }

// Who may sign in, as administrators know it; others type the login.
interface User { login: string; name: string; state: 'active' | 'invited' | 'disabled' }

function Assign({ visit, onDone, onClose }: ActProps): JSX.Element {
  const [to, setTo] = useState('');
  const [account, setAccount] = useState('');
  const acting = useAct();
  const users = useAsk('logins', async () => (may('administrator') ? command<{ users: User[] }>('user list') : null));
  const logins = users.data?.document.users.filter((user) => user.state !== 'disabled') ?? [];
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onDone((await command<Given>('visit assign', [String(visit.visit)], { to, account })).document.url));
  };
  return (
    <Dialog title={t('visits.assign')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <p class="quiet">{t(visit.shopper ? 'visits.assign.again' : 'visits.assign.about')}</p>
        <TextField label={t('visits.assign.to')} value={to} onInput={setTo} required={!account} />
        <TextField label={t('visits.assign.account')} hint={t('visits.assign.account.hint')} value={account} onInput={setAccount} list="visit-logins" />
        <datalist id="visit-logins">{logins.map((user) => <option key={user.login} value={user.login}>{user.name}</option>)}</datalist>
        <Trouble problem={acting.problem} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('visits.assign.do')}</Button></div>
      </form>
    </Dialog>
  );
}

// Returning and withdrawing say why.
function Refuse({ visit, how, onDone, onClose }: ActProps & { how: 'return' | 'withdraw' }): JSX.Element {
  const [words, setWords] = useState('');
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => { await command('visit review', [String(visit.visit)], { [how]: words }); onDone(); });
  };
  return (
    <Dialog title={t(`visits.${how}.do`)} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <Field label={t(`visits.${how}.words`)} hint={t(`visits.${how}.hint`)}>
          {(id, about) => <textarea id={id} dir="auto" aria-describedby={about} value={words} required onInput={(event) => setWords(event.currentTarget.value)} />}
        </Field>
        <Trouble problem={acting.problem} />
        <div class="acts"><Button kind={how === 'withdraw' ? 'danger' : 'first'} type="submit" busy={acting.busy}>{t(`visits.${how}.do`)}</Button></div>
      </form>
    </Dialog>
  );
}

function History({ visit }: { visit: Whole }): JSX.Element {
  return (
    <section>
      <h3>{t('visits.history')}</h3>
      <ol class="ask-history">
        {visit.history.map((event) => (
          <li key={`${event.time} ${event.state}`}>
            <bdi class="quiet">{minuteText(event.time)}</bdi> {t(`visits.state.${event.state}`)}{event.author && event.author !== '-' && <> · <bdi>{event.author}</bdi></>}
            {event.words && <Words text={event.words} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

type Doing = 'assign' | 'return' | 'withdraw' | null;

function Acts({ visit, busy, accept, set }: { visit: Whole; busy: boolean; accept: () => void; set: (doing: Doing) => void }): JSX.Element {
  const sent = visit.state === 'sent';
  const over = visit.state === 'accepted' || visit.state === 'withdrawn';
  return (
    <div class="acts">
      <a class="button" href={fileAt('visit show', `brief-${visit.visit}.html`, { argument: String(visit.visit) })} download>{t('visits.brief')}</a>
      {!over && !sent && <Button kind={visit.state === 'planned' ? 'first' : 'second'} onClick={() => set('assign')}>{t(visit.shopper ? 'visits.reassign' : 'visits.assign')}</Button>}
      {sent && <Button kind="first" busy={busy} onClick={accept}>{t('visits.accept')}</Button>}
      {sent && <Button onClick={() => set('return')}>{t('visits.return')}</Button>}
      {!over && <Button kind="danger" onClick={() => set('withdraw')}>{t('visits.withdraw')}</Button>}
    </div>
  );
}

// In the words of the reader; the terminal says the same in its own.
function AcceptedNotice({ accepted }: { accepted: Accepted }): JSX.Element {
  return (
    <Notice kind="good" title={t('visits.accepted')}>
      {accepted.shown ? <p>{t('visits.accepted.shown')}</p> : (
        <>
          <p>{t(plural(accepted.shoppers, 'visits.accepted.hidden.one', 'visits.accepted.hidden'), { n: count(accepted.shoppers), minimum: count(accepted.minimum) })}</p>
          <p>{t('visits.accepted.named')}</p>
        </>
      )}
    </Notice>
  );
}

export function VisitPage({ visit: which }: { visit: string }): JSX.Element {
  const asked = useAsk(`visit ${which}`, () => command<Whole>('visit show', [which], { language: session.language }));
  const acting = useAct();
  const [doing, setDoing] = useState<Doing>(null);
  const [given, setGiven] = useState('');
  const [accepted, setAccepted] = useState<Accepted | null>(null);
  useLive(['visits'], asked.again);
  const visit = asked.data?.document;
  if (!visit) return <><Trouble problem={asked.problem} again={asked.again} />{asked.busy && <Busy />}</>;
  const accept = (): void => void acting.act(async () => {
    setAccepted((await command<Accepted>('visit review', [which], { accept: true })).document);
    asked.again();
  });
  const done = (address?: string): void => { setDoing(null); setGiven(address ?? ''); asked.again(); };
  const close = (): void => setDoing(null);
  const open = ['planned', 'assigned', 'returned'].includes(visit.state);
  return (
    <section class="block first-block">
      <p><Link to="/app/ask/visits">{t('ask.visits')}</Link></p>
      <div class="page-head">
        <div>
          <h2><bdi>{visit.place}</bdi> · <bdi>{visit.journey}</bdi> <VisitState visit={visit} /></h2>
          <p class="lead-text"><bdi>{windowText(dayText(visit.from), dayText(visit.until))}</bdi>{visit.shopper && <> · <bdi>{visit.shopper}</bdi></>}</p>
        </div>
        <Acts visit={visit} busy={acting.busy} accept={accept} set={setDoing} />
      </div>
      <Trouble problem={acting.problem ?? asked.problem} />
      {given && open && <Notice kind="good"><p>{t('visits.given')}</p><Copy text={given} label={t('visits.given.copy')} /></Notice>}
      {accepted && <AcceptedNotice accepted={accepted} />}
      {visit.note && <p><strong>{t('visits.note')}:</strong> <bdi>{visit.note}</bdi></p>}
      {visit.report ? <Told visit={visit.visit} report={visit.report} levels={visit.levels} tasks={visit.tasks} promises={visit.promises} />
        : <p class="quiet">{t(visit.erased ? 'visits.erased' : 'visits.untold')}</p>}
      <History visit={visit} />
      {asked.data && <CommandLine line={asked.data.line} />}
      {doing === 'assign' && <Assign visit={visit} onDone={done} onClose={close} />}
      {(doing === 'return' || doing === 'withdraw') && <Refuse visit={visit} how={doing} onDone={done} onClose={close} />}
    </section>
  );
}
