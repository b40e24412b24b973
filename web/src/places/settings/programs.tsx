// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens of programs, and addresses that are told of what happens.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk, type Acting } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { t, together } from '../../lib/texts';
import { Confirm } from '../../parts/confirm';
import { Busy, Button, Check, CommandLine, Copy, Dialog, Notice, Table, TextField, Trouble } from '../../parts/parts';

const scopes = ['collect', 'read'] as const;
const events = ['encounters.stored', 'visit.sent'] as const;
type Scope = (typeof scopes)[number];
type Event_ = (typeof events)[number];

interface Token { token: number; name: string; scopes: Scope[]; expires: string | null; used: string | null; state: 'in force' | 'expired' | 'revoked' }

const states = { 'in force': 'programs.state.works', expired: 'programs.state.expired', revoked: 'programs.state.revoked' } as const;
interface Hook { webhook: number; url: string; events: Event_[]; waiting: number; failed: number }

// A secret that is shown once.
interface Made { about: string; label: string; secret: string }

function toggled<T>(list: T[], one: T, on: boolean): T[] {
  return on ? [...list, one] : list.filter((other) => other !== one);
}

function Choices<T extends string>({ legend, all, chosen, text, onChange }: { legend: string; all: readonly T[]; chosen: T[]; text: (one: T) => string; onChange: (chosen: T[]) => void }): JSX.Element {
  return (
    <fieldset class="choices">
      <legend class="legend-text">{legend}</legend>
      {all.map((one) => <Check key={one} label={text(one)} checked={chosen.includes(one)} onChange={(on) => onChange(toggled(chosen, one, on))} />)}
    </fieldset>
  );
}

interface NewProps { onMade: (made: Made) => void; onClose: () => void }

function NewToken({ onMade, onClose }: NewProps): JSX.Element {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Scope[]>(['collect']);
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => {
      const done = await command<{ secret: string }>('token create', [name], { scope: chosen.join(',') });
      onMade({ about: t('programs.token.made', { name }), label: t('programs.token.copy'), secret: done.document.secret });
    });
  };
  return (
    <Dialog title={t('programs.token.add')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <Trouble problem={acting.problem} />
        <TextField label={t('programs.token.name')} value={name} onInput={setName} required />
        <Choices legend={t('programs.token.scope')} all={scopes} chosen={chosen} text={(scope) => t(`programs.scope.${scope}`)} onChange={setChosen} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('programs.token.add')}</Button></div>
      </form>
    </Dialog>
  );
}

function host(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

function NewHook({ onMade, onClose }: NewProps): JSX.Element {
  const [url, setUrl] = useState('https://');
  const [chosen, setChosen] = useState<Event_[]>(['encounters.stored']);
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => {
      const done = await command<{ secret: string }>('webhook add', [url], { events: chosen.join(',') });
      onMade({ about: t('programs.hook.made', { host: host(url) }), label: t('programs.hook.secret'), secret: done.document.secret });
    });
  };
  return (
    <Dialog title={t('programs.hook.add')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <Trouble problem={acting.problem} />
        <TextField label={t('programs.hook.url')} hint={t('programs.hook.url.hint')} type="url" value={url} onInput={setUrl} required />
        <Choices legend={t('programs.hook.events')} all={events} chosen={chosen} text={(name) => t(`programs.event.${name}`)} onChange={setChosen} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('programs.hook.add')}</Button></div>
      </form>
    </Dialog>
  );
}

function Secret({ made }: { made: Made | null }): JSX.Element | null {
  return made && <Notice kind="good"><p>{made.about}</p><Copy text={made.secret} label={made.label} /></Notice>;
}

