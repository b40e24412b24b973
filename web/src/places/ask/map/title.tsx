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
  const key = desk.typing?.key ?? '';
  const [value, setValue] = useState(desk.typing?.text ?? titleOf(desk.draft.map, key));
  useLayoutEffect(() => {
    const input = box.current;
    if (!input) return;
    input.focus();
    if (desk.typing?.text === null) input.select();
    else input.setSelectionRange(input.value.length, input.value.length);
  }, []);
  const end = (value: string | null, next = false): void => {
    if (done.current) return;
    done.current = true;
    desk.typed(value, next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === 'Enter') end(box.current?.value ?? '', true);
    else if (event.key === 'Escape') end(null);
    else return;
    event.preventDefault();
  };
  const kind = kindKey(desk.draft.map, key);
  return (
    <input ref={box} class="map-title-input" dir="auto" aria-label={`${t(`map.kind.${kind}` as Key)}: ${t('map.field.title')}`}
      value={value} onInput={(event) => setValue(event.currentTarget.value)} onKeyDown={press} onBlur={() => end(box.current?.value ?? '')}
      onClick={(event) => event.stopPropagation()} />
  );
}
