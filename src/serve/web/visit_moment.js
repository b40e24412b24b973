// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// The form of one moment, and what all forms of the page are made of. What is typed is in the draft
// at once; `changed` keeps it.

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** An element. Attributes that begin with "on" listen; true and false set and leave out.
 * @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {{[name: string]: unknown}} attributes
 * @param {...(Node | string | null)} children @returns {HTMLElementTagNameMap[T]} */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (typeof value === 'boolean') element.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** How much the server takes, in characters (form/visit_report.h). */
const limits = { words: 4000, title: 200 };

/** So many more than it takes; 0: it fits. @param {string} value @param {number} most */
const excess = (value, most) => Math.max(0, Array.from(value).length - most);

let counters = 0;

/** What is typed is never cut: from four fifths on it is said how much more fits, then how much is
 * too much. @param {HTMLInputElement | HTMLTextAreaElement} field @param {number} most */
function count(field, most) {
  counters += 1;
  const told = make('small', { id: `count-${counters}` });
  field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') ?? ''} ${told.id}`.trim());
  const tell = () => {
    const over = excess(field.value, most);
    const left = most - Array.from(field.value).length;
    told.className = over > 0 ? 'bad' : 'quiet';
    told.textContent = over > 0 ? phrase('long', over) : left <= most / 5 ? phrase('left', left) : '';
    if (over > 0 || field.value !== '') field.setAttribute('aria-invalid', String(over > 0));
  };
  field.addEventListener('input', tell);
  tell();
  return told;
}

/** A day as people write it. @param {string} iso "2026-12-01" */
function dayWords(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  return phrase('date.day', day === 1 ? phrase('date.first') : day, phrase(`date.month.${month}`), year);
}

const fields = {
  /** @param {string} label @param {string} value @param {(value: string) => void} set
   * @param {{[name: string]: unknown}} more */
  text: (label, value, set, more = {}) => {
    const field = make('input', { type: 'text', ...more, oninput: () => set(field.value) });
    field.value = value;
    return make('label', { class: 'field' }, make('span', {}, label), field,
      more.type ? null : count(field, limits.title));
  },

  /** @param {string} label @param {string} value @param {(value: string) => void} set */
  area: (label, value, set) => {
    const field = make('textarea', { rows: 4, oninput: () => set(field.value) });
    field.value = value;
    return make('label', { class: 'field' }, make('span', {}, label), field, count(field, limits.words));
  },

  /** One of several. @param {string} legend @param {string} name
   * @param {{value: string, text: string, more?: string | null}[]} choices @param {string} value
   * @param {(value: string) => void} set */
  radios: (legend, name, choices, value, set) => make('fieldset', {}, make('legend', {}, legend),
    ...choices.map((choice) => {
      const field = make('input', { type: 'radio', name, value: choice.value,
        onchange: () => set(choice.value) });
      field.checked = choice.value === value;
      return make('label', { class: 'choice' }, field, make('span', {}, choice.text,
        choice.more ? make('small', {}, choice.more) : null));
    })),

  /** @param {string} text @param {boolean} value @param {(value: boolean) => void} set */
  check: (text, value, set) => {
    const field = make('input', { type: 'checkbox', onchange: () => set(field.checked) });
    field.checked = value;
    return make('label', { class: 'choice' }, field, make('span', {}, text));
  },
};

