// SPDX-License-Identifier: GPL-3.0-or-later
// What pages are made of. web/STYLE.md shows each.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../lib/api';
import { english, t } from '../lib/texts';

type Kind = 'first' | 'second' | 'quiet' | 'danger';

interface ButtonProps {
  kind?: Kind;
  type?: 'button' | 'submit';
  busy?: boolean;
  disabled?: boolean;
  label?: string; // for an ear, where the text says too little
  onClick?: (event: MouseEvent) => void;
  children: ComponentChildren;
}

// `first`: the one thing to do here; at most one on a page.
export function Button({ kind = 'second', type = 'button', busy, disabled, label, onClick, children }: ButtonProps): JSX.Element {
  return (
    <button type={type} class={`button ${kind}`} aria-label={label} aria-busy={busy || undefined}
      aria-disabled={disabled || busy || undefined}
      onClick={(event) => { if (disabled || busy) event.preventDefault(); else onClick?.(event); }}>
      {children}
    </button>
  );
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  children: (id: string, describedBy: string | undefined) => JSX.Element;
}

export function Field({ label, hint, error, children }: FieldProps): JSX.Element {
  const id = useId();
  const about = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <p class="hint-text" id={`${id}-hint`}>{hint}</p>}
      {children(id, about)}
      {error && <p class="error-text" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

interface TextProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
  error?: string | undefined;
  type?: 'text' | 'date' | 'number' | 'email' | 'url' | 'search';
  required?: boolean;
  list?: string;
}

export function TextField({ label, value, onInput, hint, error, type = 'text', required, list }: TextProps): JSX.Element {
  return (
    <Field label={label} hint={hint} error={error}>
      {(id, about) => (
        <input id={id} type={type} dir={type === 'text' || type === 'search' ? 'auto' : undefined} value={value} required={required} list={list} aria-describedby={about}
          aria-invalid={error ? true : undefined} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}

export interface Choice { value: string; label: string }

interface SelectProps {
  label: string;
  value: string;
  choices: Choice[];
  onChange: (value: string) => void;
  hint?: string;
}

export function SelectField({ label, value, choices, onChange, hint }: SelectProps): JSX.Element {
  return (
    <Field label={label} hint={hint}>
      {(id, about) => (
        <select id={id} value={value} aria-describedby={about} onChange={(event) => onChange(event.currentTarget.value)}>
          {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
        </select>
      )}
    </Field>
  );
}

export function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (on: boolean) => void }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

// Says something about the page: `trouble` at once, to an ear too.
export function Notice({ kind = 'plain', title, children }: { kind?: 'plain' | 'trouble' | 'good'; title?: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class={`notice ${kind}`} role={kind === 'trouble' ? 'alert' : kind === 'good' ? 'status' : undefined}>
      {title && <p class="notice-title">{title}</p>}
      <div>{children}</div>
    </div>
  );
}

export function Trouble({ problem, again }: { problem: Problem | null; again?: () => void }): JSX.Element | null {
  if (!problem) return null;
  return (
    <Notice kind="trouble" title={t('trouble.title')}>
      {problem.status === 0 && problem.message === 'network' ? <p>{t('trouble.network')}</p> : <p {...english}>{problem.message}</p>}
      {again && <Button onClick={again}>{t('again')}</Button>}
    </Notice>
  );
}

// After a third of a second, so that what is fast does not flicker.
export function Busy({ what }: { what?: string }): JSX.Element | null {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), 300);
    return () => window.clearTimeout(timer);
  }, []);
  return shown ? <p class="busy" role="status">{what ?? t('busy')}</p> : null;
}

// Nothing is there yet: what it would be, and what to do.
export function Empty({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="empty-state">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Heading({ title, lead, children }: { title: string; lead?: string; children?: ComponentChildren }): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => { document.title = `${title} · Parallax`; }, [title]);
  return (
    <header class="page-head">
      <div>
        <h1 ref={head} tabIndex={-1}>{title}</h1>
        {lead && <p class="lead-text">{lead}</p>}
      </div>
      {children && <div class="page-acts">{children}</div>}
    </header>
  );
}

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ComponentChildren;
  number?: boolean;
}

interface TableProps<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  empty?: string;
}

export function Table<Row>({ caption, columns, rows, rowKey, empty }: TableProps<Row>): JSX.Element {
  if (rows.length === 0 && empty) return <p class="quiet">{empty}</p>;
  return (
    <div class="table-wrap" role="region" aria-label={caption} tabIndex={0}>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.title} scope="col" class={column.number ? 'num' : undefined}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, i) => i === 0
                ? <th key={column.title} scope="row" data-label={column.title}>{column.cell(row)}</th>
                : <td key={column.title} data-label={column.title} class={column.number ? 'num' : undefined}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// For an ear: with the word that an eye sees first (who speaks to a machine says that one).
