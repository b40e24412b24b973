// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk in the browser: one point after the other. What a guest said is kept here, under a name
// made up for it, until the server says that it has it; so it can be sent again without counting
// twice, and nothing is lost while the network is away.
(() => {
  'use strict';

  /** @typedef {{id: string, title: string}} Point */
  /** @typedef {{journey: string, points: number[]}} Plan */
  /** @typedef {{waiting: string, offline: string, full: string, again: string}} Texts */
  /** @typedef {{id: string, plan: Plan, at: number, said: [string, string][]}} Guest */

  // Milliseconds, but for MOST.
  const SOON = 300; // so long after a question a touch was meant for the one before
  const WARNING = 20000; // so long before the end "are you still there?"
  const THANKS = 6000; // so long the last answer can be taken back
  const FRESH = 3600000; // the page is loaded anew, between guests
  const LOOK = 300000; // between guests: is the kiosk open still, or again?
  const SLOW = 20000; // a reply that takes longer will not come
  const LATER = 60000; // longest wait between two attempts
  const MOST = 5000; // answers that wait at once

  /** @template {HTMLElement} T @param {string} id @param {new () => T} type */
  function element(id, type) {
    const found = document.getElementById(id);
    if (!(found instanceof type)) throw new Error(`no ${id}`);
    return found;
  }
  const form = element('kiosk', HTMLFormElement);
  const heading = element('point', HTMLElement);
  const thanks = element('thanks', HTMLElement);
  const still = element('still', HTMLElement);
  const shut = element('shut', HTMLElement);
  const again = element('again', HTMLElement);
  const state = element('state', HTMLElement);
  const done = element('done', HTMLButtonElement);
  const answers = [...form.querySelectorAll('button[value]')].map((one) => /** @type {HTMLButtonElement} */ (one));
  /** @type {{link: string, language: string, plans: Plan[], points: Point[], texts: Texts}} */
  const setup = JSON.parse(form.dataset.kiosk ?? '');
  const address = new URL(location.href);
  const asked = Number(address.searchParams.get('idle'));
  const idle = 1000 * (asked >= 10 && asked <= 600 ? asked : 45);

  // What is kept ---------------------------------------------------------------------------------
  // Beginnings of names: an answer that is being given, one that waits.
  const GIVING = `parallax.kiosk.${setup.link}.giving.`;
  const WAITING = `parallax.kiosk.${setup.link}.waiting.`;

  /** @returns {Storage | null} */
  function ownStorage() {
    try {
      localStorage.setItem('parallax.kiosk', '1');
      return localStorage;
    } catch {
      return null; // forbidden: then as long as the page is open
    }
  }
  const storage = ownStorage();
  /** @type {Map<string, string>} */
  const memory = new Map();

  /** @param {string} beginning */
  function names(beginning) {
    const all = storage ? Object.keys(storage) : [...memory.keys()];
    return all.filter((name) => name.startsWith(beginning));
  }
  /** @param {string} name */
  const read = (name) => (storage ? storage.getItem(name) : memory.get(name)) ?? '';
  /** @param {string} name */
  function drop(name) {
    if (storage) storage.removeItem(name);
    memory.delete(name);
  }
  // False: there is no room.
  /** @param {string} name @param {string} text */
  function keep(name, text) {
    try {
      if (storage) storage.setItem(name, text);
      else memory.set(name, text);
      return true;
    } catch {
      return false;
    }
  }
  // Under another beginning, and only then no more under the old one.
  /** @param {string} name @param {string} from @param {string} to @param {string} text */
  function move(name, from, to, text) {
    if (keep(to + name.slice(from.length), text)) drop(name);
  }

  // What the server does not take of this page it may take of the next: tried again then.
  /** @type {Set<string>} */
  const refused = new Set();
  let away = false; // the last answer could not be sent
  let closed = false;

  function tellState() {
    const waiting = names(WAITING).length;
    const full = waiting + names(GIVING).length >= MOST;
    for (const one of answers) one.disabled = full || closed;
    const told = [];
    if (full) told.push(setup.texts.full);
    else if (away && waiting > 0) told.push(setup.texts.offline);
    if (waiting > 0) told.push(setup.texts.waiting.replace('{0}', String(waiting)));
    if (state.textContent !== told.join(' ')) state.textContent = told.join(' ');
  }

  // Sending --------------------------------------------------------------------------------------
  let sending = false;
  let pause = 0;
  let timer = 0;

  /** @param {string} name @returns {Promise<number>} the status; 0: there was no reply */
  async function post(name) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), SLOW);
    try {
      const response = await fetch(`/k/${setup.link}/${name.slice(WAITING.length)}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body: read(name),
        signal: stop.signal,
      });
      return response.status;
    } catch {
      return 0;
    } finally {
      clearTimeout(clock);
    }
  }

  /** @param {number} status */
  const isGone = (status) => status === 404 || status === 410;

  // False: it may go better later.
  /** @param {string} name */
  async function sendOne(name) {
    const status = await post(name);
    if (status === 200) drop(name);
    else if (status === 400 || status === 404 || status === 410 || status === 413) refused.add(name);
    if (isGone(status)) close();
    away = status !== 200 && !refused.has(name);
    return !away;
  }

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    let ok = true;
    const next = () => names(WAITING).filter((name) => !refused.has(name));
    for (let all = next(); ok && all.length > 0; all = next()) {
      ok = await sendOne(all[draw(all.length)] ?? '');
      tellState();
    }
    sending = false;
    pause = ok ? 0 : Math.min(LATER, Math.max(2000, 2 * pause));
    if (pause) timer = setTimeout(() => void send(), pause);
    tellState();
  }

  // Guests ---------------------------------------------------------------------------------------
  /** @param {number} n */
  function draw(n) {
    const lots = new Uint32Array(1);
    const most = Math.floor(0x100000000 / n) * n;
    do crypto.getRandomValues(lots); while ((lots[0] ?? 0) >= most);
    return (lots[0] ?? 0) % n;
  }
  const newName = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('');

  // The points begin at any of them and go round: who leaves early leaves no point out for all.
  /** @returns {Guest} */
  function newGuest() {
    const drawn = setup.plans[draw(setup.plans.length)] ?? { journey: '', points: [] };
    const first = draw(drawn.points.length);
    const points = [...drawn.points.slice(first), ...drawn.points.slice(0, first)];
    return { id: newName(), plan: { journey: drawn.journey, points }, at: 0, said: [] };
  }
  let guest = newGuest();
  let leaving = false; // thanked, and still there
  let shown = 0; // when the question was, or thanks
  let touched = Date.now();
  const loaded = Date.now();

  const pointAt = () => setup.points[guest.plan.points[guest.at] ?? 0] ?? { id: '', title: '' };

  // Nobody is asked any more; what was said and not sent stays, and in sight.
  function close() {
    if (closed) return;
    closed = true;
    leaving = false;
    if (guest.said.length > 0) move(GIVING + guest.id, GIVING, WAITING, bodyOf());
    guest = newGuest();
    show(false);
    element('closed', HTMLElement).focus({ preventScroll: true });
    tellState();
  }

  /** @param {boolean} turn whether the guest is led there */
  function show(turn) {
    heading.textContent = pointAt().title;
    for (const one of answers) one.name = `level.${pointAt().id}`;
    form.hidden = closed;
    shut.hidden = !closed;
    thanks.hidden = true;
    still.hidden = true;
    const way = done.parentElement;
    if (way) way.hidden = guest.said.length === 0;
    shown = Date.now();
    if (turn) heading.focus({ preventScroll: true });
    if (turn) scrollTo(0, 0);
  }

  function bodyOf() {
    const now = new Date();
    const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    return new URLSearchParams([['_journey', guest.plan.journey], ['_lang', setup.language],
      ['_day', day], ...guest.said]).toString();
  }

  // With the time before it, so that it is not taken for one of a page that was closed.
  const keepGuest = () => keep(GIVING + guest.id, `${Date.now()} ${bodyOf()}`);

  // What was said goes; whoever comes next is somebody else.
  function finish() {
    if (guest.said.length > 0) move(GIVING + guest.id, GIVING, WAITING, bodyOf());
    leaving = false;
    guest = newGuest();
    show(false);
    tellState();
    void send();
  }

  // Thanks; what was said waits as long as they stand there, so that the last tap can be undone.
  function thank() {
    if (guest.said.length === 0) {
      finish();
      return;
    }
    leaving = true;
    form.hidden = true;
    still.hidden = true;
    thanks.hidden = false;
    element('thanked', HTMLElement).focus({ preventScroll: true });
    shown = Date.now();
  }

  /** @param {string} value */
  function take(value) {
    if (Date.now() - shown < SOON) return;
    guest.said.push([`level.${pointAt().id}`, value]);
    if (!keepGuest()) {
      guest.said.pop();
      state.textContent = setup.texts.full;
      return;
    }
    guest.at += 1;
    if (guest.at < guest.plan.points.length) show(true);
    else thank();
  }

  // A tap that went wrong: the question before is asked again.
  function goBack() {
    if (Date.now() - shown < SOON || guest.said.length === 0) return;
    guest.said.pop();
    guest.at -= 1;
    if (guest.said.length > 0) keepGuest();
    else drop(GIVING + guest.id);
    show(true);
  }

  // Behind the last question that one is asked again; behind "done" the one that was left open.
  function undo() {
    if (!leaving || Date.now() - shown < SOON) return;
    leaving = false;
    if (guest.at < guest.plan.points.length) show(true);
    else goBack();
  }

  // What pages said that were closed in the middle.
  function adopt() {
    for (const name of names(GIVING)) {
      const text = read(name);
      const space = text.indexOf(' ');
      if (name !== GIVING + guest.id && Date.now() - Number(text.slice(0, space)) > idle) {
        move(name, GIVING, WAITING, text.slice(space + 1));
        void send();
      }
    }
  }

  // Time -----------------------------------------------------------------------------------------
  /** @param {boolean} anew whether the page is loaded anew where it is open */
  async function look(anew) {
    try {
      const response = await fetch(location.href, { cache: 'no-store' });
      if (response.ok && (anew || closed)) location.reload();
      if (isGone(response.status)) close();
    } catch {
      // away: the page that is there goes on
    }
  }
  let renewed = loaded;
  let looked = loaded;

  function tick() {
    const quiet = Date.now() - touched;
    if (leaving && Date.now() - shown >= THANKS) finish();
    const said = guest.said.length > 0;
    if (Date.now() - looked > LOOK && (closed || quiet >= idle)) {
      looked = Date.now();
      const anew = looked - renewed > FRESH;
      if (anew) renewed = looked;
      void look(anew);
    }
    still.hidden = !said || leaving || quiet < Math.max(idle - WARNING, idle / 2);
    again.textContent = setup.texts.again.replace('{0}', String(Math.ceil((idle - quiet) / 1000)));
    if (quiet < idle) return;
    if (said) finish();
    adopt();
    if (address.searchParams.has('lang')) {
      address.searchParams.delete('lang');
      location.replace(address);
    }
  }

  // What is asked goes with the next tick: gone at once it would be touched through.
  const touch = () => { touched = Date.now(); };

  for (const one of answers) {
    one.addEventListener('click', (event) => {
      event.preventDefault();
      take(one.value);
    });
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  done.addEventListener('click', thank);
  element('back', HTMLElement).addEventListener('click', goBack);
  element('undo', HTMLElement).addEventListener('click', undo);
  element('next', HTMLElement).addEventListener('click', () => {
    if (Date.now() - shown < SOON) return; // the last tap, twice
    finish();
    show(true);
  });
  element('stay', HTMLElement).addEventListener('click', () => {
    still.hidden = true;
    heading.focus();
  });
  for (const kind of ['pointerdown', 'keydown', 'touchstart']) {
    addEventListener(kind, touch, { capture: true, passive: true });
  }
  addEventListener('online', () => void send());
  setInterval(tick, 1000);
  show(false);
  tellState();
  void send();

  // The page opens without the network, too, where the browser allows it (https).
  async function register() {
    await navigator.serviceWorker.register('/k/worker.js');
    if (!navigator.serviceWorker.controller) {
      await new Promise((go) => navigator.serviceWorker.addEventListener('controllerchange', go, { once: true }));
    }
    for (const one of [location.href, document.querySelector('script[src]')?.getAttribute('src') ?? '']) {
      await fetch(one); // past the worker, which keeps it
    }
  }
  if ('serviceWorker' in navigator) register().catch(() => undefined);
})();
