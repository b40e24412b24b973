// SPDX-License-Identifier: GPL-3.0-or-later
// How far a long reading of a file is: asked for while one waits.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../../../lib/api';
import { t } from '../../../lib/texts';
import { Busy } from '../../../parts/parts';

const every = 400; // milliseconds

interface Far { running: boolean; percent: number | null }

export function Progress({ what }: { what: string }): JSX.Element {
  const [percent, setPercent] = useState<number | null>(null);
  useEffect(() => {
    let on = true;
    const timer = window.setInterval(() => {
      get<Far>('/app/data/progress').then((far) => { if (on && far.running) setPercent(far.percent); }, () => undefined);
    }, every);
    return () => {
      on = false;
      window.clearInterval(timer);
    };
  }, []);
  if (percent === null) return <Busy what={what} />;
  const text = percent >= 100 ? t('import.progress.end') : t('import.progress', { n: percent });
  return (
    <div class="import-progress">
      <p role="status">{what}</p>
      <progress max={100} value={percent} aria-label={what}>{text}</progress>
      <p class="quiet">{text}</p>
    </div>
  );
}