const momentForm = (() => {
  /** Stands for a moment that is not on the list; no id of a point looks like it. */
  const OTHER = '*';
  const SENSES = ['see', 'hear', 'touch', 'taste', 'smell', 'feel'];

  /** @param {Moment} moment @param {Brief} brief */
  function name(moment, brief) {
    const point = brief.points.find(({ id }) => id === moment.point);
    return point ? point.title : moment.title.trim();
  }

  const SLACK = 10; // minutes by which a clock may be ahead of another

  /** The clock on this phone, to the minute. */
  function now(ahead = 0) {
    const time = new Date();
    time.setMinutes(time.getMinutes() - time.getTimezoneOffset() + ahead);
    return time.toISOString().slice(0, 16);
  }

  /** What was chosen; "": nothing yet. @param {Moment} moment */
  const chosen = (moment) => moment.point || (moment.title === '' ? '' : OTHER);

  /** Nobody can have met what is still to come; "": it is not. @param {Moment} moment */
  const later = (moment) => (moment.at > now(SLACK) ? phrase('later', phrase('date.time', dayWords(moment.at.slice(0, 10)), moment.at.slice(11))) : '');

  const still = make('p', { id: 'still', class: 'bad', role: 'alert' });
  /** @type {HTMLInputElement} */
  let timed;

  /** Says beside the time that it is still to come, while it is. @param {Moment} moment */
  function remindTime(moment) {
    still.textContent = later(moment);
    timed.setAttribute('aria-invalid', String(still.textContent !== ''));
  }

  /** Do all words fit? @param {Moment} moment */
  const fits = (moment) => excess(moment.words, limits.words) === 0
    && excess(moment.title, limits.title) === 0 && excess(moment.channel, limits.title) === 0;

  const need = make('p', { id: 'need' });
  /** Where it is said which moment it was. @type {Field} */
  let asked;

  /** Says beside the field that it is not known yet which moment this is, while it is not.
   * @param {Moment} moment @param {Brief} brief @param {boolean} late it is missed */
  function remind(moment, brief, late) {
    const missing = name(moment, brief) === '';
    const listed = asked instanceof HTMLSelectElement;
    need.className = late ? 'bad' : 'quiet';
    need.textContent = !missing ? '' : phrase(listed ? 'which.missing' : 'name.missing');
    if (missing) asked.setAttribute('aria-invalid', String(late));
    else if (listed) asked.removeAttribute('aria-invalid');
  }

  /** @param {Moment} moment @param {Draft} draft @param {() => void} changed
   * @param {() => void} redraw */
  function which(moment, draft, changed, redraw) {
    const { brief } = draft;
    const title = fields.text(phrase('name'), moment.title,
      (value) => { moment.title = value; changed(); remind(moment, brief, false); }, { 'aria-describedby': 'need' });
    asked = /** @type {Field} */ (title.querySelector('input'));
    if (brief.points.length === 0) return [title, need];
    const told = draft.moments.filter((other) => other !== moment).map(({ point }) => point);
    const parts = Array.from(new Set(brief.points.map(({ part }) => part)));
    const select = make('select', { 'aria-describedby': 'need',
      onchange: () => { moment.point = select.value; changed(); redraw(); } },
      make('option', { value: '' }, phrase('choose')),
      ...parts.map((part) => make('optgroup', { label: part },
        ...brief.points.filter((point) => point.part === part).map(({ id, title: text }) =>
          make('option', { value: id }, told.includes(id) ? phrase('again', text) : text)))),
      make('option', { value: OTHER }, phrase('other')));
    select.value = chosen(moment);
    const field = make('label', { class: 'field' }, make('span', {}, phrase('which')), select);
    if (chosen(moment) === OTHER) return [field, title, need];
    asked = select;
    return [field, need];
  }

  /** @param {Moment} moment @param {Brief} brief @param {() => void} changed */
  function level(moment, brief, changed) {
    const anchors = brief.points.find(({ id }) => id === moment.point)?.anchors ?? [];
    const choices = brief.levels.map(({ value, text }) =>
      ({ value: String(value), text, more: anchors[value - 1] }));
    if (brief.points.some(({ id }) => id === moment.point)) choices.push({ value: 'na', text: phrase('na'), more: null });
    return fields.radios(phrase('level'), 'level', choices, moment.level,
      (value) => { moment.level = value; changed(); });
  }

  /** @param {Moment} moment @param {() => void} changed */
  function surprise(moment, changed) {
    const choices = [{ value: '1', text: phrase('surprise.good') },
      { value: '-1', text: phrase('surprise.bad') }, { value: '0', text: phrase('surprise.none') }];
    return fields.radios(phrase('surprise'), 'surprise', choices, moment.surprise,
      (value) => { moment.surprise = value; changed(); });
  }

  /** What a walk asks besides. @param {Moment} moment @param {() => void} changed */
  function besides(moment, changed) {
    return [
      make('fieldset', { class: 'row' }, make('legend', {}, phrase('senses')),
        ...SENSES.map((sense) => fields.check(phrase(`sense.${sense}`), moment.senses.includes(sense), (on) => {
          moment.senses = SENSES.filter((one) => (one === sense ? on : moment.senses.includes(one)));
          changed();
        }))),
      fields.text(phrase('channel'), moment.channel,
        (value) => { moment.channel = value; changed(); }),
    ];
  }

  /** @param {Picture | undefined} kept @param {string} id @param {number} number
   * @param {() => void} drop */
  function thumb(kept, id, number, drop) {
    return make('li', { 'data-picture': id },
      kept ? make('img', { src: kept.thumb, alt: phrase('picture', number) }) : phrase('picture.gone'),
      make('button', { type: 'button', class: 'second', onclick: drop }, phrase('picture.remove', number)));
  }

  /** @param {Moment} moment @param {Draft} draft @param {() => void} changed */
  function pictures(moment, draft, changed) {
    const list = make('ul', { class: 'pictures' });
    const told = make('p', { class: 'bad', role: 'alert' });
    const draw = async () => {
      const kept = await Promise.all(moment.pictures.map((id) => keep.picture(id)));
      list.replaceChildren(...moment.pictures.map((id, i) => thumb(kept[i], id, i + 1, () => {
        moment.pictures = moment.pictures.filter((other) => other !== id);
        changed();
        void keep.dropPicture(id).then(draw);
      })));
    };
    /** @param {File} file */
    const take = async (file) => {
      try {
        const made = await picture.make(file, draft.path);
        await keep.savePicture(made);
        moment.pictures.push(made.id);
        changed();
      } catch {
        told.append(phrase('picture.bad', file.name), ' ');
      }
    };
    const input = make('input', { type: 'file', accept: 'image/jpeg,image/png', multiple: true,
      onchange: async () => {
        const files = Array.from(input.files ?? []);
        told.textContent = '';
        for (const file of files) await take(file);
        input.value = '';
        await draw();
      } });
    void draw();
    return make('section', {}, make('label', { class: 'field' },
      make('span', {}, phrase('pictures')), input), list, told);
  }

  /** @param {Moment} moment @param {() => void} changed */
  function when(moment, changed) {
    const field = fields.text(phrase('when'), moment.at, (value) => {
      if (value) moment.at = value.slice(0, 16);
      changed();
      remindTime(moment);
    }, { type: 'datetime-local', 'aria-describedby': 'still' });
    timed = /** @type {HTMLInputElement} */ (field.querySelector('input'));
    remindTime(moment);
    return [field, still];
  }

  /** @param {Moment} moment @param {Draft} draft @param {() => void} changed */
  const rest = (moment, draft, changed) => [
    ...when(moment, changed),
    level(moment, draft.brief, changed),
    surprise(moment, changed),
    fields.check(phrase('hesitation'), moment.hesitation,
      (value) => { moment.hesitation = value; changed(); }),
    fields.area(phrase('words'), moment.words,
      (value) => { moment.words = value; changed(); }),
    ...(draft.brief.walk ? besides(moment, changed) : []),
    pictures(moment, draft, changed),
  ];

  return {
    name,
    now: () => now(),

    /** Why it cannot be sent as it is; "": it can. @param {Moment} moment @param {Brief} brief */
    fault: (moment, brief) => (name(moment, brief) === '' ? phrase('nameless', moment.at.slice(11))
      : later(moment) || (fits(moment) ? '' : phrase('wordy', moment.at.slice(11)))),

    /** A moment that is not in the draft yet. @returns {Moment} */
    begin: () => ({ key: keep.id(), at: now(), point: '', title: '', level: '',
      surprise: '', hesitation: false, words: '', senses: [], channel: '', pictures: [] }),

    /** @param {Moment} moment @param {Draft} draft @param {() => void} changed
     * @param {() => void} redraw */
    draw: (moment, draft, changed, redraw) => {
      const first = which(moment, draft, changed, redraw);
      remind(moment, draft.brief, false);
      return [...first, ...rest(moment, draft, changed)];
    },

    /** Is it known which moment this is, and was it, and do its words fit? Otherwise the first field
     * that is wrong is marked and led to, and why is said beside the button as well.
     * @param {Moment} moment @param {Brief} brief @param {(words: string) => void} say */
    isDone: (moment, brief, say) => {
      remind(moment, brief, true);
      remindTime(moment);
      const wrong = /** @type {Field | null} */ (document.querySelector('#app [aria-invalid=true]'));
      if (!wrong) return true;
      const told = (wrong.getAttribute('aria-describedby') ?? '').split(' ');
      say(told.map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim());
      wrong.focus();
      wrong.scrollIntoView({ block: 'center' });
      return false;
    },
  };
})();
