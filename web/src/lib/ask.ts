// SPDX-License-Identifier: GPL-3.0-or-later
// Asking the server from a component: what came, or what went wrong, and again.
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Problem } from './api';

export interface Asked<T> {
  data: T | null; // stays while it is asked again, so that the page does not blink
  problem: Problem | null;
  busy: boolean;
  again: () => void;
}

// Asks when `key` changes; what is asked no more is cut off.
export function useAsk<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ data: T | null; problem: Problem | null; busy: boolean }>(
    { data: null, problem: null, busy: true });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  useLayoutEffect(() => { // busy before anybody sees the new choice beside the old answer
    const cut = new AbortController();
    setState((before) => ({ ...before, busy: true }));
    ask(cut.signal).then(
      (data) => { if (!cut.signal.aborted) setState({ data, problem: null, busy: false }); },
      (cause: unknown) => {
        if (cut.signal.aborted) return;
        const problem = cause instanceof Problem ? cause : new Problem(0, String(cause));
        setState((before) => ({ data: before.data, problem, busy: false }));
      });
    return () => cut.abort();
  }, [key, turn]);
  return { ...state, again };
}

export interface Acting {
  busy: boolean;
  problem: Problem | null;
  // Runs it, one at a time; TRUE when it went well.
  act: (what: () => Promise<void>) => Promise<boolean>;
  clear: () => void;
}

export function useAct(): Acting {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const acts = useRef(false); // at once, where two clicks come before the page is drawn again
  const act = async (what: () => Promise<void>): Promise<boolean> => {
    if (acts.current) return false;
    acts.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await what();
      return true;
    } catch (cause) {
      setProblem(cause instanceof Problem ? cause : new Problem(0, String(cause)));
      return false;
    } finally {
      acts.current = false;
      setBusy(false);
    }
  };
  return { busy, problem, act, clear: () => setProblem(null) };
}
