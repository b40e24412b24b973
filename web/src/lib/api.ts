// SPDX-License-Identifier: GPL-3.0-or-later
// What the server is asked: readings, and commands as people would type them (docs/app.md).
import { session } from './session';

export type Value = string | number | boolean;
export type Options = Record<string, Value | string[] | null | undefined>;

// What went wrong, in a sentence for people.
export class Problem extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

// What a command said, and the line that says the same in a shell.
export interface Done<T> {
  line: string;
  document: T;
  said: string;
}

function query(options: Options): URLSearchParams {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === '' || value === false) continue;
    for (const one of Array.isArray(value) ? value : [value]) pairs.append(name, String(one));
  }
  return pairs;
}

export function address(path: string, options: Options = {}): string {
  const text = query(options).toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const told = JSON.parse(text) as { detail?: string; title?: string };
    return new Problem(response.status, told.detail ?? told.title ?? response.statusText);
  } catch {
    return new Problem(response.status, response.statusText);
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin' });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem(0, 'network');
  }
  if (response.status === 401) window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function get<T>(path: string, options: Options = {}, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { headers: { Accept: 'application/json' } };
  if (signal) init.signal = signal;
  return (await (await send(address(path, options), init)).json()) as T;
}

export function reading<T>(name: string, options: Options = {}, signal?: AbortSignal): Promise<T> {
  return get<T>(`/api/readings/${name}`, options, signal);
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json', 'X-CSRF': session.csrf };
  return (await (await send(path, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as T;
}

// In an option that takes several, a name with a comma of whichever language stands in quotes.
export function inList(name: string): string {
  return /[",،、，]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

// command('link create', [], { audience: 'staff' })
export function command<T>(words: string, args: string[] = [], options: Options = {}): Promise<Done<T>> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) =>
    value !== null && value !== undefined && value !== ''));
  return post<Done<T>>(`/command/${words.replace(' ', '/')}`, { arguments: args, options: given });
}

// A file for a command: what stands for it there, "@...".
export async function upload(file: File | Blob, name: string): Promise<string> {
  const response = await send(`/upload/${encodeURIComponent(name)}`, {
    method: 'POST', headers: { Accept: 'application/json', 'X-CSRF': session.csrf }, body: file });
  return ((await response.json()) as { file: string }).file;
}

// Where a file lies that a command writes: fileAt('report', 'monday.html', { 'one-page': true }).
export function fileAt(words: string, name: string, options: Options = {}): string {
  return address(`/file/${words.replace(' ', '/')}/${encodeURIComponent(name)}`, options);
}

export interface Page {
  line: string;
  body: HTMLElement;
}

// A page that the program draws, to be put into ours.
export function page(name: string, options: Options = {}, signal?: AbortSignal): Promise<Page> {
  return drawn(fileAt('report', `${name}.html`, { reading: name, ...options }), signal);
}

// The same of another command that writes pages: drawn(fileAt('step verify', 'verdict.html', { argument: '1' })).
export async function drawn(address: string, signal?: AbortSignal): Promise<Page> {
  const init: RequestInit = signal ? { signal } : {};
  const response = await send(address, init);
  // Its style is in ours; the policy of our page minds a second one even where nobody sees it.
  const text = (await response.text()).replace(/<style>[^<]*<\/style>/g, '');
  const parsed = new DOMParser().parseFromString(text, 'text/html');
  // percent-encoded by the server (src/serve/reply.c)
  return { line: decodeURIComponent(response.headers.get('Parallax-Command') ?? ''), body: parsed.body };
}
