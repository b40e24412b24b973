// SPDX-License-Identifier: GPL-3.0-or-later
// Tablets that ask whoever comes by (docs/kiosk.md).
import type { JSX } from 'preact';
import { useAsk } from '../../lib/ask';
import { useLive } from '../../lib/live';
import { Link } from '../../lib/router';
import { t } from '../../lib/texts';
import { Busy, CommandLine, Empty, Trouble } from '../../parts/parts';
import { links, useChoices } from './data';
import { LinkTable } from './forms';

export function Kiosks(): JSX.Element {
  const asked = useAsk('links', links);
  const choices = useChoices();
  useLive(['links'], asked.again);
  const rows = asked.data?.document.links.filter((link) => link.kind === 'kiosk') ?? [];
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('ask.kiosks')}</h2><p class="lead-text">{t('ask.kiosks.about')}</p></div>
        <Link to="/app/ask/kiosks/new" class="button first">{t('ask.kiosk.new')}</Link>
      </div>
      <Trouble problem={asked.problem} again={asked.again} />
      {!asked.data ? asked.busy && <Busy /> : rows.length === 0
        ? <Empty title={t('ask.kiosks.none')}><p>{t('ask.kiosks.none.about')}</p></Empty>
        : <LinkTable rows={rows} choices={choices.data} caption={t('ask.kiosks')} />}
      <section>
        <h3>{t('ask.kiosk.how')}</h3>
        <ol class="steps"><li>{t('ask.kiosk.1')}</li><li>{t('ask.kiosk.2')}</li><li>{t('ask.kiosk.3')}</li></ol>
      </section>
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}
