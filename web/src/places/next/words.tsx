// SPDX-License-Identifier: GPL-3.0-or-later
// How these pages say levels, people and days.
import type { JSX } from 'preact';
import { t, type Key } from '../../lib/texts';
import type { Level, Share, Verdict } from './types';

// "Basic (2)", or "level 2" where the map's scale has no words.
export function levelName(value: number, word: string | null | undefined): string {
  return word ? `${word} (${value})` : t('next.level', { n: value });
}

export function ofHundred(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : String(Math.round(100 * share));
}

// "55 (49–60)"
export function withRange(share: Share): string {
  const [low, high] = share.ci ?? [null, null];
  return low === null || high === null ? ofHundred(share.share) : `${ofHundred(share.share)} (${ofHundred(low)}–${ofHundred(high)})`;
}

// From one level to the next, with what the map says of each.
export function Ladder({ from, to, levels }: { from: number; to: number; levels: { from: Level; to: Level } }): JSX.Element {
  return (
    <ol class="ladder">
      <li class="rung">
        <span class="rung-name">{t('next.from')} <b>{levelName(from, levels.from.word)}</b></span>
        {levels.from.anchor && <span>{levels.from.anchor}</span>}
      </li>
      <li class="rung to">
        <span class="rung-name">{t('next.to')} <b>{levelName(to, levels.to.word)}</b></span>
        {levels.to.anchor && <span>{levels.to.anchor}</span>}
      </li>
    </ol>
  );
}

export function stepWords(step: { from: number; to: number; from_word: string | null; to_word: string | null }): string {
  return t('next.fromto', { from: levelName(step.from, step.from_word), to: levelName(step.to, step.to_word) });
}

const verdicts: Record<Verdict, { key: Key; kind: string }> = {
  up: { key: 'next.verdict.up', kind: 'good' },
  down: { key: 'next.verdict.down', kind: 'trouble' },
  not_shown: { key: 'next.verdict.not_shown', kind: '' },
  too_early: { key: 'next.verdict.too_early', kind: '' },
  looks_up: { key: 'next.verdict.looks_up', kind: '' },
};

export function VerdictTag({ verdict }: { verdict: Verdict }): JSX.Element {
  return <span class={`tag ${verdicts[verdict].kind}`}>{t(verdicts[verdict].key)}</span>;
}

// Today, as steps count days: in UTC.
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
