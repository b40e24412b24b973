// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and days as people write them.
import { session } from './session';

// Digits are those of the forms and of what the program draws.
export const locale = session.language === 'en' ? 'en-GB' : `${session.language}-u-nu-latn`;
const whole = new Intl.NumberFormat(locale);
const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

export function count(n: number): string {
  return whole.format(n);
}

// Of "2026-11-26": a day is a day, whatever the time zone.
export function dayText(iso: string | null | undefined): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? '');
  return parts ? day.format(new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))) : '–';
}

// Of "2026-11-26T09:30:00Z".
export function minuteText(iso: string | null | undefined): string {
  const time = iso ? new Date(iso) : null;
  return time && !Number.isNaN(time.getTime()) ? minute.format(time) : '–';
}

export function level(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : tenth.format(value);
}

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${Math.round(100 * share)} %`;
}
