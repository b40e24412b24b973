// SPDX-License-Identifier: GPL-3.0-or-later
// What doctor finds.
import type { JSX } from 'preact';
import { command } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { english, t, type Key } from '../../lib/texts';
import { Busy, Button, CommandLine, Notice, Trouble } from '../../parts/parts';

type State = 'ok' | 'warning' | 'bad';
interface Check { check: string; state: State; what: string; do: string | null }

const words = { ok: 'health.state.ok', warning: 'health.state.warning', bad: 'health.state.error' } as const;
const names: Record<string, Key> = {
  folder: 'health.check.folder', file: 'health.check.file', disk: 'health.check.disk', whole: 'health.check.whole',
  audit: 'health.check.audit', administrator: 'health.check.administrator', tokens: 'health.check.tokens',
  waiting: 'health.check.waiting', webhooks: 'health.check.webhooks',
};
const nameOf = (check: Check): string => { const key = names[check.check]; return key ? t(key) : check.check; };
const heads = { ok: 'health.ok', warning: 'health.warning', bad: 'health.error' } as const;
const kinds = { ok: 'good', warning: '', bad: 'trouble' } as const;

export function Health(): JSX.Element {
  const asked = useAsk('doctor', () => command<{ state: State; checks: Check[] }>('doctor'));
  const found = asked.data?.document;
  return (
    <section class="block first-block">
      <div class="page-head">
        <h2>{t('health.title')}</h2>
        <Button busy={asked.busy} onClick={asked.again}>{t('health.again')}</Button>
      </div>
      <Trouble problem={asked.problem} />
      {!found ? asked.busy && <Busy /> : (
        <>
          <Notice kind={found.state === 'ok' ? 'good' : found.state === 'bad' ? 'trouble' : 'plain'}><p>{t(heads[found.state])}</p></Notice>
          <ul class="checks">
            {found.checks.map((check) => (
              <li key={check.check}>
                <span class={`tag ${kinds[check.state]}`}>{t(words[check.state])}</span>
                <p class="check-name">{nameOf(check)}</p>
                <div {...english}><p>{check.what}</p>{check.do && <p class="quiet">{check.do}</p>}</div>
              </li>
            ))}
          </ul>
        </>
      )}
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}
