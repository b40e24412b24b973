// SPDX-License-Identifier: GPL-3.0-or-later
// Home: the picture with its headline and every number, of the answers that are chosen.
import type { JSX } from 'preact';
import { fileAt, page } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { Link, useWay } from '../../lib/router';
import { t } from '../../lib/texts';
import { Busy, CommandLine, Drawn } from '../../parts/parts';
import { enliven, open } from './alive';
import { askedOf, queryOf, type Asked } from './chosen';
import { Filters, useChoices } from './filters';
import { NoAnswers, OneVoice, Refused } from './nothing';
import { ReadingTabs } from './readings';

// Whose marks are in the pictures.
function voices(body: HTMLElement): number {
  const names = [...body.querySelectorAll('figure.journey .legend li')].filter((item) => item.querySelector('.swatch'));
  return new Set(names.map((item) => item.textContent)).size;
}

// What is chosen, as the first of two sides.
function sideOf(asked: Asked): string {
  const since = asked['since']?.[0];
  const until = asked['until']?.[0];
  const tests = (asked['where'] ?? []).filter((test) => !test.includes('!=') && !test.startsWith('transaction='));
  return queryOf({ a: [...tests, ...(since && until ? [`${since}..${until}`] : [])] });
}

function Takeaway({ asked }: { asked: Asked }): JSX.Element {
  const { by: _by, measure: _measure, ...sheet } = asked;
  return (
    <p class="acts takeaway">
      <Link to={`/app/compare${sideOf(asked)}`} class="button second">{t('picture.compare')}</Link>
      <a class="button second" href={fileAt('report', 'parallax.html', asked)} download>{t('picture.page')}</a>
      <a class="button second" href={fileAt('report', 'monday.html', { ...sheet, 'one-page': true })} download>{t('picture.sheet')}</a>
      <a class="button second" href={fileAt('report', 'parallax.xlsx', asked)} download>{t('picture.xlsx')}</a>
    </p>
  );
}

export function Home(): JSX.Element {
  const way = useWay();
  const asked = askedOf(way);
  const shown = useAsk(queryOf(asked), (signal) => page('gaps', asked, signal));
  const known = useChoices(shown.data !== null || shown.problem !== null);
  document.title = `${t('picture.title')} · Parallax`;
  const empty = known.choices?.answers === 0;
  const body = shown.data?.body;
  const select = (group: number, point: number): void => {
    const id = body?.querySelector<HTMLElement>(`#g${group}-p${point}`)?.dataset['point'];
    if (id) open(id, asked);
  };
  if (empty) return <><h1>{t('picture.title')}</h1><NoAnswers /></>;
  return (
    <>
      <ReadingTabs />
      <Filters known={known} />
      <div class={shown.busy && body ? 'shown waiting' : 'shown'} aria-busy={shown.busy}>
        {shown.problem && <Refused problem={shown.problem} again={shown.again} />}
        {!body && shown.busy && <Busy what={t('picture.busy')} />}
        {body && !shown.problem && (
          <>
            {voices(body) < 2 && !asked['by'] && <OneVoice choices={known.choices} />}
            <Drawn body={body} onPoint={select} onDrawn={(part) => enliven(part, asked)} />
            <Takeaway asked={asked} />
            <CommandLine line={shown.data?.line ?? ''} />
          </>
        )}
      </div>
    </>
  );
}

