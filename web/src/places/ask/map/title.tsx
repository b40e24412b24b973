// SPDX-License-Identifier: GPL-3.0-or-later
// Where a title is typed, in its place. Enter takes it, Escape leaves it as it was.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t, type Key } from '../../../lib/texts';
import type { Desk } from './desk';
import { kindKey } from './desk';
import { titleOf } from './model';

export function TitleInput({ desk }: { desk: Desk }): JSX.Element {
  const box = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const pressed = useRef(false); // by mouse or finger, somewhere
  const key = desk.typing?.key ?? '';
  const [value, setValue] = useState(desk.typing?.text ?? titleOf(desk.draft.map, key));
  useLayoutEffect(() => {
    const input = box.current;
    if (!input) return;
    input.focus();
    if (desk.typing?.text === null) input.select();
    else input.setSelectionRange(input.value.length, input.value.length);
  }, []);
  const end = (value: string | null, how: 'next' | 'done' | 'left'): void => {
    if (done.current) return;
    done.current = true;
    desk.typed(value, how);
  };
  // An empty row goes only when the click is over that left it: else what one clicks moves away from under the pointer.
  const leave = (): void => {
    const value = box.current?.value ?? '';
    if (value.trim() !== '' || !pressed.current) end(value, 'left');
    else window.addEventListener('pointerup', () => window.setTimeout(() => {
      if (document.activeElement !== box.current) end('', 'left');
    }, 0), { once: true });
  };
  useLayoutEffect(() => {
    const down = (): void => { pressed.current = true; };
    const up = (): void => { pressed.current = false; };
    window.addEventListener('pointerdown', down, true);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', up);
    return () => {
      window.removeEventListener('pointerdown', down, true);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', up);
    };
  }, []);
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === 'Enter') end(box.current?.value ?? '', 'next');
    else if (event.key === 'Escape') end(null, 'done');
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      end(box.current?.value ?? '', 'done');
      desk.save();
    } else return;
    event.preventDefault();
  };
  const kind = kindKey(desk.draft.map, key);
  return (
    <input ref={box} class="map-title-input" dir="auto" aria-label={`${t(`map.kind.${kind}` as Key)}: ${t('map.field.title')}`}
      value={value} onInput={(event) => setValue(event.currentTarget.value)} onKeyDown={press} onBlur={leave}
      onClick={(event) => event.stopPropagation()} />
  );
}
