// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Keeps the page of a visit or a walk for when there is no network. What was noted is none of its
// business: the page keeps and sends that itself. The page puts itself and what it loads here.
'use strict';

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE = 'parallax-visits';
const PATIENCE = 4000; // milliseconds for a network that says nothing

worker.addEventListener('install', () => { void worker.skipWaiting(); });
worker.addEventListener('activate', (event) => { event.waitUntil(worker.clients.claim()); });

/** Puts a page where it is found without a network, after the scripts that it names: an older page
 * with its own is better than a newer one without. @param {Request} request @param {Response} response */
async function keepPage(request, response) {
  const cache = await caches.open(CACHE);
  const named = (await response.clone().text()).matchAll(/"(\/asset\/[^"]+)"/g);
  for (const name of new Set(Array.from(named, ([, path]) => path))) {
    if (await cache.match(name)) continue;
    const script = await fetch(name, { signal: AbortSignal.timeout(PATIENCE) });
    if (!script.ok) throw new Error(`${name}: ${script.status}`);
    await cache.put(name, script);
  }
  await cache.put(request, response);
}

/** The newest page there is. One that the server has no more stays: what was noted is in it.
 * @param {Request} request */
async function page(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  if (!kept) return fetch(request);
  try {
    const response = await fetch(request.url, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return kept;
    await keepPage(request, response.clone());
    return response;
  } catch {
    return kept;
  }
}

/** Never changes under its name. @param {Request} request */
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const { pathname } = new URL(request.url);
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/asset/')) event.respondWith(asset(request));
});
