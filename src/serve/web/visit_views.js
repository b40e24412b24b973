// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Parts of the page's views: what they show depends on what they are given alone.

const views = (() => {
  /** @param {string} title @param {string[]} items */
  const listing = (title, items) => (items.length === 0 ? []
    : [make('h2', {}, title), make('ul', {}, ...items.map((item) => make('li', {}, item)))]);

  /** @param {Named[]} named */
  const titles = (named) => named.map(({ title }) => title);

  /** @param {number} n @param {string} one @param {string} many */
  const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

  /** @param {string} name @param {string} state */
  const item = (name, state) => make('li', {}, make('span', {}, name),
    make('span', { class: state === 'has arrived' ? 'state here' : 'state' }, state));

  return {
    /** A moment's name, or what stands for it. @param {Moment} moment @param {Brief} brief */
    name: (moment, brief) => momentForm.name(moment, brief) || 'A moment without a name',

    /** @param {Brief} brief */
    heading: (brief) => {
      const window = brief.from === brief.until ? `on ${brief.from}` : `from ${brief.from} until ${brief.until}`;
      return [
        make('h1', { tabindex: -1 }, brief.journey),
        make('p', { class: 'quiet' }, brief.walk ? brief.title : `${brief.place}, ${window}`),
        brief.returned === null ? null
          : make('p', { class: 'notice' }, `This came back to you with these words: ${brief.returned}`),
        brief.note === null ? null : make('p', { class: 'notice' }, brief.note),
      ];
    },

    /** What to do, and what is looked at. @param {Brief} brief */
    brief: (brief) => [
      ...listing('What to do', brief.do),
      ...listing('What not to do', brief.not),
      ...listing('What you will meet', titles(brief.points)),
      ...listing('What to check', titles(brief.tasks)),
      ...listing('What was promised', titles(brief.promises)),
    ],

    /** A moment in the list. @param {Moment} moment @param {Brief} brief @param {() => void} open */
    entry: (moment, brief, open) => {
      const level = brief.levels.find(({ value }) => String(value) === moment.level)?.text
        ?? (moment.level === 'na' ? 'It did not happen' : 'not rated');
      const pictures = moment.pictures.length;
      return make('li', {}, make('button', { type: 'button', class: 'second', onclick: open },
        make('time', { datetime: moment.at }, moment.at.slice(11)), views.name(moment, brief),
        make('small', {}, pictures === 0 ? level : `${level} · ${count(pictures, 'picture', 'pictures')}`)));
    },

    /** Tasks, or promises: one question each. @param {Named[]} items @param {string} kind
     * @param {Marks} marks @param {() => void} changed @param {string[]} words */
    marked: (items, kind, marks, changed, [yes, no, none]) => items.map(({ id, title }) =>
      fields.radios(title, `${kind}-${id}`, [{ value: 'yes', text: yes }, { value: 'no', text: no },
        { value: '', text: none }], marks[id] ?? '', (value) => { marks[id] = value; changed(); })),

    /** How each item stands. @param {Draft} draft */
    queue: (draft) => {
      const still = draft.state === 'sent' ? 'has arrived' : 'waits';
      const pictures = post.inOrder(draft).flatMap((moment) => moment.pictures.map((id, i) =>
        item(`Picture ${i + 1} of “${views.name(moment, draft.brief)}”`, post.states.get(id) ?? still)));
      return [...pictures, item(`What you told: ${count(draft.moments.length, 'moment', 'moments')}`,
        post.states.get(draft.report) ?? still)];
    },
  };
})();
