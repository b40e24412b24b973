// SPDX-License-Identifier: GPL-3.0-or-later
// What changes while one looks: the server's events (/app/events), one stream for all parts of the page. While the
// page is hidden there is none: a browser has few connections; whoever comes back asks again.
import { useEffect, useRef } from 'preact/hooks';

export type Kind = 'answers' | 'links' | 'visits' | 'workshops' | 'steps' | 'suggestions' | 'map';

interface Listener {
  kinds: readonly Kind[];
  changed: (answers: number) => void;
}

const listeners = new Set<Listener>();
let stream: EventSource | null = null;
let missed = false; // there was a time without a stream
let later = 0;
const AGAIN = 15000;

function told(kinds: readonly string[] | null, answers: number): void {
  for (const listener of [...listeners]) {
    if (!kinds || listener.kinds.some((kind) => kinds.includes(kind))) listener.changed(answers);
  }
}

function read(event: MessageEvent<string>): void {
  const said = JSON.parse(event.data) as { kinds: string[]; answers: number };
  told(said.kinds, said.answers);
}

function open(): void {
  if (stream || document.hidden || listeners.size === 0) return;
  stream = new EventSource('/app/events');
  stream.addEventListener('changed', read);
  stream.addEventListener('error', () => {
    missed = true;
    if (stream?.readyState === EventSource.CLOSED) comeLater();
  });
  stream.addEventListener('open', () => {
    if (missed) told(null, 0);
    missed = false;
  });
}

function shut(): void {
  window.clearTimeout(later);
  stream?.close();
  stream = null;
}

// A browser does not come again by itself where the answer was no stream: a proxy's, while the server starts anew.
function comeLater(): void {
  shut();
  later = window.setTimeout(open, AGAIN);
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) open();
  else if (stream) {
    shut();
    missed = true;
  }
});

// Calls when something of these kinds has changed, with how many answers came by themselves.
export function useLive(kinds: readonly Kind[], changed: (answers: number) => void): void {
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    const listener: Listener = { kinds, changed: (answers) => latest.current(answers) };
    listeners.add(listener);
    open();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) shut();
    };
  }, [kinds.join(' ')]);
}
