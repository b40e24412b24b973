// SPDX-License-Identifier: GPL-3.0-or-later
// The audit log, the latest first.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { minuteText } from '../../lib/format';
import { english, t } from '../../lib/texts';
import { Busy, Button, CommandLine, Notice, Table, Trouble } from '../../parts/parts';

interface Entry { entry: number; time: string; actor: string; act: string; about: string | null }

const once = 50;

// What commands and the server write into the log, and has words of its own here; of others stand theirs.
const known = [
  'import', 'imports undo', 'erase', 'anonymise', 'restore', 'backup', 'export', 'map apply', 'map adopt', 'brand set',
  'brand remove', 'link create', 'link close', 'workshop open', 'workshop lead', 'workshop enter', 'workshop code',
  'workshop close', 'step add', 'step start', 'step stop', 'step amend', 'suggestion answer', 'suggestion link', 'visit plan',
  'visit assign', 'visit review', 'visit take', 'visit erase', 'walk create', 'walk take', 'walk close', 'walk erase',
  'user add', 'user role', 'user reset', 'user disable', 'user enable', 'user remove', 'token create', 'token revoke',
  'webhook add', 'webhook remove', 'webhook replay', 'login', 'logout', 'login failed', 'login code wrong',
  'first administrator', 'password set', 'password changed', 'second factor on', 'second factor off', 'session ended',
  'other sessions ended',
] as const;

function Did({ act }: { act: string }): JSX.Element {
  const found = known.find((one) => one === act);
  const raw = <span {...english} class={found ? 'quiet' : undefined}>{act}</span>;
  return found ? <>{t(`audit.did.${found}`)}<br />{raw}</> : raw;
}

export function Audit(): JSX.Element {
  const asked = useAsk('audit', () => command<{ entries: Entry[] }>('audit list'));
  const [shown, setShown] = useState(once);
  const [verdict, setVerdict] = useState('');
  const acting = useAct();
  const entries = [...(asked.data?.document.entries ?? [])].reverse();
  const verify = (): void => void acting.act(async () => {
    setVerdict('');
    setVerdict((await command('audit verify')).said.split('\n')[0] ?? '');
  });
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('audit.title')}</h2><p class="lead-text">{t('audit.about')}</p></div>
        <Button busy={acting.busy} onClick={verify}>{t('audit.verify')}</Button>
      </div>
      <Trouble problem={acting.problem ?? asked.problem} />
      {verdict && <Notice kind="good"><p {...english}>{verdict}</p></Notice>}
      {!asked.data ? asked.busy && <Busy /> : (
        <Table caption={t('audit.title')} rows={entries.slice(0, shown)} rowKey={(row) => row.entry} empty={t('audit.none')} columns={[
          { title: t('audit.when'), cell: (row) => <time dateTime={row.time}>{minuteText(row.time)}</time> },
          { title: t('audit.who'), cell: (row) => row.actor },
          { title: t('audit.act'), cell: (row) => <Did act={row.act} /> },
          { title: t('audit.of'), cell: (row) => <bdi>{row.about}</bdi> },
        ]} />
      )}
      {shown < entries.length && (
        <div class="acts"><Button onClick={() => setShown(shown + once)}>{t('audit.more', { n: Math.min(once, entries.length - shown) })}</Button></div>
      )}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}
