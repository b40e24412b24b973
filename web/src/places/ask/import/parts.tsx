// SPDX-License-Identifier: GPL-3.0-or-later
// Small parts of this page.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Problem } from '../../../lib/api';
import { t } from '../../../lib/texts';
import { Button, Trouble } from '../../../parts/parts';

// Where one is of the three steps.
export function Steps({ at }: { at: number }): JSX.Element {
  const steps = [t('import.step.file'), t('import.step.columns'), t('import.step.check')];
  return (
    <ol class="import-steps" aria-label={t('import.steps')}>
      {steps.map((text, i) => (
        <li key={text} class={i < at ? 'done' : i === at ? 'here' : ''} aria-current={i === at ? 'step' : undefined}>
          <span class="import-step-number" aria-hidden="true">{i + 1}</span>{text}
        </li>
      ))}
    </ol>
  );
}

interface DropProps { label: string; accept: string; multiple?: boolean; busy?: boolean; again?: boolean; onFiles: (files: File[]) => void }

// A place to drop files on, and a button for those who do not drag.
// `again`: after one import another is not the first thing to do.
export function Drop({ label, accept, multiple, busy, again, onFiles }: DropProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])];
    if (files.length > 0 && !busy) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <div class={over ? 'import-drop over' : 'import-drop'}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer?.files); }}>
      <svg viewBox="0 0 48 48" aria-hidden="true" width="48" height="48">
        <path d="M12 4h16l10 10v30H12z M28 4v10h10 M24 38V22 m-7 7 7-7 7 7" fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
      <p>{label}</p>
      <input ref={input} type="file" hidden aria-label={t('import.choose')} accept={accept} multiple={multiple}
        onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ''; }} />
      <Button kind={again ? 'second' : 'first'} {...(busy ? { busy } : {})} onClick={() => input.current?.click()}>{t('import.choose')}</Button>
    </div>
  );
}

// A text that is here already, as a file to keep.
// `text`, or what gives it as it is then.
export function Keep({ text, name, label }: { text: string | (() => Promise<string>); name: string; label: string }): JSX.Element {
  const save = async (): Promise<void> => {
    const at = URL.createObjectURL(new Blob([typeof text === 'string' ? text : await text()], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = at;
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(at), 10000);
  };
  return <Button onClick={() => void save().catch(() => undefined)}>{label}</Button>;
}

// One of a few, each with what it means.
export function Pick<V extends string>({ legend, name, value, choices, onChange }: {
  legend: string; name: string; value: V; choices: { value: V; label: string; about: string }[]; onChange: (value: V) => void;
}): JSX.Element {
  return (
    <fieldset class="import-pick">
      <legend class="legend-text">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span><strong>{choice.label}</strong><span class="hint-text">{choice.about}</span></span>
        </label>
      ))}
    </fieldset>
  );
}

// The file cannot be looked at: why, and another one.
export function Refused({ problem, again, onBack }: { problem: Problem; again: () => void; onBack: () => void }): JSX.Element {
  return (
    <section class="block">
      <Trouble problem={problem} again={again} />
      <div class="acts"><Button onClick={onBack}>{t('import.back.file')}</Button></div>
    </section>
  );
}
