// SPDX-License-Identifier: GPL-3.0-or-later
// A page of more.ts: loaded when it is first gone to, and there at once from then on.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../lib/api';
import { Busy, Trouble } from './parts';

type More = typeof import('../more');

let loaded: More | null = null;

export function Later({ page }: { page: keyof More }): JSX.Element | null {
  const [more, setMore] = useState(loaded);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = (): void => {
    setProblem(null);
    import('../more').then((all) => setMore(loaded = all), () => setProblem(new Problem(0, 'network')));
  };
  useEffect(() => { if (!more) load(); }, []);
  const Page = more?.[page];
  // A script that failed is asked for again with the whole page only.
  return Page ? <Page /> : problem ? <Trouble problem={problem} again={() => window.location.reload()} /> : <Busy />;
}
