// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of a language as they are sent: keys in one string, texts in another, a line each. A key begins with a dot
// for each part that it shares with the key before it. That is a tenth less to load; src/lib/texts.ts reads it.
import { runInNewContext } from 'node:vm';
import type { Plugin } from 'vite';

function shortened(keys: string[]): string[] {
  let before: string[] = [];
  return keys.map((key) => {
    const parts = key.split('.');
    const other = parts.findIndex((part, i) => part !== before[i]);
    before = parts;
    const alike = other < 0 ? parts.length : other;
    return '.'.repeat(alike) + parts.slice(alike).join('.');
  });
}

export function packed(): Plugin {
  return {
    name: 'packed',
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type !== 'chunk' || !part.name.startsWith('texts-')) continue;
        const place: { parallaxTexts?: Record<string, string> } = {};
        runInNewContext(part.code.replace(/export\s*\{[^}]*\};?\s*$/, ''), { globalThis: place });
        const all = Object.entries(place.parallaxTexts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
        const lines = [shortened(all.map(([key]) => key)), all.map(([, text]) => text)].map((one) => JSON.stringify(one.join('\n')));
        part.code = `globalThis.parallaxTexts=[${lines.join()}];\n`;
      }
    },
  };
}
