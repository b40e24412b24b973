// SPDX-License-Identifier: GPL-3.0-or-later
// One point: all evidence on it, and the way to its neighbours.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { page, reading } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { go, Link, useWay } from '../../lib/router';
import { t } from '../../lib/texts';
import { Busy, CommandLine, Drawn } from '../../parts/parts';
import { addressOf, leftAt, type Listed } from './alive';
import { askedOf, kept, queryOf } from './chosen';
import { Filters, useChoices } from './filters';
import { Refused } from './nothing';
import { PointVisits } from './visits';

interface Gaps { groups: { points: { point: string; title: string }[] }[] }

// The points of the map in its order; the days and places chosen may have fewer.
async function list(signal: AbortSignal): Promise<Listed[]> {
  const gaps = await reading<Gaps>('gaps', {}, signal);
  return (gaps.groups[0]?.points ?? []).map((point) => ({ id: point.point, title: point.title }));
}

function Neighbours({ id, points, chosen }: { id: string; points: Listed[]; chosen: Record<string, string[]> }): JSX.Element {
  const at = points.findIndex((point) => point.id === id);
  const before = points[at - 1];
  const after = at >= 0 ? points[at + 1] : undefined;
  return (
    <nav class="neighbours" aria-label={t('point.nav')}>
      <Link to={`/app${queryOf(chosen)}`} class="button second">{t('point.back')}</Link>
      {at >= 0 && <span class="quiet">{t('point.of', { i: at + 1, n: points.length })}</span>}
      <span class="neighbours-way">
        {before && <Link to={addressOf(before.id, chosen)} class="button second" data-way="prev"><span aria-hidden="true" class="arrow">‹</span> {before.title}</Link>}
        {after && <Link to={addressOf(after.id, chosen)} class="button second" data-way="next">{after.title} <span aria-hidden="true" class="arrow">›</span></Link>}
      </span>
    </nav>
  );
}

export function Point({ id }: { id: string }): JSX.Element {
  const way = useWay();
  const asked = askedOf(way, ['by', 'measure']);
  const back = kept(askedOf(way));
  const shown = useAsk(id + queryOf(asked), (signal) => page('point', { ...asked, point: id }, signal));
  const ready = shown.data !== null || shown.problem !== null;
  const points = useAsk('points', list);
  const known = useChoices(ready);
  const head = useRef<HTMLDivElement>(null);
  const told = useRef(false);
  const title = points.data?.find((point) => point.id === id)?.title ?? id;
  document.title = `${title} · Parallax`;
  useEffect(() => leftAt(id), [id]);
  useEffect(() => {
    const keys = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target !== document.body && !(event.target instanceof HTMLHeadingElement)) return;
      const step = event.key === 'ArrowRight' ? 'next' : event.key === 'ArrowLeft' ? 'prev' : '';
      const link = step ? document.querySelector<HTMLAnchorElement>(`.neighbours a[data-way=${step}]`) : null;
      if (link) { event.preventDefault(); link.click(); }
      if (event.key === 'Escape') go(`/app${queryOf(back)}`);
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [queryOf(back)]);
  // A new page: its heading has the focus, so that an ear hears where one is.
  const drawn = (part: HTMLElement): void => {
    const heading = part.querySelector('h1');
    if (told.current || !(heading instanceof HTMLElement)) return;
    told.current = true;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };
  return (
    <div ref={head} class="point-page">
      <Neighbours id={id} points={points.data ?? []} chosen={back} />
      <Filters known={known} split={false} folded />
      <div class={shown.busy && shown.data ? 'shown waiting' : 'shown'} aria-busy={shown.busy}>
        {shown.problem && <Refused problem={shown.problem} again={shown.again} />}
        {!shown.data && shown.busy && <Busy />}
        {shown.data && !shown.problem && (
          <>
            <Drawn body={shown.data.body} onDrawn={drawn} />
            <CommandLine line={shown.data.line} />
            <PointVisits point={id} />
          </>
        )}
      </div>
    </div>
  );
}
