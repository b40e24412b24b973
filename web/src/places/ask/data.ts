// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages of Ask know of the workspace.
import { command, get, type Done } from '../../lib/api';
import { useAsk, type Asked } from '../../lib/ask';
import { t } from '../../lib/texts';

export interface Titled { id: string; title: string }
export interface Choices {
  answers: number;
  audiences: (Titled & { served: boolean })[];
  journeys: Titled[];
  language: string; // of the map
  languages: string[]; // in which it has texts
  keys: { key: string; values: { value: string; n: number | null }[] }[];
}

export function useChoices(): Asked<Choices> {
  return useAsk('choices', (signal) => get<Choices>('/app/data/choices', {}, signal));
}

export function placesOf(choices: Choices | null): string[] {
  return choices?.keys.find((key) => key.key === 'place')?.values.map((one) => one.value) ?? [];
}

export function titleOf(list: Titled[] | undefined, id: string | null): string {
  return list?.find((one) => one.id === id)?.title ?? id ?? '';
}

export interface FormLink {
  link: number;
  kind: 'campaign' | 'single' | 'place' | 'kiosk';
  state: 'open' | 'early' | 'late' | 'full' | 'closed';
  path: string | null;
  url: string | null;
  audience: string;
  identity: 'anonymous' | 'visit' | 'panel';
  place: string | null;
  channel: string | null;
  asks: { journey: string | null; measures: string[]; questions: string[]; all_points: boolean; points: number; only: string[] | null; language: string | string[] | null };
  opens: string | null;
  closes: string | null;
  quota: number | null;
  completed: number;
  created: string;
}

export function links(): Promise<Done<{ links: FormLink[] }>> {
  return command('link list');
}

export interface Visit {
  visit: number;
  journey: string;
  place: string;
  from: string;
  until: string;
  shopper: string | null;
  state: 'planned' | 'assigned' | 'sent' | 'returned' | 'accepted' | 'withdrawn';
  late: boolean;
  outside: boolean;
}

export interface Walk { walk: number; journey: string; until: string | null; told: number; closed: boolean }

export interface Workshop {
  workshop: string;
  code: string;
  phase: 'guess' | 'tables' | 'reveal' | 'ended';
  journey: string | null;
  created: string;
  join: string;
  wall: string;
}

// An address that a command writes once.
export interface Given { url: string }

export const today = (): string => new Date().toISOString().slice(0, 10);

export function inDays(days: number): string {
  return new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
}

export function windowText(from: string, until: string): string {
  return from === until ? from : t('ask.window', { from, until });
}
