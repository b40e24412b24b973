// SPDX-License-Identifier: GPL-3.0-or-later
// Who may sign in, and what they may.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { session } from '../../lib/session';
import { t } from '../../lib/texts';
import { Confirm } from '../../parts/confirm';
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

interface Given { login: string; url: string; text: 'people.link' | 'people.link.again' | 'people.link.reset' }

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
    void acting.act(async () => onDone({ login, url: (await command<SetupLink>('user add', [login], { role, name })).document.url, text: 'people.link' }));
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

// What is asked first; `words` is the command that does it.
interface Asking { words: 'user reset' | 'user disable' | 'user remove'; user: User }

function Asked({ asking: { words, user }, run, onClose }: { asking: Asking; run: (words: string, user: User) => Promise<void>; onClose: () => void }): JSX.Element {
  const { login } = user;
  const common = { run: () => run(words, user), onClose };
  if (words === 'user disable') return <Confirm {...common} title={t('people.disable.title', { login })} about={t('people.disable.about')} act={t('people.disable.do')} />;
  if (words === 'user remove') return <Confirm {...common} title={t('people.remove.title', { login })} about={t('people.remove.about')} act={t('people.remove.do')} />;
  return user.state === 'invited'
    ? <Confirm {...common} kind="first" title={t('people.again.title', { login })} about={t('people.again.about')} act={t('people.invite')} />
    : <Confirm {...common} title={t('people.reset.title', { login })} about={t('people.reset.about')} act={t('people.reset.do')} />;
}

interface ActsProps { user: User; onEnable: (user: User) => void; onAsk: (asking: Asking) => void }

// One's own password is changed where one's account is: a new one made here would sign out whoever is to send it.
function Acts({ user, onEnable, onAsk }: ActsProps): JSX.Element {
  const again = t(user.state === 'invited' ? 'people.again' : 'people.reset');
  const act = (text: string, onClick: () => void): JSX.Element => <Button kind="quiet" label={`${text} ${user.login}`} onClick={onClick}>{text}</Button>;
  return (
    <span class="acts">
      {user.login === session.login ? <a class="button quiet" href="/account">{t('place.account')}</a>
        : user.state !== 'disabled' && act(again, () => onAsk({ words: 'user reset', user }))}
      {user.state === 'disabled' ? <Button kind="quiet" label={`${t('people.enable')}: ${user.login}`} onClick={() => onEnable(user)}>{t('people.enable')}</Button>
        : act(t('people.disable'), () => onAsk({ words: 'user disable', user }))}
      {act(t('people.remove'), () => onAsk({ words: 'user remove', user }))}
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
  const [asking, setAsking] = useState<Asking | null>(null);
  const [given, setGiven] = useState<Given | null>(null);
  const run = async (words: string, user: User, ...more: string[]): Promise<void> => {
    const done = await command<SetupLink | undefined>(words, [user.login, ...more]);
    setGiven(done.document ? { login: user.login, url: done.document.url, text: user.state === 'invited' ? 'people.link.again' : 'people.link.reset' } : null);
    setAsking(null);
    asked.again();
  };
  const act = (words: string, user: User, ...more: string[]): void => void acting.act(() => run(words, user, ...more));
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('people.title')}</h2><p class="lead-text">{t('people.about')}</p></div>
        <Button kind="first" onClick={() => setInviting(true)}>{t('people.add')}</Button>
      </div>
      <Trouble problem={acting.problem ?? asked.problem} />
      {given && (
        <Notice kind="good">
          <p>{t(given.text, { login: given.login })}</p>
          <Copy text={given.url} label={t('people.link.copy')} />
        </Notice>
      )}
      {!asked.data ? asked.busy && <Busy /> : (
        <Table caption={t('people.title')} rows={asked.data.document.users} rowKey={(user) => user.account} columns={[
          { title: t('people.login'), cell: (user) => <>{user.login}{user.login === session.login && <> <span class="tag">{t('people.you')}</span></>}<br /><span class="quiet">{user.name}</span></> },
          { title: t('people.role'), cell: (user) => <RoleChoice user={user} onChoose={(role) => act('user role', user, role)} /> },
          { title: t('people.state'), cell: (user) => <><span class={user.state === 'active' ? 'tag good' : 'tag'}>{t(`people.state.${user.state}`)}</span>{user.code && <> <span class="tag">{t('people.code')}</span></>}</> },
          { title: t('people.acts'), cell: (user) => <Acts user={user} onEnable={(one) => act('user enable', one)} onAsk={setAsking} /> },
        ]} />
      )}
      {inviting && <Invite onClose={() => setInviting(false)} onDone={(made) => { setInviting(false); setGiven(made); asked.again(); }} />}
      {asking && <Asked asking={asking} run={run} onClose={() => setAsking(null)} />}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}
