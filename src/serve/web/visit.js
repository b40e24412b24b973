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

  /** Keeps the draft, whatever changed in it. */
  function changed() {
    keep.save(draft).then(() => fail(''), () => fail(phrase('unkept')));
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

  /** Says how safe it is; only what is true: of nothing that waits here there is nothing to say. */
  function foot() {
    const none = draft.state === 'sent' || (draft.brief.closed !== null && draft.moments.length === 0);
    footer.replaceChildren(
      make('p', { class: 'bad', role: 'alert' }, status.failed || (post.refusal() ? '' : status.gone)),
      ...(none ? [] : [make('p', { class: 'quiet', role: 'status' },
        phrase(status.offline ? 'offline' : 'online'), ' ', phrase(status.lasting ? 'lasting' : 'clearing'))]));
  }

  // The brief --------------------------------------------------------------------------------

  function declaration() {
    if (draft.brief.walk) return [];
    return [
      fields.radios(phrase('ties'), 'tied', [{ value: 'no', text: phrase('ties.no') },
        { value: 'yes', text: phrase('ties.yes') }], draft.tied,
      (value) => { draft.tied = value; changed(); draw('input[name=tied]:checked'); }),
      ...(draft.tied === 'yes' ? [
        fields.area(phrase('ties.what'), draft.conflict,
          (value) => { draft.conflict = value; changed(); }),
        make('p', {}, phrase('ties.then'))] : []),
    ];
  }

  async function start() {
    const unsaid = draft.tied === 'yes' && draft.conflict.trim() === '';
    const over = draft.tied === 'yes' ? excess(draft.conflict, limits.words) : 0;
    if (draft.tied === '' || unsaid || over > 0) {
      say(over > 0 ? phrase('long', over) : phrase(unsaid ? 'ties.which' : 'ties.missing'));
      if (unsaid || over > 0) app.querySelector('textarea')?.focus();
      return;
    }
    draft.began ||= momentForm.now();
    changed();
    status.lasting = await navigator.storage?.persist?.() ?? false;
    go('#told');
  }

  const spoken = make('p', { class: 'bad', role: 'alert' });

  /** @param {...(string | Node)} words */
  function say(...words) {
    spoken.replaceChildren(...words);
    spoken.scrollIntoView({ block: 'nearest' });
  }

  /** @param {File | undefined} file */
  async function takeIn(file) {
    if (!file) return;
    if (draft.moments.length > 0 && !confirm(phrase('file.replace'))) return;
    try {
      draft = await post.load(await file.text(), path, draft.brief);
      go(draft.state === 'open' ? '#told' : '#queue');
      void push();
    } catch (error) {
      say(phrase('file.refused', error instanceof Error ? error.message : ''));
    }
  }

  function viewBrief() {
    const input = make('input', { type: 'file', accept: 'application/json,.json',
      onchange: () => { void takeIn(input.files?.[0]); } });
    const over = draft.brief.walk && draft.began === '' && views.isOutside(draft.brief);
    const label = phrase(draft.moments.length > 0 ? 'go.on' : 'begin');
    return [
      ...views.heading(draft.brief),
      ...views.brief(draft.brief),
      ...declaration(),
      spoken,
      over ? null : make('div', { class: 'bar' }, button(label, () => { void start(); })),
      make('details', {}, make('summary', {}, phrase('file.go.on')),
        make('label', { class: 'field' }, make('span', {}, phrase('file')), input)),
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
      views.returned(draft.brief),
      make('h1', { tabindex: -1 }, phrase('told')),
      make('p', { class: 'quiet' }, make('bdi', {}, draft.brief.journey)),
      draft.moments.length === 0 ? make('p', {}, phrase('told.none'))
        : make('ol', { class: 'moments' }, ...post.inOrder(draft).map((moment) =>
          views.entry(moment, draft.brief, () => go(`#moment-${moment.key}`)))),
      make('div', { class: 'bar' }, button(phrase('note'), note)),
      make('div', { class: 'bar' }, button(phrase('all'), () => go('#end'), true),
        button(phrase('brief'), () => go('#brief'), true),
        draft.moments.length > 0 ? button(phrase('save'), () => { void saveFile(); }, true) : null),
    ];
  }

  /** @param {Moment} moment @param {string} then where to */
  async function remove(moment, then = '#told') {
    if (!confirm(phrase('remove.sure', views.name(moment, draft.brief)))) return;
    draft.moments = draft.moments.filter((other) => other !== moment);
    changed();
    for (const id of moment.pictures) await keep.dropPicture(id);
    go(then);
  }

  /** @param {Moment} moment */
  function viewMoment(moment) {
    return [
      make('h1', { tabindex: -1 }, phrase('moment')),
      ...momentForm.draw(moment, draft, () => { changed(); spoken.textContent = ''; }, () => draw('select')),
      spoken,
      make('div', { class: 'bar' }, button(phrase('done'), () => { if (momentForm.isDone(moment, draft.brief, say)) go('#told'); }),
        button(phrase('remove'), () => { void remove(moment); }, true)),
    ];
  }

  // The end ----------------------------------------------------------------------------------

  /** What keeps it from being sent; of a moment a way to it, or without it. */
  function faults() {
    if (draft.moments.length === 0) return [phrase('none')];
    const over = excess(draft.words, limits.words);
    if (over > 0) return [phrase('long', over)];
    const wrong = draft.moments.filter((moment) => momentForm.fault(moment, draft.brief) !== '');
    if (wrong.length === 0 && post.isSame(draft)) return [phrase('same')];
    return wrong.map((moment) => make('span', { class: 'fault' },
      make('a', { href: `#moment-${moment.key}` }, momentForm.fault(moment, draft.brief)),
      button(phrase('remove'), () => { void remove(moment, '#end'); }, true)));
  }

  async function sendOff() {
    const wrong = faults();
    say(...wrong);
    if (wrong.length > 0) return;
    try {
      await post.begin(draft);
      go('#queue');
      void push();
    } catch {
      fail(phrase('unkept'));
    }
  }

  function viewEnd() {
    const { brief } = draft;
    const levels = brief.levels.map(({ value, text }) => ({ value: String(value), text }));
    const tasks = views.marked(brief.tasks, 'task', draft.tasks, changed, ['task.yes', 'task.no', 'task.unseen'].map((key) => phrase(key)));
    const promises = views.marked(brief.promises, 'promise', draft.promises, changed, ['promise.yes', 'promise.no', 'promise.unsure'].map((key) => phrase(key)));
    return [
      make('h1', { tabindex: -1 }, phrase('end')),
      tasks.length > 0 ? make('details', { open: brief.tasks.some(({ id }) => Boolean(draft.tasks[id])) }, make('summary', {}, phrase('tasks')), ...tasks) : null,
      promises.length > 0 ? make('h2', {}, phrase('promises')) : null, ...promises,
      fields.radios(phrase('overall'), 'overall', levels, draft.overall,
        (value) => { draft.overall = value; changed(); }),
      fields.area(phrase('else'), draft.words, (value) => { draft.words = value; changed(); }),
      spoken,
      make('div', { class: 'bar' }, button(phrase('send'), () => { void sendOff(); }),
        button(phrase('back'), () => go('#told'), true)),
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

  /** Nothing goes on by itself: why, and what is left to do. @param {string} why */
  function viewRefused(why) {
    return [
      make('h1', { tabindex: -1 }, phrase('refused')),
      make('p', { class: 'notice large', role: 'alert' }, why),
      make('div', { class: 'bar' }, button(phrase('save'), () => { void saveFile(); })),
      make('ul', { class: 'queue' }, ...views.queue(draft)),
      make('div', { class: 'bar' }, button(phrase('change'), change, true),
        button(phrase('try'), () => { void push(true); }, true)),
    ];
  }

  function viewQueue() {
    if (draft.state === 'sending' && post.refusal() !== '') return viewRefused(post.refusal());
    const sent = draft.state === 'sent';
    const bar = sent ? [draft.brief.walk ? button(phrase('another'), another) : null]
      : [button(phrase('try'), () => { void push(true); }), button(phrase('change'), change, true)];
    return [
      make('h1', { tabindex: -1 }, phrase(sent ? 'arrived' : 'way')),
      make('p', { role: 'status' }, phrase(sent ? 'arrived.thanks' : 'way.leave')),
      make('ul', { class: 'queue' }, ...views.queue(draft)),
      make('div', { class: 'bar' }, ...bar, button(phrase('save'), () => { void saveFile(); }, true)),
    ];
  }

  /** Sends, and shows how it goes. */
  async function push(again = false) {
    try {
      await post.run(draft, () => { if (draft.state !== 'open') draw('keep'); }, again);
    } catch {
      fail(phrase('wrong'));
    }
  }

  function viewClosed() {
    return [
      ...views.heading(draft.brief),
      make('p', { class: 'notice', role: 'status' }, draft.brief.closed),
      ...(draft.moments.length > 0 ? [
        make('h2', {}, phrase('unsent')),
        make('ol', { class: 'queue' }, ...post.inOrder(draft).map((moment) => make('li', {},
          make('bdi', {}, views.name(moment, draft.brief)), make('time', { datetime: moment.at }, moment.at.slice(11))))),
        make('div', { class: 'bar' }, button(phrase('unsent.save'), () => { void saveFile(); })),
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
      const response = await fetch(`${path}/brief?lang=${document.documentElement.lang}`, { headers: { Accept: 'application/json' } });
      if (response.ok) return await response.json();
      if (response.status === 404) status.gone = phrase('gone', (await response.json()).detail);
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
      kept.back = kept.body;
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
      stop(phrase(status.gone ? 'dead' : 'first'));
      return;
    }
    if (kept && brief) renew(kept, brief);
    draft = kept ?? begin(/** @type {Brief} */ (brief));
    if (brief?.state === 'accepted' && kept?.state === 'sent') {
      await keep.forget(path);
      draft = begin(brief);
    }
    if (brief?.closed === null) await keep.save(draft); // it opens without a network from now on
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
        stop(phrase('tab'));
        return;
      }
      await open();
      await new Promise(() => {}); // held until the page is closed
    });
  }

  alone().catch(() => stop(phrase('unable')));
})();
