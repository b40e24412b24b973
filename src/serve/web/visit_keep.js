// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// What was noted, kept on this phone until it has arrived: one draft per address, pictures by id.
// The first of the files that make visit.js (asset.c).
'use strict';

/** What the server says of a visit (form/visit_brief.h).
 * @typedef {{id: string, title: string}} Named
 * @typedef {Named & {part: string, anchors: (string | null)[]}} Point
 * @typedef {{visit: number, walk: boolean, title: string, journey: string, place: string | null,
 *   from?: string, until?: string, outside: string | null, note: string | null, returned: string | null, do: string[],
 *   not: string[], levels: {value: number, text: string}[], points: Point[], tasks: Named[],
 *   promises: Named[], state: string, closed: string | null}} Brief
 * What is noted here. `at` is the time on this phone's clock: "2026-01-31T14:05".
 * @typedef {{key: string, at: string, point: string, title: string, level: string,
 *   surprise: string, hesitation: boolean, words: string, senses: string[], channel: string,
 *   pictures: string[]}} Moment
 * @typedef {{[id: string]: string}} Marks "yes", "no" or "" by id
 * @typedef {{path: string, report: string, state: 'open' | 'sending' | 'sent', body: string,
 *   tied: string, conflict: string, began: string, moments: Moment[], tasks: Marks,
 *   promises: Marks, overall: string, words: string, brief: Brief, back?: string}} Draft
 * `back` is the body that came back.
 * `bytes` are gone when all has arrived.
 * @typedef {{id: string, path: string, bytes: ArrayBuffer | null, thumb: string,
 *   arrived: boolean}} Picture */

/** What this page says, in its language: the server has put it into the page. */
const phrase = (() => {
  const app = /** @type {HTMLElement} */ (document.getElementById('app'));
  /** @type {{[key: string]: string}} */
  const texts = JSON.parse(app.dataset.texts ?? '{}');
  /** With its places {0}, {1} filled. @param {string} key @param {...(string | number)} values */
  function fill(key, ...values) {
    return texts[key].replace(/\{(\d)\}/g, (_, i) => String(values[Number(i)]));
  }
  return fill;
})();

const keep = (() => {
  /** @type {Promise<IDBDatabase> | null} */
  let opened = null;
  /** What is to be written, when this is written. @type {Draft | null} */
  let latest = null;
  /** @type {Promise<void> | null} */
  let writing = null;

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open('parallax-visits', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('drafts', { keyPath: 'path' });
        request.result.createObjectStore('pictures', { keyPath: 'id' }).createIndex('path', 'path');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error('another tab holds it'));
    });
    return opened;
  }

  /** One transaction; what its last request found, when it is on the disk.
   * @param {'drafts' | 'pictures'} name @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest} work @returns {Promise<any>} */
  async function run(name, mode, work) {
    const base = await open();
    return new Promise((resolve, reject) => {
      const transaction = base.transaction(name, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async function write() {
    while (latest) {
      const draft = latest;
      latest = null;
      await run('drafts', 'readwrite', (store) => store.put(draft));
    }
  }

  return {
    /** A new id: nobody has had it before. */
    id: () => Array.from(crypto.getRandomValues(new Uint8Array(16)),
      (byte) => byte.toString(16).padStart(2, '0')).join(''),

    /** @param {string} path @returns {Promise<Draft | undefined>} */
    draft: (path) => run('drafts', 'readonly', (store) => store.get(path)),

    /** Kept when the promise is; what changed meanwhile is written too. @param {Draft} draft */
    save: (draft) => {
      latest = draft;
      writing ??= write().finally(() => { writing = null; });
      return writing;
    },

    /** @param {string} id @returns {Promise<Picture | undefined>} */
    picture: (id) => run('pictures', 'readonly', (store) => store.get(id)),

    /** @param {Picture} picture */
    savePicture: (picture) => run('pictures', 'readwrite', (store) => store.put(picture)),

    /** @param {string} id */
    dropPicture: (id) => run('pictures', 'readwrite', (store) => store.delete(id)),

    /** All of an address. @param {string} path @returns {Promise<Picture[]>} */
    pictures: (path) => run('pictures', 'readonly', (store) => store.index('path').getAll(path)),

    /** All of an address: the draft and its pictures are here then, or nothing has changed.
     * @param {Draft} draft @param {Picture[]} pictures @returns {Promise<void>} */
    replace: async (draft, pictures) => {
      await writing?.catch(() => {}); // what it writes would be on top of this
      const base = await open();
      return new Promise((resolve, reject) => {
        const transaction = base.transaction(['drafts', 'pictures'], 'readwrite', { durability: 'strict' });
        const store = transaction.objectStore('pictures');
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('it holds what cannot be kept'));
        const old = store.index('path').getAllKeys(draft.path);
        old.onsuccess = () => {
          try {
            for (const id of old.result) store.delete(id);
            for (const picture of pictures) store.put(picture);
            transaction.objectStore('drafts').put(draft);
          } catch {
            transaction.abort();
          }
        };
      });
    },

    /** Nothing of an address stays. @param {string} path */
    forget: async (path) => {
      for (const { id } of await keep.pictures(path)) await keep.dropPicture(id);
      await run('drafts', 'readwrite', (store) => store.delete(path));
    },
  };
})();
