// SPDX-License-Identifier: GPL-3.0-or-later
// What limits the verdict of a step, or is to be known for it.
import type { JSX } from 'preact';
import { Link } from '../../lib/router';
import { t, type Key } from '../../lib/texts';
import type { Outlook, Step } from './types';

const known: Record<string, Key> = {
  late: 'next.remark.late', amended_late: 'next.remark.amended_late', few_places: 'next.remark.few_places',
  other_day: 'next.remark.other_day', few_answers: 'next.remark.few_answers', met_already: 'next.remark.met_already' };

export function Remarks({ step, outlook }: { step: Step; outlook?: Outlook | null }): JSX.Element | null {
  const codes = [...step.remarks, ...(outlook?.remarks ?? [])].filter((code) => known[code]);
  const other = outlook?.other_step ?? null;
  if (codes.length === 0 && other === null) return null;
  return (
    <ul class="remarks">
      {codes.map((code) => <li key={code}>{t(known[code]!)}</li>)}
      {other !== null && <li>{t('next.remark.other_step', { n: other })} <Link to={`/app/next/steps/${other}`}>{t('next.remark.look')}</Link></li>}
    </ul>
  );
}
