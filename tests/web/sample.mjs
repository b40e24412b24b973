// SPDX-License-Identifier: GPL-3.0-or-later
// The demo's folder for a test: a copy of what meson has made once for all (PLX_DEMO), else of its own.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';

export function sample(parallax, folder) {
  if (process.env.PLX_DEMO) cpSync(process.env.PLX_DEMO, folder, { recursive: true });
  else execFileSync(parallax, ['demo', '-q', folder], { stdio: 'ignore' });
}
