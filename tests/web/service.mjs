// SPDX-License-Identifier: GPL-3.0-or-later
// A server of its own for a test: `parallax serve` at 127.0.0.1 on a free port.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

// At another address: with `--listen` among the arguments.
// { url, told: lines, stop() }; `told` are the lines that it printed.
export async function serve(parallax, cwd, ...args) {
  const listen = args.includes('--listen') ? [] : ['--listen', '127.0.0.1:0'];
  const child = spawn(parallax, ['serve', ...args, ...listen], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('exit', done));
  process.on('exit', () => child.kill()); // a test that breaks off leaves nothing that its caller waits for
  const told = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (line.startsWith('Ctrl-C')) break;
  }
  const url = told.join('\n').match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
  if (!url) throw new Error(`parallax serve: ${told.join('\n')}`);
  return {
    url,
    told,
    // The address in the line that says `what`.
    address: (what) => told.find((line) => line.includes(what)).match(/http\S+/)[0],
    stop: () => { child.kill('SIGTERM'); return ended; },
  };
}
