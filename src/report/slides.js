// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Screens brought to life: one at a time, by keys, buttons and touch. The page holds everything and
// can do without this file. A screen may have two steps: what is class "truth" waits for the second.
// Neither a less-than sign nor an ampersand: the page is XML as well.
'use strict';

const deck = (() => {
  const root = document.documentElement;
  const slides = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('.slide')));
  const dialog = /** @type {HTMLDialogElement} */ (byId('keys'));
  let now = 0; // the screen
  let told = true; // is its second step shown?

  /** What a page may say for itself. */
  const page = {
    /** Does the screen have two steps? @param {HTMLElement} _slide */
    hasTruth: (_slide) => false,
    /** What is read aloud behind the title. @param {HTMLElement} _slide @param {boolean} _told */
    tell: (_slide, _told) => '',
    /** What the button to the second step says. */
    ask: 'Next →',
    /** A digit typed. @param {HTMLElement} _slide @param {number} _digit */
    type: (_slide, _digit) => {},
  };

  /** @param {string} id */
  function byId(id) {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no ${id}`);
    return element;
  }

  /** The words of an element in one line.
   * @param {HTMLElement} slide @param {string} what */
  function words(slide, what) {
    return (slide.querySelector(what)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  function tell() {
    const slide = slides[now];
    byId('told').textContent = `${words(slide, 'h1, h2')}. ${page.tell(slide, told)}`;
    byId('where').textContent = `${now + 1} of ${slides.length}`;
    byId('next').textContent = told ? 'Next →' : page.ask;
    byId('next').toggleAttribute('disabled', now === slides.length - 1);
    byId('back').toggleAttribute('disabled', now === 0);
    byId('title').toggleAttribute('hidden', now === 0);
  }

  /** @param {number} index @param {boolean} reveal shows the second step at once */
  function go(index, reveal) {
    if (0 > index || index > slides.length - 1) return;
    const turned = index !== now || !slides[index].classList.contains('now');
    now = index;
    told = reveal || !page.hasTruth(slides[index]);
    slides.forEach((slide, i) => {
      slide.classList.toggle('now', i === index);
      slide.classList.toggle('guessing', i === index ? !told : false);
    });
    const slide = slides[index];
    // What does not fit can be scrolled by keyboard.
    slide.tabIndex = slide.scrollHeight > slide.clientHeight ? 0 : -1;
    if (turned) {
      slide.scrollTop = 0;
      slide.focus({ preventScroll: true });
      history.replaceState(null, '', `#${slide.id}`);
    } else if (told) {
      slide.querySelector('.verdict')?.scrollIntoView({ block: 'nearest' });
    }
    tell();
  }

  function next() {
    if (told) go(now + 1, false);
    else go(now, true);
  }

  function back() {
    if (told ? page.hasTruth(slides[now]) : false) go(now, false);
    else go(now - 1, true);
  }

  function fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen().catch(() => {}); // not every browser lets a file do it
  }

  /** @type {{[key: string]: () => void}} */
  const keys = {
    ArrowRight: next, PageDown: next, ' ': next, ArrowLeft: back, PageUp: back,
    Home: () => go(0, true),
    End: () => go(slides.length - 1, true),
    p: () => window.print(),
    f: fill,
    '?': () => dialog.showModal(),
  };

  /** @param {KeyboardEvent} event */
  function press(event) {
    const at = event.target instanceof Element ? event.target : null;
    if (dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' ? at?.closest('button, a, input, summary') : false) return;
    if (/^(Arrow|Home|End)/.test(event.key) ? at?.closest('.scroll') : false) return;
    if (/^[0-9]$/.test(event.key)) page.type(slides[now], Number(event.key));
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  let from = 0; // where a finger went down

  /** @param {TouchEvent} event */
  function lift(event) {
    const wide = event.changedTouches[0].clientX - from;
    if (event.target instanceof Element ? event.target.closest('.scroll') : false) return;
    if (-60 > wide) next();
    else if (wide > 60) back();
  }

  /** The screen the address names, or holds. */
  function there() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id ? document.getElementById(id) : null;
    const index = target ? slides.findIndex((slide) => slide.contains(target)) : -1;
    if (0 > index ? now === 0 : true) go(Math.max(index, 0), false);
    if (target) if (!target.matches('.slide')) target.scrollIntoView({ block: 'center' });
  }

  /** @param {{hasTruth?: typeof page.hasTruth, tell?: typeof page.tell, ask?: string, type?: typeof page.type}} own */
  function start(own) {
    Object.assign(page, own);
    root.classList.add('live');
    byId('bar').hidden = false;
    document.addEventListener('keydown', press);
    document.addEventListener('touchstart', (event) => { from = event.changedTouches[0].clientX; }, { passive: true });
    document.addEventListener('touchend', lift, { passive: true });
    byId('next').addEventListener('click', next);
    byId('back').addEventListener('click', back);
    byId('help').addEventListener('click', () => dialog.showModal());
    byId('close').addEventListener('click', () => dialog.close());
    window.addEventListener('hashchange', there);
    there();
  }

  return { slides, words, tell, start };
})();
