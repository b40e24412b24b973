// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says of steps: parallax.next/1, parallax.step/1, parallax.suggestion/1 (docs/readings.md, docs/steps.md,
// docs/suggestions.md), as far as these pages use it.

export type Repair = 'delivery' | 'promise';

export interface Share { share: number | null; ci: [number | null, number | null] | null }
export interface Level { word: string | null; anchor: string | null }
export interface Side { unaware: boolean; mean: number | null; believed: number | null; served: number | null }
export interface Quote { prompt: string; level: number | null; text: string }

export interface Proposal {
  point: string;
  title: string;
  from: number;
  to: number;
  repair: Repair;
  step: number | null;
  levels: { from: Level; to: Level };
  above_expected: boolean;
  first: number | null;
  n: number;
  below_to: Share;
  below_met: Share;
  order: { touched: number; effort: string | null };
  leaders: Side;
  staff: Side;
  whole: { named: boolean; below: number | null } | null;
  places_there: string[];
  said: { short: Quote[]; better: Quote[]; did: Quote[] };
  to_know: { share: number | null; places: string[]; compare: string[]; answers: number | null; weeks: number | null; window_weeks: number };
}

export interface NextReading {
  outcome: 'recommended' | 'tie' | 'measure_first' | 'explain_better' | 'nothing_needed';
  reason: string;
  broken_first: boolean;
  broken: string | null;
  efforts_unknown: number;
  tied: number;
  proposals: Proposal[];
  explain: { promise: string | null; point: string | null; title: string }[];
  waiting: { days: number; suggestions: number } | null;
}

export interface Event { time: string; author: string; note: string | null }

export interface Step {
  step: number;
  state: 'planned' | 'running' | 'stopped';
  point: string;
  title: string;
  from: number;
  to: number;
  from_word: string | null;
  to_word: string | null;
  levels: { level: number; word: string | null }[];
  share: number;
  repair: Repair;
  owner: string;
  note: string | null;
  start: string;
  baseline: string;
  window: string;
  margin: number;
  places: string[];
  compare: string[];
  untouched: string[];
  untouched_titles: string[];
  looks: { day: string; after: string; alpha: number }[];
  registered: Event;
  started: Event | null;
  stopped: Event | null;
  amendments: { time: string; author: string; field: string; before: string; after: string }[];
  remarks: string[];
}

export interface Outlook {
  places: number;
  places_ready: number;
  compare: number;
  compare_ready: number;
  share: number | null;
  share_all: number | null;
  answers: number | null;
  per_week: number | null;
  enough: string | null;
  provable_from: string | null;
  other_step: number | null;
  remarks: string[];
}

// A step that is, or would be, written down.
export interface Planned extends Step { outlook: Outlook | null; places_known: string[] }

export type Verdict = 'up' | 'down' | 'not_shown' | 'too_early' | 'looks_up';
export interface Ledger { steps: { step: number; verdict: Verdict; given_up: boolean }[] }

export type Answering = 'received' | 'considered' | 'doing' | 'done' | 'declined';

export interface Suggestion {
  suggestion: string;
  prompt: 'suggestion' | 'complaint';
  audience: string;
  text: string;
  day: string | null;
  about: { kind: string; id: string; title: string } | null;
  place: string | null;
  state: Answering;
  waiting: boolean;
  awaited: boolean;
  days: number | null;
  answer: string | null;
  point: string | null;
  step: number | null;
  linked: string | null;
  answers: { time: string; author: string; state: Answering; text: string | null; point: string | null; step: number | null }[];
}

export interface Suggestions {
  late: number;
  suggestions: Suggestion[];
  hidden: { audience: string; suggestions: number; persons: number; minimum: number }[];
}
