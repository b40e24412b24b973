// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// The guess sheet, brought to life: a number for each moment, a look through, a file to hand over.
// Nothing is kept and nothing is sent; what is saved is locked. Without this file the sheet is for
// paper. Neither a less-than sign nor an ampersand: the page is XML as well.
'use strict';

(() => {
  const words = document.body.dataset;
  const moments = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll('.moment')));
  const name = /** @type {HTMLInputElement} */ (byId('name'));
  const seen = /** @type {HTMLInputElement} */ (byId('seen'));
  let locked = false;
  let digits = { moment: -1, text: '', at: 0 };

  /** @param {string} id */
  function byId(id) {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no ${id}`);
    return element;
  }

  /** @param {HTMLElement} moment */
  function picks(moment) {
    return Array.from(moment.querySelectorAll('input'));
  }

  /** The number chosen, or "".
   * @param {HTMLElement} moment */
  function guess(moment) {
    return picks(moment).find((pick) => pick.checked)?.value ?? '';
  }

  /** @param {HTMLElement} moment */
  function title(moment) {
    return (moment.querySelector('.title')?.textContent ?? '').trim();
  }

  function chosen() {
    return moments.filter((moment) => guess(moment) !== '');
  }

  /** A text of the page with its blanks filled in.
   * @param {string} key @param {{[mark: string]: string}} values */
  function say(key, values = {}) {
    return Object.entries(values).reduce(
      (text, [mark, value]) => text.replace(`{${mark}}`, () => value), words[key] ?? '');
  }

  /** @param {HTMLElement} moment */
  function draw(moment) {
    const value = guess(moment);
    if (value !== '') right(moment);
    moment.classList.toggle('set', value !== '');
    moment.querySelectorAll('.pick').forEach((pick, i) => {
      pick.classList.toggle('full', value !== '' ? Number(value) >= i : false);
      pick.classList.toggle('here', value === String(i));
    });
  }

  function drawDone() {
    const n = chosen().length;
    byId('done').textContent = say('done', { n: String(n), all: String(moments.length) });
    document.body.style.setProperty('--done', String(n / moments.length));
    byId('told').textContent = '';
  }

  /** @param {number} m @param {string} value */
  function choose(m, value) {
    const pick = picks(moments[m]).find((one) => one.value === value);
    if (!pick) return;
    pick.checked = true;
    pick.focus();
    draw(moments[m]);
    drawDone();
  }

  /** A number above ten is not taken: none is chosen, and the moment says so.
   * @param {number} m */
  function refuse(m) {
    const moment = moments[m];
    right(moment);
    picks(moment).forEach((pick) => { pick.checked = false; });
    draw(moment);
    drawDone();
    const wrong = document.createElement('p');
    wrong.className = 'wrong';
    wrong.id = `wrong-${m}`;
    wrong.setAttribute('role', 'alert');
    wrong.textContent = say('range');
    moment.querySelector('.title')?.after(wrong);
    moment.setAttribute('aria-invalid', 'true');
    moment.setAttribute('aria-describedby', wrong.id);
  }

  /** @param {HTMLElement} moment */
  function right(moment) {
    moment.querySelector('.wrong')?.remove();
    moment.removeAttribute('aria-invalid');
    moment.removeAttribute('aria-describedby');
  }

  /** The moment that holds the focus, or -1. */
  function now() {
    return moments.findIndex((moment) => moment.contains(document.activeElement));
  }

  /** @param {number} m */
  function enter(m) {
    if (m >= moments.length) {
      byId('look').focus();
      return;
    }
    const all = picks(moments[m]);
    (all.find((pick) => pick.checked) ?? all[0]).focus();
    moments[m].scrollIntoView({ block: 'center' });
  }

  /** Digits choose, soon after each other one number: 1 and 0 are ten; Enter goes on.
   * @param {KeyboardEvent} event */
  function key(event) {
    const m = now();
    if (event.key === 'Enter' ? event.target === name : false) {
      event.preventDefault();
      enter(0);
      return;
    }
    if (m === -1 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      const soon = 1500 > event.timeStamp - digits.at ? digits.moment === m : false;
      const text = soon ? digits.text + event.key : event.key;
      const fits = 11 > Number(text);
      if (fits) choose(m, String(Number(text)));
      else refuse(m);
      digits = { moment: m, text: fits ? text : '', at: event.timeStamp };
    } else if (event.key === 'Enter') {
      event.preventDefault();
      enter(m + 1);
    }
  }

  /** @param {HTMLElement} section */
  function show(section) {
    for (const id of ['ask', 'review', 'saved']) byId(id).toggleAttribute('hidden', byId(id) !== section);
    byId('look').toggleAttribute('hidden', section.id !== 'ask');
    scrollTo(0, 0);
    section.querySelector('h2')?.focus();
  }

  function look() {
    const missing = name.value.trim() === '' ? 'unnamed' : chosen().length === 0 ? 'nothing' : '';
    name.toggleAttribute('aria-invalid', missing === 'unnamed');
    if (missing) {
      byId('told').textContent = say(missing);
      if (missing === 'unnamed') name.focus();
      return;
    }
    byId('facts').textContent = `${say('name')}: ${name.value.trim()}${seen.checked ? ` · ${say('seen')}` : ''}`;
    byId('list').replaceChildren(...moments.map((moment) => {
      const item = document.createElement('li');
      const number = document.createElement('strong');
      number.textContent = guess(moment) || '–';
      item.append(number, ` ${title(moment)}`);
      return item;
    }));
    const without = moments.length - chosen().length;
    byId('missing').textContent = without ? say('missing', { n: String(without) }) : '';
    show(byId('review'));
  }

  /** @param {number} n */
  function two(n) {
    return String(n).padStart(2, '0');
  }

  /** "2026-05-04T10:32:05+02:00": here, and how far from Greenwich.
   * @param {Date} date */
  function stamp(date) {
    const minutes = -date.getTimezoneOffset();
    const away = Math.abs(minutes);
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
      + `T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
      + `${0 > minutes ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
  }

  /** @param {string} text */
  function cell(text) {
    return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  /** @param {Date} date */
  function file(date) {
    const same = ['workshop-guesses', words.audience ?? '', name.value.trim(), stamp(date), 'workshop'];
    const rows = chosen().map((moment) =>
      [...same, moment.dataset.point ?? '', guess(moment), seen.checked ? '1' : '0']);
    return [['dataset', 'audience', 'respondent', 'time', 'source', 'point', 'believed', 'seen'], ...rows]
      .map((row) => `${row.map(cell).join(',')}\n`).join('');
  }

  /** @param {string} text @param {string} called */
  function download(text, called) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    link.download = called;
    link.click();
  }

  function save() {
    if (locked) return;
    locked = true;
    const date = new Date();
    const text = file(date);
    const who = name.value.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    const called = `guess-${words.audience}-${who || 'sheet'}.csv`;
    document.querySelectorAll('input').forEach((input) => { input.disabled = true; });
    byId('saved-title').textContent = say('saved', { time: stamp(date).slice(0, 16).replace('T', ' ') });
    byId('hand-over').textContent = say('handOver', { file: called });
    /** @type {HTMLTextAreaElement} */ (byId('text')).value = text;
    show(byId('saved'));
    download(text, called);
  }

  async function copy() {
    const text = /** @type {HTMLTextAreaElement} */ (byId('text'));
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      if (!document.execCommand('copy')) return;
    }
    byId('told').textContent = say('copied');
  }

  document.querySelectorAll('input').forEach((input) => { input.disabled = false; });
  moments.forEach((moment) => {
    moment.addEventListener('change', () => { draw(moment); drawDone(); });
    draw(moment);
  });
  name.addEventListener('input', drawDone);
  document.addEventListener('keydown', key);
  byId('look').addEventListener('click', look);
  byId('back').addEventListener('click', () => { show(byId('ask')); });
  byId('save').addEventListener('click', save);
  byId('copy').addEventListener('click', () => { void copy(); });
  byId('print').addEventListener('click', () => { print(); });
  addEventListener('beforeunload', (event) => {
    if (!locked) if (chosen().length) event.preventDefault();
  });
  document.documentElement.classList.add('live');
  drawDone();
})();
