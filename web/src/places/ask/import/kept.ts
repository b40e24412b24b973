// SPDX-License-Identifier: GPL-3.0-or-later
// What is being imported outlives Back, another page and a reload: its files lie on the server for an hour.
import { useState } from 'preact/hooks';
import { go, useWay } from '../../../lib/router';
import { session } from '../../../lib/session';
import type { Choices, How, Sent } from './types';

export type Step = 'file' | 'columns' | 'check';

export interface Kept {
  at: Step; // how far it came
  files: Sent[];
  how: How;
  recipe: string | null; // made of the columns
  choices: Choices;
  encoding: string;
}

export const fresh: How = { recipe: null, leaveOut: 0, repeat: '', encoding: '' };
const nothing: Kept = { at: 'file', files: [], how: fresh, recipe: null, choices: { columns: [] }, encoding: '' };
const page = '/app/ask/import';
const name = `import ${session.login}`; // of this tab, and of nobody else who signs in here

function read(): Kept {
  const text = window.sessionStorage.getItem(name);
  return text === null ? nothing : JSON.parse(text) as Kept;
}

function write(kept: Kept): void {
  try {
    if (kept.files.length > 0) window.sessionStorage.setItem(name, JSON.stringify(kept));
    else window.sessionStorage.removeItem(name);
  } catch {
    window.sessionStorage.removeItem(name); // no room: it lives as long as the page
  }
}

export interface Importing {
  step: Step;
  kept: Kept;
  change: (how: (before: Kept) => Partial<Kept>) => void;
  to: (step: Step, how?: { replace?: boolean }) => void;
  forget: () => void;
}

// The step stands in the address, so that Back is a step back; what was changed since is not checked as it was.
export function useImporting(): Importing {
  const asked = useWay().query.get('step') ?? 'file';
  const [kept, setKept] = useState(read);
  const change = (how: (before: Kept) => Partial<Kept>): void => setKept((before) => {
    const after = { ...before, ...how(before) };
    write(after);
    return after;
  });
  const open = kept.files.length > 0 && asked !== 'file';
  return {
    step: !open ? 'file' : asked === 'check' && kept.at === 'check' ? 'check' : 'columns',
    kept,
    change,
    to: (step, how) => go(step === 'file' ? page : `${page}?step=${step}`, how),
    forget: () => change(() => nothing),
  };
}
