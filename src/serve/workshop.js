// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// A page of a workshop follows what happens, and keeps guesses as they are given. The page can do
// without this file. Neither a less-than sign nor an ampersand: the page is XML as well.
'use strict';
(() => {
  const EVERY = 2000; // milliseconds

  /** @returns {HTMLElement} */
  const root = () => /** @type {HTMLElement} */ (document.getElementById('workshop'));
  let etag = '';
  /** Guesses that are not kept yet, by field. @type {{[field: string]: string}} */
  const waiting = {};
  let sending = false;

  const kept = `workshop ${location.pathname}`;

  /** What is not sent yet survives a reload; without storage it is in the page only. */
  function keep() {
    const texts = Array.from(document.querySelectorAll('textarea')).map((one) => [one.name, one.value]);
    try {
      if (unsent()) localStorage.setItem(kept, JSON.stringify({ waiting, texts }));
      else localStorage.removeItem(kept);
    } catch { /* private windows have none */ }
  }

  function recall() {
    try {
      const had = JSON.parse(localStorage.getItem(kept) ?? '{}');
      if (document.getElementById('guess')) Object.assign(waiting, had.waiting);
      for (const [name, value] of had.texts ?? []) {
        const field = document.getElementById(name);
        if (field instanceof HTMLTextAreaElement) field.value ||= value;
      }
      for (const [name, value] of Object.entries(waiting)) {
        const choice = document.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
        if (choice instanceof HTMLInputElement) choice.checked = true;
      }
    } catch { /* nothing that can be read */ }
  }

  const isWaiting = () => Object.keys(waiting).length > 0;

  /** @param {string} words */
  function tell(words) {
    const status = document.getElementById('status');
    if (status) status.textContent = words;
  }

  /** Is there something written that was not sent? */
  function unsent() {
    return isWaiting() || Array.from(document.querySelectorAll('textarea')).some((one) => one.value.trim() !== '');
  }

  /** What the server would show now, in the place of what is there. */
  async function renew() {
    const reply = await fetch(location.href, { cache: 'no-store' });
    const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html').getElementById('workshop');
    if (!fresh) return location.reload(); // another page altogether: it is over
    const same = fresh.dataset.screen === root().dataset.screen;
    const what = 'button, summary';
    const at = Array.from(root().querySelectorAll(what)).findIndex((one) => one === document.activeElement);
    const opened = Array.from(root().querySelectorAll('details')).map((one) => one.open);
    root().replaceWith(fresh);
    if (same) fresh.querySelectorAll('details').forEach((one, i) => one.toggleAttribute('open', opened[i] ?? false));
    const holds = Array.from(fresh.querySelectorAll(what))[same ? at : Math.min(at, 0)];
    if (holds instanceof HTMLElement) holds.focus();
  }

  /** @param {{ screen: string }} now */
  async function follow(now) {
    const wall = root().classList.contains('wall');
    if (!wall) {
      if (now.screen === root().dataset.screen) return;
      if (unsent()) {
        tell(root().dataset.moved ?? '');
        return;
      }
    }
    await renew();
  }

  async function look() {
    try {
      const reply = await fetch(root().dataset.state ?? '', { cache: 'no-store', headers: etag ? { 'If-None-Match': etag } : {} });
      if (reply.status === 200) {
        await follow(await reply.json());
        etag = unsent() ? '' : reply.headers.get('ETag') ?? '';
      }
      if (document.getElementById('status')?.textContent === root().dataset.offline) tell('');
    } catch {
      tell(root().dataset.offline ?? '');
    }
    if (isWaiting()) await send();
    setTimeout(look, EVERY);
  }

  async function send() {
    const form = /** @type {HTMLFormElement | null} */ (document.getElementById('guess'));
    if (sending || !form) return;
    sending = true;
    const now = { ...waiting };
    try {
      const reply = await fetch(form.action, { method: 'POST', body: new URLSearchParams(now) });
      if (500 > reply.status) {
        for (const name of Object.keys(now)) if (waiting[name] === now[name]) delete waiting[name];
        if (reply.ok) tell(root().dataset.saved ?? '');
        else await renew();
      }
    } catch {
      tell(root().dataset.offline ?? '');
    }
    keep();
    sending = false;
  }

  document.addEventListener('change', (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.form?.id !== 'guess') return;
    waiting[input.name] = input.value;
    keep();
    send();
  });
  document.addEventListener('input', keep);
  document.addEventListener('submit', () => {
    for (const name of Object.keys(waiting)) delete waiting[name]; // they are sent with the form
    localStorage.removeItem(kept);
  });
  addEventListener('beforeunload', (event) => {
    if (isWaiting()) event.preventDefault();
  });
  document.documentElement.classList.add('scripted');
  recall();
  setTimeout(look, EVERY);
})();
