// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of step works here: all of them side by side, as the program tells it.
import type { JSX } from 'preact';
import { command, drawn, fileAt } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { Link } from '../../lib/router';
import { t } from '../../lib/texts';
import { Busy, CommandLine, Drawn, Empty, Heading, Trouble } from '../../parts/parts';
import type { Step } from './types';

export function LedgerPage(): JSX.Element {
  const at = fileAt('ledger', 'ledger.html');
  const asked = useAsk('ledger', async (signal) => {
    const { steps } = (await command<{ steps: Step[] }>('step list')).document;
    return steps.length > 0 ? drawn(at, signal) : null;
  });
  return (
    <>
      <Heading title={t('next.ledger.title')} lead={t('next.ledger.lead')}>
        {asked.data && <a class="button second" href={at} download>{t('next.ledger.print')}</a>}
      </Heading>
      <Trouble problem={asked.problem} again={asked.again} />
      {asked.busy && !asked.data && <Busy what={t('next.verdict.busy')} />}
      {asked.data && <><Drawn body={asked.data.body} /><CommandLine line={asked.data.line} /></>}
      {!asked.busy && !asked.problem && !asked.data && (
        <Empty title={t('next.ledger.empty')}>
          <p>{t('next.ledger.empty.what')}</p>
          <p><Link class="button first" to="/app/next">{t('next.board.empty.do')}</Link></p>
        </Empty>
      )}
    </>
  );
}
