// SPDX-License-Identifier: GPL-3.0-or-later
// Shortcuts and the tour. Single keys can be switched off (WCAG 2.1.4), and are not taken while one types.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { go } from '../lib/router';
import { may } from '../lib/session';
import { t, type Key } from '../lib/texts';
import { Button, Check, Dialog } from './parts';

interface Shortcut { keys: string; text: Key; to: string }

const shortcuts: Shortcut[] = [
  { keys: 'g p', text: 'place.picture', to: '/app' },
  { keys: 'g a', text: 'place.ask', to: '/app/ask' },
  { keys: 'g m', text: 'help.map', to: '/app/ask/map' },
  { keys: 'g n', text: 'place.next', to: '/app/next' },
  ...(may('administrator') ? [{ keys: 'g s', text: 'place.settings', to: '/app/settings' } as const] : []),
];

// What is kept in this browser; without storage nothing is.
function kept(name: string): string | null {
  try {
    return window.localStorage.getItem(`parallax.${name}`);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    window.localStorage.setItem(`parallax.${name}`, value);
  } catch {
    // private windows may refuse
  }
}

function types(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, [contenteditable], [role="tree"], dialog') !== null;
}

// Keys anywhere on the page: "?" and "g p". `open` is called for "?".
export function useShortcuts(open: () => void): void {
  useEffect(() => {
    let before = '';
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || types(event.target) || kept('shortcuts') === 'off') return;
      if (event.key === '?') open();
      const found = shortcuts.find((one) => one.keys === `${before} ${event.key}`);
      if (found) go(found.to);
      before = found ? '' : event.key;
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

export function Shortcuts({ onClose, onTour }: { onClose: () => void; onTour: () => void }): JSX.Element {
  const [on, setOn] = useState(kept('shortcuts') !== 'off');
  const change = (wanted: boolean): void => {
    keep('shortcuts', wanted ? 'on' : 'off');
    setOn(wanted);
  };
  return (
    <Dialog title={t('help.title')} onClose={onClose}>
      <div class="form">
        <table class="keys">
          <caption class="visually-hidden">{t('help.title')}</caption>
          <thead class="visually-hidden"><tr><th scope="col">{t('help.key')}</th><th scope="col">{t('help.does')}</th></tr></thead>
          <tbody>
            <tr><th scope="row"><kbd>?</kbd></th><td>{t('help.this')}</td></tr>
            {shortcuts.map((one) => (
              <tr key={one.keys}>
                <th scope="row">{one.keys.split(' ').map((key) => <kbd key={key}>{key}</kbd>)}</th>
                <td>{t(one.text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Check label={t('help.on')} checked={on} onChange={change} />
        <div class="acts"><Button onClick={onTour}>{t('tour.title')}</Button></div>
      </div>
    </Dialog>
  );
}

const stops: { title: Key; text: Key; to: string; see?: string }[] = [
  { title: 'tour.1.title', text: 'tour.1.text', to: '/app', see: '.drawn .journey' },
  { title: 'tour.2.title', text: 'tour.2.text', to: '/app', see: '.drawn .journey' },
  { title: 'tour.3.title', text: 'tour.3.text', to: '/app/ask' },
  { title: 'tour.4.title', text: 'tour.4.text', to: '/app/next' },
  { title: 'tour.5.title', text: 'tour.5.text', to: '/app/next/steps' },
];

// What a step tells of is brought into sight once it is drawn, for which the program may take a while.
function bring(what: string): () => void {
  let tries = 20;
  const timer = window.setInterval(() => {
    const found = document.querySelector(what);
    if (found) found.scrollIntoView({ block: 'start' });
    tries -= 1;
    if (found || tries === 0) window.clearInterval(timer);
  }, 200);
  return () => window.clearInterval(timer);
}

// Five steps beside the pages they are about: the page stays in use meanwhile.
export function Tour({ onClose }: { onClose: () => void }): JSX.Element | null {
  const [at, setAt] = useState(0);
  const stop = stops[at];
  const end = (): void => {
    keep('tour', 'seen');
    onClose();
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (stop) go(stop.to);
    return stop?.see ? bring(stop.see) : undefined;
  }, [at]);
  if (!stop) return null;
  return (
    <aside class="tour" aria-label={t('tour.title')}>
      <p class="quiet">{t('tour.at', { n: at + 1, of: stops.length })}</p>
      <div aria-live="polite"><h2>{t(stop.title)}</h2><p>{t(stop.text)}</p></div>
      <div class="acts">
        {at > 0 && <Button onClick={() => setAt(at - 1)}>{t('tour.back')}</Button>}
        {at + 1 < stops.length ? <Button kind="first" onClick={() => setAt(at + 1)}>{t('tour.next')}</Button> : <Button kind="first" onClick={end}>{t('tour.end')}</Button>}
        {at + 1 < stops.length && <Button kind="quiet" onClick={end}>{t('tour.end')}</Button>}
      </div>
    </aside>
  );
}

// For who is here for the first time; gone when it was seen or sent away.
export function TourOffer({ onStart }: { onStart: () => void }): JSX.Element | null {
  const [shown, setShown] = useState(kept('tour') === null);
  if (!shown) return null;
  const away = (): void => {
    keep('tour', 'away');
    setShown(false);
    document.getElementById('main')?.focus({ preventScroll: true }); // its button goes, and the focus with it
  };
  return (
    <div class="tour-offer">
      <p>{t('tour.offer')}</p>
      <div class="acts">
        <Button onClick={() => { away(); onStart(); }}>{t('tour.start')}</Button>
        <Button kind="quiet" onClick={away}>{t('tour.away')}</Button>
      </div>
    </div>
  );
}
