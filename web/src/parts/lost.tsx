// SPDX-License-Identifier: GPL-3.0-or-later
// An address that no page has: where to go from there.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Link } from '../lib/router';
import { t, type Key } from '../lib/texts';

// `place`: the one that it would be in, whose heading may stand above; `/app/next`.
export function Lost({ place, to, within }: { place?: Key; to?: string; within?: boolean }): JSX.Element {
  useEffect(() => { document.title = `${t('lost.title')} · Parallax`; }, []);
  return (
    <section class="empty-state">
      {within ? <h2>{t('lost.title')}</h2> : <h1>{t('lost.title')}</h1>}
      <p>{t('lost.about')}</p>
      <div class="acts">
        {place && to && <Link class="button" to={to}>{t('lost.place', { place: t(place) })}</Link>}
        <Link class="button" to="/app">{t('lost.home')}</Link>
      </div>
    </section>
  );
}
