// SPDX-License-Identifier: GPL-3.0-or-later
// The draft of a map that a walk gives, as an outline for the map editor (and whole, as a file).
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { fileAt } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { Link } from '../../lib/router';
import { t } from '../../lib/texts';
import { Busy, Button, Field, Trouble } from '../../parts/parts';

// Titles of journeys, transactions and points in the map file that `walk adopt` writes, which has each on a line of
// its own, four columns deeper.
export function outlineOf(yaml: string): string {
  return yaml.split('\n').flatMap((line) => {
    const found = /^( {4}| {8}| {12})title: (.*)$/.exec(line);
    if (!found) return [];
    const said = found[2] ?? '';
    const title = said.startsWith('"') ? String(JSON.parse(said)) : said;
    return [`${'  '.repeat((found[1] ?? '').length / 4 - 1)}${title}`];
  }).join('\n');
}

async function read(at: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(at, { signal, credentials: 'same-origin' });
  if (!response.ok) throw new Error(response.statusText);
  return outlineOf(await response.text());
}

export function Draft({ walk }: { walk: number }): JSX.Element {
  const at = fileAt('walk adopt', 'walked.yaml', { argument: String(walk) });
  const asked = useAsk(`draft ${walk}`, (signal) => read(at, signal));
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(asked.data ?? '');
      setCopied(true);
    } catch {
      setCopied(false); // it stands there to be marked by hand
    }
  };
  if (asked.data === null) return <><Trouble problem={asked.problem} />{asked.busy && <Busy />}</>;
  return (
    <div class="form">
      <p>{t('walks.adopt.about')}</p>
      <Field label={t('walks.outline')}>{(id) => <textarea id={id} dir="auto" readOnly rows={8} value={asked.data ?? ''} />}</Field>
      <div class="acts">
        <Button kind="first" onClick={() => void copy()}>{copied ? t('copied') : t('walks.outline.copy')}</Button>
        <Link to="/app/ask/map" class="button">{t('walks.map')}</Link>
        <a class="button" href={at} download="walked.yaml">{t('walks.adopt')}</a>
      </div>
    </div>
  );
}
