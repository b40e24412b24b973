// SPDX-License-Identifier: GPL-3.0-or-later
// A part of the app that is loaded when one goes there: what most people see first stays light.
import type { FunctionComponent, JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Problem } from '../lib/api';
import { useAsk } from '../lib/ask';
import { Busy, Trouble } from './parts';

interface Loaded { Page: FunctionComponent }

// Who waited for it is taken to its heading, as on every other page.
function Arrived({ Page }: Loaded): JSX.Element {
  useLayoutEffect(() => {
    const head = document.querySelector<HTMLElement>('#main h1');
    if (!head || document.activeElement?.id !== 'main') return;
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }, []);
  return <Page />;
}

// `load` imports it: once, whoever asks.
export function later(load: () => Promise<FunctionComponent>): FunctionComponent {
  let known: Loaded | null = null;
  return function Later(): JSX.Element {
    const asked = useAsk('', async () => {
      try {
        known ??= { Page: await load() };
      } catch {
        throw new Problem(0, 'network');
      }
      return known;
    });
    const loaded = known ?? asked.data;
    if (loaded) return <Arrived Page={loaded.Page} />;
    // Where the server is another version by now, a new page names what it has.
    return asked.problem ? <Trouble problem={asked.problem} again={() => window.location.reload()} /> : <Busy />;
  };
}
