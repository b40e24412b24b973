// SPDX-License-Identifier: GPL-3.0-or-later
// Who may sign in, and what they may.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { session } from '../../lib/session';
import { t } from '../../lib/texts';
import { Busy, Button, CommandLine, Copy, Dialog, Notice, SelectField, Table, TextField, Trouble } from '../../parts/parts';

const roles = ['viewer', 'analyst', 'editor', 'administrator', 'shopper'] as const;
type AnyRole = (typeof roles)[number];

interface User {
  account: number;
  login: string;
  name: string;
  role: AnyRole;
  state: 'active' | 'invited' | 'disabled';
  code: boolean;
}

interface Given { login: string; url: string; again: boolean }

// What `user add` and `user reset` write once.
interface SetupLink { url: string }

const choices = roles.map((role) => ({ value: role, label: `${t(`role.${role}`)}: ${t(`role.${role}.may`)}` }));

function Invite({ onDone, onClose }: { onDone: (given: Given) => void; onClose: () => void }): JSX.Element {
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('viewer');
  const acting = useAct();
  const send = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => onDone({ login, url: (await command<SetupLink>('user add', [login], { role, name })).document.url, again: false }));
  };
  return (
    <Dialog title={t('people.add')} onClose={onClose}>
      <form class="form" onSubmit={send}>
        <Trouble problem={acting.problem} />
        <TextField label={t('people.login')} value={login} onInput={setLogin} required />
        <TextField label={t('people.name')} hint={t('people.name.hint')} value={name} onInput={setName} />
        <SelectField label={t('people.role')} value={role} choices={choices} onChange={setRole} />
        <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('people.invite')}</Button></div>
      </form>
    </Dialog>
  );
}

function Remove({ user, onDone, onClose }: { user: User; onDone: () => void; onClose: () => void }): JSX.Element {
  const acting = useAct();
  return (
    <Dialog title={t('people.remove.title', { login: user.login })} onClose={onClose}>
      <div class="form">
        <p>{t('people.remove.about')}</p>
        <Trouble problem={acting.problem} />
        <div class="acts">
          <Button kind="danger" busy={acting.busy}
            onClick={() => void acting.act(async () => { await command('user remove', [user.login]); onDone(); })}>
            {t('people.remove.do')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

function Acts({ user, run, onRemove }: { user: User; run: (words: string, user: User) => void; onRemove: (user: User) => void }): JSX.Element {
  const disabled = user.state === 'disabled';
  const word = disabled ? t('people.enable') : t('people.disable');
  return (
    <span class="acts">
      <Button kind="quiet" label={`${t('people.reset')}: ${user.login}`} onClick={() => run('user reset', user)}>{t('people.reset')}</Button>
      <Button kind="quiet" label={`${word}: ${user.login}`} onClick={() => run(disabled ? 'user enable' : 'user disable', user)}>{word}</Button>
      <Button kind="quiet" label={`${t('people.remove')} ${user.login}`} onClick={() => onRemove(user)}>{t('people.remove')}</Button>
    </span>
  );
}

// Arrow keys go through all roles on the way to one, "administrator" too: nobody has one before it is saved.
function RoleChoice({ user, onChoose }: { user: User; onChoose: (role: string) => void }): JSX.Element {
  const [chosen, setChosen] = useState<string>(user.role);
  const about = t('people.role.of', { login: user.login });
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => setChosen(user.role), [user.role]);
  const save = (): void => {
    select.current?.focus(); // the button goes when it is saved
    onChoose(chosen);
  };
  return (
    <span class="acts">
      <select ref={select} class="in-table" aria-label={about} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
        {roles.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}
      </select>
      {chosen !== user.role && <Button label={`${t('asked.save')}: ${about}`} onClick={save}>{t('asked.save')}</Button>}
    </span>
  );
}

export function People(): JSX.Element {
  const asked = useAsk('users', () => command<{ users: User[] }>('user list'));
  const acting = useAct();
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<User | null>(null);
  const [given, setGiven] = useState<Given | null>(null);
  const run = (words: string, user: User, ...more: string[]): void => void acting.act(async () => {
    const done = await command<SetupLink | undefined>(words, [user.login, ...more]);
    setGiven(done.document ? { login: user.login, url: done.document.url, again: true } : null);
    asked.again();
  });
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('people.title')}</h2><p class="lead-text">{t('people.about')}</p></div>
        <Button kind="first" onClick={() => setInviting(true)}>{t('people.add')}</Button>
      </div>
      <Trouble problem={acting.problem ?? asked.problem} />
      {given && (
        <Notice kind="good">
          <p>{t(given.again ? 'people.link.reset' : 'people.link', { login: given.login })}</p>
          <Copy text={given.url} label={t('people.link.copy')} />
        </Notice>
      )}
      {!asked.data ? asked.busy && <Busy /> : (
        <Table caption={t('people.title')} rows={asked.data.document.users} rowKey={(user) => user.account} columns={[
          { title: t('people.login'), cell: (user) => <>{user.login}{user.login === session.login && <> <span class="tag">{t('people.you')}</span></>}<br /><span class="quiet">{user.name}</span></> },
          { title: t('people.role'), cell: (user) => <RoleChoice user={user} onChoose={(role) => run('user role', user, role)} /> },
          { title: t('people.state'), cell: (user) => <><span class={user.state === 'active' ? 'tag good' : 'tag'}>{t(`people.state.${user.state}`)}</span>{user.code && <> <span class="tag">{t('people.code')}</span></>}</> },
          { title: t('people.acts'), cell: (user) => <Acts user={user} run={run} onRemove={setLeaving} /> },
        ]} />
      )}
      {inviting && <Invite onClose={() => setInviting(false)} onDone={(made) => { setInviting(false); setGiven(made); asked.again(); }} />}
      {leaving && <Remove user={leaving} onClose={() => setLeaving(null)} onDone={() => { setLeaving(null); asked.again(); }} />}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}
