// SPDX-License-Identifier: GPL-3.0-or-later
// A button that opens what can be chosen: a list to tick, or anything else.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { count } from '../../lib/format';
import { t } from '../../lib/texts';
import type { Value } from './chosen';

interface PickProps {
  label: string;
  chosen: string; // in words; "All"
  on: boolean; // something is chosen
  children: (close: () => void) => ComponentChildren;
}

export function Pick({ label, chosen, on, children }: PickProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    whole.current?.querySelector<HTMLElement>('.pick-panel input, .pick-panel button')?.focus();
    const outside = (event: Event): void => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    <div class="pick" ref={whole} onKeyDown={(event) => { if (event.key === 'Escape' && open) { event.stopPropagation(); close(); } }}>
      <button ref={button} type="button" class={on ? 'pick-button on' : 'pick-button'} aria-expanded={open} aria-controls={id}
        onClick={() => setOpen(!open)}>
        <span class="pick-label">{label}</span> <span class="pick-chosen">{chosen}</span>
      </button>
      <div class="pick-panel" id={id} role="group" aria-label={label} hidden={!open}>{open && children(close)}</div>
    </div>
  );
}

interface TicksProps {
  label: string;
  values: (Value & { title?: string })[];
  chosen: string[];
  onChange: (values: string[]) => void;
}

const SEARCHED = 12; // longer lists have a field to search them

export function Ticks({ label, values, chosen, onChange }: TicksProps): JSX.Element {
  const [wanted, setWanted] = useState('');
  const id = useId();
  const found = values.filter((one) => (one.title ?? one.value).toLowerCase().includes(wanted.trim().toLowerCase()));
  const tick = (value: string, on: boolean): void =>
    onChange(on ? [...chosen, value] : chosen.filter((other) => other !== value));
  return (
    <>
      {values.length > SEARCHED && (
        <div class="pick-search">
          <label class="visually-hidden" for={id}>{t('filter.search', { what: label })}</label>
          <input id={id} type="search" value={wanted} placeholder={t('filter.search', { what: label })}
            onInput={(event) => setWanted(event.currentTarget.value)} />
        </div>
      )}
      <ul class="pick-list">
        {found.map((one) => (
          <li key={one.value}>
            <label class="check">
              <input type="checkbox" checked={chosen.includes(one.value)}
                onChange={(event) => tick(one.value, event.currentTarget.checked)} />
              <span class="pick-name">{one.title ?? one.value}</span>
              {one.n !== null && <span class="quiet pick-n">{count(one.n)}</span>}
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="quiet">{t('filter.none', { what: wanted })}</p>}
    </>
  );
}