function Tokens(): JSX.Element {
  const asked = useAsk('tokens', () => command<{ tokens: Token[] }>('token list'));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const revoke = async (token: Token): Promise<void> => {
    await command('token revoke', [String(token.token)]);
    setRevoking(null);
    asked.again();
  };
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('programs.tokens')}</h2><p class="lead-text">{t('programs.tokens.about')}</p></div>
        <Button onClick={() => setMaking(true)}>{t('programs.token.add')}</Button>
      </div>
      <Secret made={made} />
      <Trouble problem={asked.problem} />
      {!asked.data ? asked.busy && <Busy /> : (
        <Table caption={t('programs.tokens')} empty={t('programs.tokens.none')} rows={asked.data.document.tokens} rowKey={(token) => token.token} columns={[
          { title: t('programs.token.name'), cell: (token) => token.name },
          { title: t('programs.token.scope'), cell: (token) => together(token.scopes.map((scope) => t(`programs.scope.${scope}`))) },
          { title: t('programs.token.expires'), cell: (token) => dayText(token.expires) },
          { title: t('programs.token.used'), cell: (token) => token.used ? dayText(token.used) : t('programs.token.never') },
          { title: t('people.state'), cell: (token) => <span class={token.state === 'in force' ? 'tag good' : 'tag'}>{t(states[token.state])}</span> },
          { title: t('people.acts'), cell: (token) => token.state === 'in force' && <Button kind="quiet" label={`${t('programs.token.revoke')} ${token.name}`} onClick={() => setRevoking(token)}>{t('programs.token.revoke')}</Button> },
        ]} />
      )}
      {revoking && <Confirm title={t('programs.token.revoke.title', { name: revoking.name })} about={t('programs.token.revoke.about')} act={t('programs.token.revoke.do')}
        run={() => revoke(revoking)} onClose={() => setRevoking(null)} />}
      {making && <NewToken onClose={() => setMaking(false)} onMade={(one) => { setMade(one); setMaking(false); asked.again(); }} />}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}

function HookActs({ hook, acting, again, onTested }: { hook: Hook; acting: Acting; again: () => void; onTested: (host: string) => void }): JSX.Element {
  const [removing, setRemoving] = useState(false);
  const run = async (words: string): Promise<void> => {
    await command(words, [String(hook.webhook)]);
    if (words === 'webhook test') onTested(host(hook.url));
    again();
  };
  return (
    <span class="acts">
      <Button kind="quiet" label={`${t('programs.hook.test')}: ${host(hook.url)}`} onClick={() => void acting.act(() => run('webhook test'))}>{t('programs.hook.test')}</Button>
      <Button kind="quiet" label={`${t('programs.hook.remove')} ${host(hook.url)}`} onClick={() => setRemoving(true)}>{t('programs.hook.remove')}</Button>
      {removing && <Confirm title={t('programs.hook.remove.title', { host: host(hook.url) })} about={t('programs.hook.remove.about')} act={t('programs.hook.remove.do')}
        run={() => run('webhook remove')} onClose={() => setRemoving(false)} />}
    </span>
  );
}

function Hooks({ acting }: { acting: Acting }): JSX.Element {
  const asked = useAsk('hooks', () => command<{ webhooks: Hook[] }>('webhook list'));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [tested, setTested] = useState('');
  return (
    <section class="block">
      <div class="page-head">
        <div><h2>{t('programs.hooks')}</h2><p class="lead-text">{t('programs.hooks.about')}</p></div>
        <Button onClick={() => setMaking(true)}>{t('programs.hook.add')}</Button>
      </div>
      <Secret made={made} />
      {tested && <Notice kind="good"><p>{t('programs.hook.tested', { host: tested })}</p></Notice>}
      <Trouble problem={asked.problem} />
      {!asked.data ? asked.busy && <Busy /> : (
        <Table caption={t('programs.hooks')} empty={t('programs.hooks.none')} rows={asked.data.document.webhooks} rowKey={(hook) => hook.webhook} columns={[
          { title: t('programs.hook.url'), cell: (hook) => hook.url },
          { title: t('programs.hook.events'), cell: (hook) => together(hook.events.map((name) => t(`programs.event.${name}`))) },
          { title: t('programs.hook.waiting'), number: true, cell: (hook) => hook.waiting },
          { title: t('programs.hook.failed'), number: true, cell: (hook) => hook.failed },
          { title: t('people.acts'), cell: (hook) => <HookActs hook={hook} acting={acting} again={asked.again} onTested={setTested} /> },
        ]} />
      )}
      {making && <NewHook onClose={() => setMaking(false)} onMade={(one) => { setMade(one); setMaking(false); asked.again(); }} />}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}

export function Programs(): JSX.Element {
  const acting = useAct();
  return (
    <>
      <Trouble problem={acting.problem} />
      <Tokens />
      <Hooks acting={acting} />
    </>
  );
}
