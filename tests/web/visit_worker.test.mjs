// SPDX-License-Identifier: GPL-3.0-or-later
// The worker of the page of visits, without a browser: `node visit_worker.test.mjs`. Speaks TAP.
//
// Checks: a newer page takes the place of the one that is kept only when the scripts that it names
// are kept, too.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';

const { check, finish } = await import('./sheet.mjs');
const file = resolve(dirname(fileURLToPath(import.meta.url)), '../../src/serve/web/visit_worker.js');
const PAGE = 'https://house.example/v/secret';
const html = (n) => `<script src="/asset/visit-${n}.js"></script>`;

// What is shown, and what is kept then, where the network has a page and perhaps its script.
async function open({ script }) {
  const kept = new Map([[PAGE, html(1)], ['/asset/visit-1.js', 'one']]);
  const listeners = {};
  const key = (request) => request.url ?? request;
  const cache = {
    match: async (request) => (kept.has(key(request)) ? new Response(kept.get(key(request))) : undefined),
    put: async (request, response) => { kept.set(key(request), await response.text()); },
  };
  const fetch = async (url) => {
    if (key(url) === PAGE) return new Response(html(2));
    if (script === null) throw new TypeError('no network');
    return new Response('two', { status: script });
  };
  runInNewContext(readFileSync(file, 'utf8'), {
    self: { addEventListener: (name, work) => { listeners[name] = work; } },
    caches: { open: async () => cache, match: cache.match },
    fetch, AbortSignal, URL,
  });
  const shown = await new Promise((done) => {
    listeners.fetch({ request: { method: 'GET', mode: 'navigate', url: PAGE }, respondWith: done });
  });
  return { shown: await shown.text(), kept };
}

const good = await open({ script: 200 });
check(good.shown === html(2) && good.kept.get(PAGE) === html(2) && good.kept.get('/asset/visit-2.js') === 'two',
  'a newer page is kept with its script');
for (const script of [null, 404]) {
  const bad = await open({ script });
  check(bad.shown === html(1) && bad.kept.get(PAGE) === html(1) && !bad.kept.has('/asset/visit-2.js'),
    `without its script (${script ?? 'no network'}) the older one stays`, bad.shown);
}
finish();