function spoken(seen: string, about: string): string {
  return about.startsWith(seen) ? about : `${seen}: ${about}`;
}

// Takes a text along that stands beside it.
export function CopyButton({ text, label }: { text: string; label: string }): JSX.Element {
  const [done, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
      window.setTimeout(() => setDone(false), 2000);
    } catch {
      setDone(false); // the text stands there to be marked by hand
    }
  };
  return <Button kind="quiet" label={spoken(done ? t('copied') : t('copy'), label)} onClick={() => void copy()}>{done ? t('copied') : t('copy')}</Button>;
}

// A text to take along: an address, a command.
export function Copy({ text, label }: { text: string; label: string }): JSX.Element {
  return <span class="copy"><code dir="ltr">{text}</code><CopyButton text={text} label={`${label}: ${text}`} /></span>;
}

// The same in a shell.
export function CommandLine({ line }: { line: string }): JSX.Element | null {
  if (!line) return null;
  return (
    <details class="command-line">
      <summary>{t('line.title')}</summary>
      <Copy text={line} label={t('line.copy')} />
    </details>
  );
}

const fields = 'input:not([type="hidden"], :disabled), select:not(:disabled), textarea:not(:disabled)';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

// Over the page; Escape closes it, and what was focused is focused again. Before it is seen its first field has the focus,
// or what asks for it (autofocus), else its heading: never the button that closes it.
export function Dialog({ title, onClose, children }: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    dialog?.showModal();
    const first = dialog?.querySelector<HTMLElement>('[autofocus]') ?? dialog?.querySelector<HTMLElement>(fields) ?? head.current;
    first?.focus();
    return () => {
      dialog?.close(); // or nothing else can be focused
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={box} class="dialog" aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <div class="dialog-head">
        <h2 id={id} ref={head} tabIndex={-1}>{title}</h2>
        <Button kind="quiet" label={t('close')} onClick={onClose}>×</Button>
      </div>
      {children}
    </dialog>
  );
}

// A page's parts beside each other, as addresses: each is a link. On a phone the one that is here is moved into sight, also
// when the phone is turned.
export function Tabs({ label, tabs }: { label: string; tabs: { text: string; here: boolean; link: (props: { class: string; 'aria-current'?: 'page' }) => JSX.Element }[] }): JSX.Element {
  const nav = useRef<HTMLElement>(null);
  const here = tabs.findIndex((tab) => tab.here);
  useLayoutEffect(() => {
    const bar = nav.current;
    const tab = bar?.querySelector<HTMLElement>('[aria-current]');
    if (!bar || !tab) return;
    const move = (): void => {
      if (bar.scrollWidth <= bar.clientWidth) return;
      const [a, b] = [bar.getBoundingClientRect(), tab.getBoundingClientRect()];
      bar.scrollLeft += (b.left + b.right - a.left - a.right) / 2;
    };
    const watch = new ResizeObserver(move);
    watch.observe(bar); // tells its first size, too
    return () => watch.disconnect();
  }, [here]);
  return (
    <nav class="tabs" aria-label={label} ref={nav}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.text}>{tab.link(tab.here ? { class: 'tab here', 'aria-current': 'page' } : { class: 'tab' })}</li>
        ))}
      </ul>
    </nav>
  );
}

// The landmarks of a page within ours are none any more; drawn.ts has their styles.
const landmarks: Record<string, string> = { HEADER: 'drawn-head', MAIN: 'drawn-main', FOOTER: 'drawn-foot' };

function adopt(node: Element): Element | null {
  if (node.matches('.skip, style, script')) return null;
  const copy = document.importNode(node, true);
  const name = landmarks[node.tagName];
  if (!name) return copy;
  const part = document.createElement('div');
  part.className = `${name} ${node.className}`;
  part.append(...copy.childNodes);
  return part;
}

interface DrawnProps {
  body: HTMLElement;
  parts?: string; // which of it; else all
  // A point of the picture was chosen: the number of the group, and of the point within it.
  onPoint?: (group: number, point: number) => void;
  // It is in the page now: `part` holds it alone.
  onDrawn?: (part: HTMLElement) => void;
}

// A page that the program drew; it speaks English, whatever the app speaks.
export function Drawn({ body, parts, onPoint, onDrawn }: DrawnProps): JSX.Element {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const found = parts ? [...body.querySelectorAll(parts)] : [...body.children];
    const part = document.createElement('div');
    part.append(...found.map(adopt).filter((node) => node !== null));
    here.current?.replaceChildren(part);
    onDrawn?.(part);
  }, [body, parts]);
  const click = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const point = /^#g(\d+)-p(\d+)$/.exec(link?.getAttribute('href') ?? '');
    if (!point || !onPoint) return;
    event.preventDefault();
    onPoint(Number(point[1]), Number(point[2]));
  };
  return <div ref={here} class={`drawn ${body.className}`} {...english} onClick={click} />;
}
