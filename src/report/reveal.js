// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Guess and reveal, behind slides.js: first what was guessed, then what is said, and the own guess,
// which stays in this page. Neither a less-than sign nor an ampersand: the page is XML as well.
'use strict';

(() => {
  /** @type {{[id: string]: number}} own guesses, 0 to 10, by screen */
  const own = {};

  /** @param {HTMLElement} slide */
  function hasTruth(slide) {
    return slide.matches('.moment');
  }

  /** @param {HTMLElement} slide @param {boolean} told */
  function tell(slide, told) {
    const rest = told ? ['.truth .say', '.truth .evidence', '.verdict'] : ['.guess .say', '.guess .evidence'];
    return hasTruth(slide) ? rest.map((what) => deck.words(slide, what)).join('. ') : '';
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
    const pairs = deck.slides.filter((slide) => slide.id in own ? slide.dataset.said !== undefined : false)
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
    deck.tell();
  }

  /** A digit typed; 1 and then 0 is ten. @param {HTMLElement} slide @param {number} digit */
  function type(slide, digit) {
    if (!slide.querySelector('.keys')) return;
    choose(slide, digit === 0 ? (own[slide.id] === 1 ? 10 : 0) : digit);
  }

  document.querySelectorAll('.keys').forEach((group) => group.removeAttribute('hidden'));
  document.querySelectorAll('.keys button').forEach((button) => button.addEventListener('click', () => {
    const slide = /** @type {HTMLElement | null} */ (button.closest('.slide'));
    if (slide) choose(slide, Number(button.getAttribute('data-guess')));
  }));
  deck.start({ hasTruth, tell, type, ask: 'What did they say? →' });
})();
