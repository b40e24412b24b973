// SPDX-License-Identifier: GPL-3.0-or-later
// Home: the picture, with its headline and every number.
import type { JSX } from 'preact';
import { page } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { useWay } from '../../lib/router';
import { t } from '../../lib/texts';
import { Busy, CommandLine, Drawn, Trouble } from '../../parts/parts';

export function Picture(): JSX.Element {
  const way = useWay();
  const chosen = way.query.toString();
  const asked = useAsk(chosen, (signal) => page('gaps', Object.fromEntries(way.query), signal));
  document.title = `${t('picture.title')} · Parallax`;
  return (
    <>
      <Trouble problem={asked.problem} again={asked.again} />
      {asked.data ? <Drawn body={asked.data.body} /> : asked.busy && <Busy />}
      {asked.data && <CommandLine line={asked.data.line} />}
    </>
  );
}
