// SPDX-License-Identifier: GPL-3.0-or-later
// What this page asks of the program.
import { command, upload, type Done } from '../../../lib/api';
import type { Choices, Draft, How, Sent, Taken } from './types';

function asFile(text: string, name: string, type: string): Promise<string> {
  return upload(new Blob([text], { type }), name);
}

export async function send(files: File[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const file of files) sent.push({ name: file.name, file: await upload(file, file.name) });
  return sent;
}

// What the columns seem to be; what was chosen goes before.
export async function suggest(file: Sent, choices: Choices, encoding: string): Promise<Done<Draft>> {
  const plain = choices.columns.length === 0 && Object.keys(choices).length === 1;
  const chosen = plain ? null : await asFile(JSON.stringify(choices), 'choices.json', 'application/json');
  return command<Draft>('recipe suggest', [file.file], { choices: chosen, encoding });
}

// "survey.csv.gz" has the recipe "survey.yaml".
export function recipeName(file: string): string {
  return `${file.replace(/\.gz$/i, '').replace(/\.[^.]*$/, '') || 'recipe'}.yaml`;
}

export function keepRecipe(text: string, file: string): Promise<string> {
  return asFile(text, recipeName(file), 'text/yaml');
}

function options(how: How): Record<string, string | number | boolean | null> {
  return {
    recipe: how.recipe,
    encoding: how.recipe ? null : how.encoding,
    'max-errors': how.leaveOut > 0 ? how.leaveOut : null,
    ...(how.repeat ? { [how.repeat]: true } : {}),
  };
}

export function tryOut(files: Sent[], how: How): Promise<Done<Taken>> {
  return command<Taken>('import', files.map((one) => one.file), { ...options(how), 'dry-run': true });
}

export function take(files: Sent[], how: How): Promise<Done<Taken>> {
  return command<Taken>('import', files.map((one) => one.file), options(how));
}

// A map with every point of the file, in place of the one that is here. Wrong rows are looked at when the answers are tried.
export async function makeMap(file: Sent, recipe: string | null): Promise<void> {
  const draft = await command<never>('map draft', [file.file], { answers: true, recipe, 'max-errors': 1_000_000_000 });
  await command('map apply', [await asFile(draft.said, 'map.yaml', 'text/yaml')]);
}
