// SPDX-License-Identifier: GPL-3.0-or-later
// The scripts that pages carry as they are, read by TypeScript as strictly as web/: usage types.test.mjs.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const { default: ts } = await import('typescript').catch(() => {
  console.log('1..0 # SKIP typescript is not installed (npm ci in tests/web)');
  process.exit(0);
});
const { check, finish } = await import('./sheet.mjs');

const source = resolve(dirname(fileURLToPath(import.meta.url)), '../../src');
const page = ['es2023', 'dom', 'dom.iterable'];
const worker = ['es2023', 'webworker'];
// What one page loads together, or one worker.
const groups = [
  [page, 'report/slides.js', 'report/reveal.js'],
  [page, 'report/slides.js', 'report/room.js'],
  [page, 'report/guess.js'],
  [page, 'report/tables.js'],
  [page, 'serve/workshop.js'],
  [page, 'serve/web/kiosk.js'],
  [page, 'serve/web/kiosk_shut.js'],
  [worker, 'serve/web/kiosk_worker.js'],
  [page, ...['keep', 'picture', 'send', 'moment', 'views'].map((part) => `serve/web/visit_${part}.js`), 'serve/web/visit.js'],
  [worker, 'serve/web/visit_worker.js'],
];

const strict = {
  noEmit: true, skipLibCheck: true, allowJs: true, checkJs: true, strict: true, noUnusedLocals: true,
  noImplicitReturns: true, target: ts.ScriptTarget.ES2022, types: [],
};

// The library's own files are read once for all groups.
const host = ts.createCompilerHost(strict);
const read = new Map();
const { getSourceFile } = host;
host.getSourceFile = (name, ...rest) => {
  if (!read.has(name)) read.set(name, getSourceFile(name, ...rest));
  return read.get(name);
};

for (const [lib, ...scripts] of groups) {
  const options = { ...strict, lib: lib.map((name) => `lib.${name}.d.ts`) };
  const program = ts.createProgram(scripts.map((name) => resolve(source, name)), options, host);
  const complaints = ts.getPreEmitDiagnostics(program);
  check(complaints.length === 0, `${scripts.join(', ')}: TypeScript, strict`, ts.formatDiagnostics(complaints, host));
}
finish();
