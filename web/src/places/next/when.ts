// SPDX-License-Identifier: GPL-3.0-or-later
// Where a step stands on a day, and what comes next of it.
import { dayText } from '../../lib/format';
import { t } from '../../lib/texts';
import type { Step } from './types';

export type Column = 'planned' | 'running' | 'verify' | 'done';

// To be verified once a look has come, until somebody says that it is over.
export function columnOf(step: Step, now: string): Column {
  if (step.state === 'stopped') return 'done';
  if (step.looks.some((look) => look.day <= now)) return 'verify';
  return step.state;
}

export function when(step: Step, column: Column, now: string): string {
  const next = step.looks.find((look) => look.day > now);
  if (column === 'done') return t('next.card.stopped', { day: dayText(step.stopped?.time) });
  if (column === 'verify') return next ? t('next.card.look', { day: dayText(next.day) }) : t('next.card.looked');
  if (column === 'planned') return t(step.start < now ? 'next.card.due' : 'next.card.starts', { day: dayText(step.start) });
  return t('next.card.runs', { start: dayText(step.start), day: dayText(next?.day) });
}
