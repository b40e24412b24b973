// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Guess and reveal, brought to life: one screen at a time, first what was guessed, then what is said.
// The page holds everything and can do without this file; here are keys, buttons and the own guess,
// which stays in this page. Neither a less-than sign nor an ampersand: the page is XML as well.
'use strict';

(() => {
  const root = document.documentElement;
  const slides = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('.slide')));
  const dialog = /** @type {HTMLDialogElement} */ (byId('keys'));
  /** @type {{[id: string]: number}} own guesses, 0 to 10, by screen */
  const own = {};
  let now = 0; // the screen
  let told = false; // is its truth shown?

  /** @param {string} id */
  function byId(id) {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no ${id}`);
    return element;
  }

  /** @param {HTMLElement} slide */
  function hasTruth(slide) {
    return slide.matches('.moment');
  }

  /** The words of an element in one line.
   * @param {HTMLElement} slide @param {string} what */
  function words(slide, what) {
    return (slide.querySelector(what)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  function tell() {
    const slide = slides[now];
    const title = words(slide, 'h1, h2');
    const rest = told ? ['.truth .say', '.truth .evidence', '.verdict'] : ['.guess .say', '.guess .evidence'];
    const said = hasTruth(slide) ? rest.map((what) => words(slide, what)).join('. ') : '';
    byId('told').textContent = `${title}. ${said}`;
    byId('where').textContent = `${now + 1} of ${slides.length}`;
    byId('next').textContent = hasTruth(slide) ? (told ? 'Next →' : 'What did they say? →') : 'Next →';
    byId('next').toggleAttribute('disabled', now === slides.length - 1);
    byId('back').toggleAttribute('disabled', now === 0);
    byId('title').toggleAttribute('hidden', now === 0);
  }

  /** @param {number} index @param {boolean} reveal shows the truth at once */
  function go(index, reveal) {
    if (0 > index || index > slides.length - 1) return;
    const turned = index !== now || !slides[index].classList.contains('now');
    now = index;
    told = reveal || !hasTruth(slides[index]);
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
    if (told ? hasTruth(slides[now]) : false) go(now, false);
    else go(now - 1, true);
  }

  /** What an own guess comes to. @param {HTMLElement} slide @param {number} guess */
  function judge(slide, guess) {
    if (slide.dataset.said === undefined) return '';
    const said = Number(slide.dataset.said);
    const lo = Number(slide.dataset.lo ?? said);
    const hi = Number(slide.dataset.hi ?? said);
    if (guess / 10 >= lo ? hi >= guess / 10 : false) return 'Your guess lies within the range of what they said.';
    const apart = guess * 10 - Math.round(said * 100);
    if (apart === 0) return 'Your guess is what they said.';
    return `${Math.abs(apart)} in 100 ${apart > 0 ? 'fewer' : 'more'} than you guessed.`;
  }

  /** Kendall's tau-b of own guesses and what is said. */
  function order() {
    const pairs = slides.filter((slide) => slide.id in own ? slide.dataset.said !== undefined : false)
      .map((slide) => [own[slide.id], Number(slide.dataset.said)]);
    let both = 0;
    let mine = 0;
    let theirs = 0;
    pairs.forEach(([a, x], i) => pairs.slice(i + 1).forEach(([b, y]) => {
      both += Math.sign(a - b) * Math.sign(x - y);
      mine += a === b ? 0 : 1;
      theirs += x === y ? 0 : 1;
    }));
    const line = document.querySelector('.own-order');
    if (!line) return;
    const tau = both / Math.sqrt(mine * theirs);
    line.toggleAttribute('hidden', 3 > pairs.length ? true : !Number.isFinite(tau));
    line.textContent = `Your own guesses put ${pairs.length} moments in ${likeness(tau)} (Kendall's tau ${tau.toFixed(2)}). Nobody else sees this.`;
  }

  /** @param {number} tau */
  function likeness(tau) {
    if (tau >= 0.7) return 'almost their order';
    if (tau >= 0.4) return 'an order like theirs';
    if (tau >= 0.1) return 'an order partly like theirs';
    return tau > -0.1 ? 'an order unlike theirs' : 'an order partly opposite to theirs';
  }

  /** @param {HTMLElement} slide @param {number} guess */
  function choose(slide, guess) {
    own[slide.id] = guess;
    const mark = slide.querySelector('.own');
    mark?.classList.add('set');
    mark?.setAttribute('transform', `translate(${guess * Number(mark.getAttribute('data-step'))} 0)`);
    slide.querySelectorAll('.guess .person').forEach((person, i) => {
      person.classList.toggle('full', guess > i);
      person.classList.toggle('hollow', i >= guess);
    });
    slide.querySelectorAll('.keys button').forEach((button) => {
      button.setAttribute('aria-pressed', String(Number(button.getAttribute('data-guess')) === guess));
    });
    slide.querySelector('.guess .people')?.setAttribute('aria-label', `Your own guess: ${guess} in 10`);
    const strong = slide.querySelector('.guess .say strong');
    if (strong) strong.textContent = `${guess} in 10`;
    const verdict = slide.querySelector('.verdict');
    if (verdict) verdict.textContent = judge(slide, guess);
    order();
    tell();
  }

  /** A digit typed; 1 and then 0 is ten. @param {number} digit */
  function type(digit) {
    const slide = slides[now];
    if (!slide.querySelector('.keys')) return;
    choose(slide, digit === 0 ? (own[slide.id] === 1 ? 10 : 0) : digit);
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

  document.addEventListener('keydown', (event) => {
    const at = event.target instanceof Element ? event.target : null;
    if (dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' ? at?.closest('button, a, input, summary') : false) return;
    if (/^(Arrow|Home|End)/.test(event.key) ? at?.closest('.scroll') : false) return;
    if (/^[0-9]$/.test(event.key)) type(Number(event.key));
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  let from = 0; // where a finger went down
  document.addEventListener('touchstart', (event) => { from = event.changedTouches[0].clientX; }, { passive: true });
  document.addEventListener('touchend', (event) => {
    const wide = event.changedTouches[0].clientX - from;
    if (event.target instanceof Element ? event.target.closest('.scroll') : false) return;
    if (-60 > wide) next();
    else if (wide > 60) back();
  }, { passive: true });

  /** The screen the address names, or holds. */
  function there() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id ? document.getElementById(id) : null;
    const index = target ? slides.findIndex((slide) => slide.contains(target)) : -1;
    if (0 > index ? now === 0 : true) go(Math.max(index, 0), false);
    if (target) if (!target.matches('.slide')) target.scrollIntoView({ block: 'center' });
  }

  root.classList.add('live');
  byId('bar').hidden = false;
  document.querySelectorAll('.keys').forEach((group) => group.removeAttribute('hidden'));
  document.querySelectorAll('.keys button').forEach((button) => button.addEventListener('click', () => {
    const slide = /** @type {HTMLElement | null} */ (button.closest('.slide'));
    if (slide) choose(slide, Number(button.getAttribute('data-guess')));
  }));
  byId('next').addEventListener('click', next);
  byId('back').addEventListener('click', back);
  byId('help').addEventListener('click', () => dialog.showModal());
  byId('close').addEventListener('click', () => dialog.close());
  window.addEventListener('hashchange', there);
  there();
})();
