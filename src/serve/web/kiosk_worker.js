// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the page of a kiosk while the network is away: as it was the last time.
'use strict';

const CACHE = 'parallax-kiosk';
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

// A page is kept by its path and language; of the script only the newest.
/** @param {URL} url */
function nameOf(url) {
  const language = url.searchParams.get('lang');
  return url.origin + url.pathname + (language ? `?lang=${encodeURIComponent(language)}` : '');
}

/** @param {URL} url @param {Response} response */
async function keep(url, response) {
  const cache = await caches.open(CACHE);
  if (url.pathname.startsWith('/asset/')) {
    for (const old of await cache.keys()) {
      if (old.url.includes('/asset/') && old.url !== url.href) await cache.delete(old);
    }
  }
  await cache.put(nameOf(url), response);
}

/** @param {URL} url */
async function kept(url) {
  const cache = await caches.open(CACHE);
  return (await cache.match(nameOf(url))) ?? (await cache.match(url.origin + url.pathname)) ?? Response.error();
}

/** @param {FetchEvent} event @param {URL} url */
async function answer(event, url) {
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(url, response.clone()));
    return response;
  } catch {
    return kept(url);
  }
}

worker.addEventListener('install', () => { void worker.skipWaiting(); });
worker.addEventListener('activate', (event) => { event.waitUntil(worker.clients.claim()); });
worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === worker.location.origin && (url.pathname.startsWith('/k/') || url.pathname.startsWith('/asset/kiosk-'));
  if (ours && event.request.method === 'GET') event.respondWith(answer(event, url));
});
