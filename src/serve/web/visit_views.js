// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Parts of the page's views: what they show depends on what they are given alone.

const views = (() => {
  /** @param {string} title @param {string[]} items */
  const listing = (title, items) => (items.length === 0 ? []
    : [make('h2', {}, title), make('ul', {}, ...items.map((item) => make('li', {}, make('bdi', {}, item))))]);

  /** Most tasks happen where no customer is: they are there for who looks for them.
   * @param {string} title @param {string[]} items */
  const folded = (title, items) => (items.length === 0 ? null
    : make('details', {}, make('summary', {}, title),
      make('ul', {}, ...items.map((item) => make('li', {}, make('bdi', {}, item))))));

  /** @param {Named[]} named */
  const titles = (named) => named.map(({ title }) => title);

  /** None of the planned days, by this phone's clock. @param {Brief} brief */
  const isOutside = (brief) => {
    const today = momentForm.now().slice(0, 10);
    return today < (brief.from ?? '') || today > (brief.until ?? today);
  };

  /** @param {string} name @param {string} state */
  const item = (name, state) => make('li', {}, make('bdi', {}, name),
    make('span', { class: state === phrase('state.arrived') ? 'state here' : 'state' }, state));

  /** Why it came back: before anything else. @param {Brief} brief */
  const returned = ({ returned: words }) => (words === null ? null
    : make('p', { class: 'notice', role: 'alert' }, phrase('returned', words)));

  return {
    isOutside,
    returned,

    /** A moment's name, or what stands for it. @param {Moment} moment @param {Brief} brief */
    name: (moment, brief) => momentForm.name(moment, brief) || phrase('unnamed'),

    /** @param {Brief} brief */
    heading: (brief) => {
      const { from = '', until = '', place } = brief;
      const window = brief.walk ? ''
        : from === until ? phrase('on', dayWords(from)) : phrase('window', dayWords(from), dayWords(until));
      return [
        returned(brief),
        make('h1', { tabindex: -1 }, make('bdi', {}, brief.journey)),
        ...(brief.walk ? [make('p', { class: 'quiet' }, make('bdi', {}, brief.title))]
          : [make('p', { class: 'quiet' }, make('bdi', {}, place), make('br', {}), window)]),
        isOutside(brief) ? make('p', { class: 'notice' }, brief.outside) : null,
        brief.note === null ? null : make('p', { class: 'notice' }, make('bdi', {}, brief.note)),
      ];
    },

    /** What to do, and what is looked at. @param {Brief} brief */
    brief: (brief) => [
      ...listing(phrase('do'), brief.do),
      ...listing(phrase('not'), brief.not),
      ...listing(phrase('meet'), titles(brief.points)),
      ...listing(phrase('promised'), titles(brief.promises)),
      folded(phrase('check'), titles(brief.tasks)),
    ],

    /** A moment in the list. @param {Moment} moment @param {Brief} brief @param {() => void} open */
    entry: (moment, brief, open) => {
      const level = brief.levels.find(({ value }) => String(value) === moment.level)?.text
        ?? phrase(moment.level === 'na' ? 'na' : 'unrated');
      const pictures = moment.pictures.length;
      return make('li', {}, make('button', { type: 'button', class: 'second', onclick: open },
        make('time', { datetime: moment.at }, moment.at.slice(11)), make('bdi', {}, views.name(moment, brief)),
        make('small', {}, pictures === 0 ? level : `${level} · ${phrase('pictures.count', pictures)}`)));
    },

    /** Tasks, or promises: one question each. @param {Named[]} items @param {string} kind
     * @param {Marks} marks @param {() => void} changed @param {string[]} words */
    marked: (items, kind, marks, changed, [yes, no, none]) => items.map(({ id, title }) =>
      fields.radios(title, `${kind}-${id}`, [{ value: 'yes', text: yes }, { value: 'no', text: no },
        { value: '', text: none }], marks[id] ?? '', (value) => { marks[id] = value; changed(); })),

    /** How each item stands. @param {Draft} draft */
    queue: (draft) => {
      const still = phrase(draft.state === 'sent' ? 'state.arrived' : 'state.waits');
      const pictures = post.inOrder(draft).flatMap((moment) => moment.pictures.map((id, i) =>
        item(phrase('queue.picture', i + 1, views.name(moment, draft.brief)), post.states.get(id) ?? still)));
      return [...pictures, item(phrase('queue.report', draft.moments.length),
        post.states.get(draft.report) ?? still)];
    },
  };
})();
