// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// The page of a visit or a walk: brief, moments in order of time, the end, the queue. The part of
// the address behind "#" says which is shown, so that "back" goes back.

(() => {
  const path = location.pathname;
  const app = /** @type {HTMLElement} */ (document.getElementById('app'));
  /** @type {Draft} */
  let draft;
  const status = {
    /** What could not be kept on this phone. */
    failed: '',
    /** What the server says of the link, where it is not taken any more. */
    gone: '',
    /** Does the page work without a network? */
    offline: false,
    /** Has the browser promised to keep what is noted? */
    lasting: false,
  };

  /** @param {unknown} error */
  const wordsOf = (error) => (error instanceof Error ? error.message : String(error));

  /** Keeps the draft, whatever changed in it. */
  function changed() {
    keep.save(draft).then(() => fail(''), (error) =>
      fail(`This could not be kept on this phone (${wordsOf(error)}). Please make room, or save it to a file.`));
  }

  /** @param {string} words */
  function fail(words) {
    if (status.failed === words) return;
    status.failed = words;
    foot();
  }

  /** @param {Brief} brief @returns {Draft} */
  function begin(brief) {
    return { path, report: keep.id(), state: 'open', body: '', tied: brief.walk ? 'no' : '',
      conflict: '', began: '', moments: [], tasks: {}, promises: {}, overall: '', words: '', brief };
  }

  // What every view has ----------------------------------------------------------------------

  /** @param {string} hash */
  function go(hash) {
    if (location.hash === hash) draw();
    else location.hash = hash;
  }

  /** @param {string} text @param {() => void} work @param {boolean} second */
  const button = (text, work, second = false) =>
    make('button', { type: 'button', class: second ? 'second' : null, onclick: work }, text);

  const footer = make('footer', { class: 'foot' });

  /** Says how safe it is; only what is true. */
  function foot() {
    footer.replaceChildren(
      make('p', { class: 'bad', role: 'alert' }, status.failed || status.gone),
      make('p', { class: 'quiet', role: 'status' },
        status.offline ? 'This page now works without a network. '
          : 'Without a network this page does not open yet. ',
        status.lasting ? 'What you note is kept on this phone until it has arrived.'
          : 'What you note is kept on this phone, but the browser may clear it when room is short: send it soon.'));
  }

  // The brief --------------------------------------------------------------------------------

  function declaration() {
    if (draft.brief.walk) return [];
    return [
      fields.radios('Does anything tie you to this place?', 'tied', [
        { value: 'no', text: 'Nothing: I do not work there, and nobody close to me does' },
        { value: 'yes', text: 'Something does' }], draft.tied,
      (value) => { draft.tied = value; changed(); draw('input[name=tied]:checked'); }),
      ...(draft.tied === 'yes' ? [
        fields.area('What ties you to it?', draft.conflict,
          (value) => { draft.conflict = value; changed(); }),
        make('p', {}, 'Please do not make this visit then, and tell whoever asked you. If you have '
          + 'made it already, go on: what ties you is sent with it.')] : []),
    ];
  }

  async function start() {
    if (draft.tied === '' || (draft.tied === 'yes' && draft.conflict.trim() === '')) {
      say('Please say first whether anything ties you to this place.');
      return;
    }
    draft.began ||= momentForm.now();
    changed();
    status.lasting = await navigator.storage?.persist?.() ?? false;
    go('#told');
  }

  const spoken = make('p', { class: 'bad', role: 'alert' });

  /** @param {string} words */
  function say(words) {
    spoken.textContent = words;
    spoken.scrollIntoView({ block: 'nearest' });
  }

  /** @param {File | undefined} file */
  async function takeIn(file) {
    if (!file) return;
    if (draft.moments.length > 0 && !confirm('This takes the place of what is noted here. Go on?')) return;
    try {
      draft = await post.load(await file.text(), path, draft.brief);
      go(draft.state === 'open' ? '#told' : '#queue');
      void push();
    } catch (error) {
      say(`The file was not taken: ${wordsOf(error)}.`);
    }
  }

  function viewBrief() {
    const input = make('input', { type: 'file', accept: 'application/json,.json',
      onchange: () => { void takeIn(input.files?.[0]); } });
    return [
      ...views.heading(draft.brief),
      ...views.brief(draft.brief),
      ...declaration(),
      spoken,
      make('div', { class: 'bar' }, button(draft.moments.length > 0 ? 'Go on' : 'Begin', () => { void start(); })),
      make('details', {}, make('summary', {}, 'Go on with what was saved to a file'),
        make('label', { class: 'field' }, make('span', {}, 'The file'), input)),
    ];
  }

  // What was told ----------------------------------------------------------------------------

  function note() {
    const moment = momentForm.begin();
    draft.moments.push(moment);
    changed();
    go(`#moment-${moment.key}`);
  }

  function viewTold() {
    return [
      make('h1', { tabindex: -1 }, 'What happened, in order'),
      make('p', { class: 'quiet' }, draft.brief.journey),
      draft.moments.length === 0 ? make('p', {}, 'Nothing is noted yet. Note the first moment as soon as it happens.')
        : make('ol', { class: 'moments' }, ...post.inOrder(draft).map((moment) =>
          views.entry(moment, draft.brief, () => go(`#moment-${moment.key}`)))),
      make('div', { class: 'bar' }, button('Note a moment', note)),
      make('div', { class: 'bar' }, button('That was all', () => go('#end'), true),
        button('Read the brief again', () => go('#brief'), true),
        draft.moments.length > 0 ? button('Save it to a file', () => { void saveFile(); }, true) : null),
    ];
  }

  /** @param {Moment} moment */
  async function remove(moment) {
    if (!confirm(`Remove "${views.name(moment, draft.brief)}" with its pictures?`)) return;
    draft.moments = draft.moments.filter((other) => other !== moment);
    changed();
    for (const id of moment.pictures) await keep.dropPicture(id);
    go('#told');
  }

  /** @param {Moment} moment */
  function viewMoment(moment) {
    return [
      make('h1', { tabindex: -1 }, 'A moment'),
      ...momentForm.draw(moment, draft, changed, () => draw('select')),
      make('div', { class: 'bar' }, button('Done', () => { if (momentForm.isDone(moment, draft.brief)) go('#told'); }),
        button('Remove this moment', () => { void remove(moment); }, true)),
    ];
  }

  // The end ----------------------------------------------------------------------------------

  /** What keeps it from being sent. */
  function faults() {
    if (draft.moments.length === 0) return ['Nothing is noted yet.'];
    const nameless = draft.moments.filter((moment) => momentForm.name(moment, draft.brief) === '');
    return nameless.map((moment) => `The moment at ${moment.at.slice(11)} has no name yet.`);
  }

  async function sendOff() {
    const wrong = faults();
    say(wrong.join(' '));
    if (wrong.length > 0) return;
    try {
      await post.begin(draft);
      go('#queue');
      void push();
    } catch (error) {
      fail(`This could not be kept on this phone (${wordsOf(error)}).`);
    }
  }

  function viewEnd() {
    const { brief } = draft;
    const levels = brief.levels.slice().reverse().map(({ value, text }) => ({ value: String(value), text }));
    const tasks = views.marked(brief.tasks, 'task', draft.tasks, changed, ['It was done', 'It was not done', 'I did not see it']);
    const promises = views.marked(brief.promises, 'promise', draft.promises, changed, ['It was kept', 'It was not kept', 'I cannot tell']);
    return [
      make('h1', { tabindex: -1 }, 'The end'),
      tasks.length > 0 ? make('h2', {}, 'Was this done?') : null, ...tasks,
      promises.length > 0 ? make('h2', {}, 'Was this promise kept?') : null, ...promises,
      fields.radios('How was all of it?', 'overall', levels, draft.overall,
        (value) => { draft.overall = value; changed(); }),
      fields.area('What else should be known?', draft.words, (value) => { draft.words = value; changed(); }),
      spoken,
      make('div', { class: 'bar' }, button('Send', () => { void sendOff(); }),
        button('Back to the moments', () => go('#told'), true)),
    ];
  }

  // The queue --------------------------------------------------------------------------------

  async function saveFile() {
    const link = make('a', { href: URL.createObjectURL(await post.save(draft)),
      download: `${draft.brief.walk ? 'walk' : 'visit'}-${draft.brief.visit}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /** Back to the moments. It may have arrived all the same: what is sent then is another one. */
  function change() {
    if (draft.state !== 'sending') { // it arrived at this moment
      draw();
      return;
    }
    draft.state = 'open';
    draft.report = keep.id();
    changed();
    go('#told');
  }

  /** A walk may be told by many. */
  function another() {
    draft = begin(draft.brief);
    changed();
    go('#brief');
  }

  function viewQueue() {
    const sent = draft.state === 'sent';
    const bar = sent ? [draft.brief.walk ? button('Tell another walk', another) : null]
      : [button('Try again now', () => { void push(true); }), button('Go back and change it', change, true)];
    return [
      make('h1', { tabindex: -1 }, sent ? 'Everything has arrived' : 'On its way'),
      make('p', { role: 'status' }, sent ? 'Thank you. You can close this page.'
        : 'You may close this page: it goes on when you open it again with a network.'),
      make('ul', { class: 'queue' }, ...views.queue(draft)),
      make('div', { class: 'bar' }, ...bar, button('Save it to a file', () => { void saveFile(); }, true)),
    ];
  }

  /** Sends, and shows how it goes. */
  async function push(again = false) {
    try {
      await post.run(draft, () => { if (draft.state !== 'open') draw('keep'); }, again);
    } catch (error) {
      fail(`Something went wrong here (${wordsOf(error)}). Nothing is lost: save it to a file, or try again.`);
    }
  }

  function viewClosed() {
    return [
      ...views.heading(draft.brief),
      make('p', { class: 'notice', role: 'status' }, draft.brief.closed),
      ...(draft.moments.length > 0 ? [
        make('h2', {}, 'On this phone, and not sent'),
        make('ol', { class: 'queue' }, ...post.inOrder(draft).map((moment) => make('li', {},
          views.name(moment, draft.brief), make('time', { datetime: moment.at }, moment.at.slice(11))))),
        make('div', { class: 'bar' }, button('Save what is on this phone to a file', () => { void saveFile(); }, true)),
      ] : []),
    ];
  }

  // Which view -------------------------------------------------------------------------------

  function view() {
    const { hash } = location;
    const moment = draft.moments.find(({ key }) => hash === `#moment-${key}`);
    if (draft.state !== 'open') return viewQueue();
    if (draft.brief.closed !== null) return viewClosed();
    if (moment) return viewMoment(moment);
    if (hash === '#end') return viewEnd();
    return draft.began === '' || hash === '#brief' ? viewBrief() : viewTold();
  }

  /** Shows what the address says. @param {string} focus where: the title, unless a selector is
   * given; "keep": wherever it is */
  function draw(focus = 'h1') {
    spoken.textContent = '';
    const held = document.activeElement?.textContent;
    const kept = focus === 'keep' ? window.scrollY : 0;
    app.replaceChildren(...view().filter((part) => part !== null), footer);
    foot();
    if (focus === 'keep') {
      Array.from(app.querySelectorAll('button')).find((one) => one.textContent === held)?.focus();
    } else {
      /** @type {HTMLElement | null} */ (app.querySelector(focus))?.focus();
    }
    if (focus === 'h1' || focus === 'keep') window.scrollTo(0, kept);
  }

  // Opening ----------------------------------------------------------------------------------

  /** What the server says now; NULL: it cannot be reached. @returns {Promise<Brief | null>} */
  async function askBrief() {
    try {
      const response = await fetch(`${path}/brief`, { headers: { Accept: 'application/json' } });
      if (response.ok) return await response.json();
      if (response.status === 404) status.gone = `${(await response.json()).detail} What you noted is still on this phone: it can be saved to a file.`;
    } catch {
      // without a network what was kept is shown
    }
    return null;
  }

  /** A visit that came back is told anew, from what was told. @param {Draft} kept @param {Brief} brief */
  function renew(kept, brief) {
    kept.brief = brief;
    if (kept.state === 'sent' && brief.returned !== null) {
      kept.state = 'open';
      kept.report = keep.id();
    }
  }

  /** Puts the page, and what it loads, where the worker finds it. */
  async function workOffline() {
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register('/visit-worker.js', { scope: path });
    await navigator.serviceWorker.ready;
    const own = Array.from(document.scripts, ({ src }) => src);
    const manifest = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=manifest]'));
    const cache = await caches.open('parallax-visits');
    await cache.addAll([path, ...own, ...(manifest ? [manifest.href] : [])]);
    status.offline = true;
    foot();
  }

  /** @param {string} words */
  function stop(words) {
    app.replaceChildren(make('h1', {}, document.title), make('p', { class: 'notice', role: 'alert' }, words));
  }

  async function open() {
    const [kept, brief] = [await keep.draft(path), await askBrief()];
    if (!kept && !brief) {
      stop(status.gone ? 'This link does not work any more.' : 'There is no network. This page has to be opened once with one.');
      return;
    }
    if (kept && brief) renew(kept, brief);
    draft = kept ?? begin(/** @type {Brief} */ (brief));
    if (brief?.state === 'accepted' && kept?.state === 'sent') {
      await keep.forget(path);
      draft = begin(brief);
    }
    status.lasting = await navigator.storage?.persisted?.() ?? false;
    status.offline = Boolean(navigator.serviceWorker?.controller);
    addEventListener('hashchange', () => draw());
    addEventListener('online', () => { void push(); });
    if (draft.state === 'sending') history.replaceState(null, '', '#queue');
    draw();
    void push();
    workOffline().catch(() => foot());
  }

  /** Two tabs would overwrite what the other notes: the first one has it. */
  function alone() {
    if (!navigator.locks) return open();
    return navigator.locks.request(`parallax ${path}`, { ifAvailable: true }, async (lock) => {
      if (!lock) {
        stop('This is open in another tab already. Please go on there, or close it and open this one again.');
        return;
      }
      await open();
      await new Promise(() => {}); // held until the page is closed
    });
  }

  alone().catch((error) => stop(`This page needs to keep what you note on this phone, and the browser does not let it (${wordsOf(error)}).`));
})();
