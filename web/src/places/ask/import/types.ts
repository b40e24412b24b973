// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands say: docs/recipes.md (recipe suggest), docs/workspace.md (import, imports).

export type Is = 'ignore' | 'audience' | 'respondent' | 'encounter' | 'time' | 'place' | 'channel' | 'language' | 'weight' |
  'names' | 'note' | 'segment' | 'point' | 'recommend' | 'overall' | 'words';

export interface Pair { from: string; to: string | null }

export interface DraftColumn {
  number: number;
  title: string;
  asked: string | null;
  filled: number;
  distinct: number;
  samples: string[];
  is: Is;
  sureness: 'sure' | 'likely' | 'guess' | 'chosen';
  why: string | null;
  also: Is[];
  point: string | null;
  measure: string | null;
  matches: { point: string; likeness: number }[];
  values: (Pair & { n: number })[];
}

export interface Scale { min: number; max: number; floor: number; met: number; desired: number; top: number }

export interface Draft {
  file: string;
  ready: boolean;
  rows: number;
  encoding: string | null;
  encoding_guessed: boolean;
  new_map: boolean;
  audience: string | null;
  scale: Scale | null;
  missing: string[];
  na: string[];
  declined: string[];
  lacks: { what: 'words' | 'point' | 'marks'; column: number | null }[];
  columns: DraftColumn[];
  map: {
    closed: boolean;
    points: { point: string; title: string; journey: string | null }[];
    journeys: { journey: string; title: string }[];
    audiences: { audience: string; title: string }[];
  };
  recipe: string;
}

// What people chose: what `recipe suggest --choices` reads.
export interface ColumnChoice {
  number: number;
  is: Is;
  point?: string;
  measure?: string;
  values?: Pair[];
}

export interface Choices {
  columns: ColumnChoice[];
  audience?: string;
  scale?: Scale;
  missing?: string[];
  na?: string[];
  declined?: string[];
  new_map?: boolean;
}

// `before`, `after`: what stands around it.
export interface Neighbour { line: number; cells: string[] }
export interface WrongRow { line: number; column: number; cell: number; message: string; cells: string[]; before: Neighbour | null; after: Neighbour | null }

export interface TakenFile {
  file: string | null;
  import?: number | null;
  same?: boolean;
  rows?: number;
  observations?: number;
  known?: number;
  replaced?: number;
  scales?: { audience_title: string; min: number; max: number }[];
  repeated?: number;
  duplicates?: number;
  rejected?: number;
  rejects?: string;
  encounters?: number;
  respondents?: number;
  counts?: { audience: string; audience_title: string; kind: string; id: string; title: string; observations: number }[];
  wrong_rows: number;
  header?: string[];
  wrong: WrongRow[];
  problem?: string;
}

export interface Taken { dry_run: boolean; files: TakenFile[] }

export interface Earlier {
  import: number;
  kind: string;
  state: string;
  time: string;
  file: string;
  observations: number;
  rejected: number;
}

// A file that was sent.
export interface Sent { name: string; file: string }

export type Repeat = '' | 'replace' | 'only-new' | 'allow-repeat';

// How the files are taken.
export interface How { recipe: string | null; leaveOut: number; repeat: Repeat; encoding: string }
