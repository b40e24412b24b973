// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Sending: pictures first, then the report, each under its own id, so that it may be sent again
// when nobody knows whether it arrived. And the same as a file.

const post = (() => {
  const FORMAT = 'parallax.visit-kept/1';

  /** How each item stands, by id. @type {Map<string, string>} */
  const states = new Map();
  const PATIENCE = 90000; // milliseconds for an answer
  /** The report that is under way; "": none. */
  let busy = '';
  /** What waits until that one has come to its end. @type {(() => void) | null} */
  let next = null;
  let tries = 0;
  /** Why the last try was refused for good; "": it was not. */
  let refused = '';
  /** @type {number | undefined} */
  let timer;

  /** "2026-01-31T14:05+01:00". @param {string} local */
  function withOffset(local) {
    const minutes = -new Date(local).getTimezoneOffset();
    const two = (/** @type {number} */ n) => String(Math.floor(Math.abs(n))).padStart(2, '0');
    return `${local}${minutes >= 0 ? '+' : '-'}${two(minutes / 60)}:${two(minutes % 60)}`;
  }

  /** In order of time; of the same minute in the order in which they were noted.
   * @param {Draft} draft */
  function inOrder(draft) {
    return draft.moments.map((moment, i) => ({ moment, i, at: new Date(moment.at).getTime() }))
      .sort((a, b) => a.at - b.at || a.i - b.i).map(({ moment }) => moment);
  }

  /** @param {Marks} marks */
  function flags(marks) {
    return Object.fromEntries(Object.entries(marks).filter(([, mark]) => mark !== '')
      .map(([id, mark]) => [id, mark === 'yes']));
  }

  /** @param {string} level */
  const asLevel = (level) => (level === '' ? null : level === 'na' ? 'na' : Number(level));

  /** @param {Moment} moment @param {Brief} brief */
  function asJson(moment, brief) {
    const point = brief.points.find(({ id }) => id === moment.point);
    return {
      at: withOffset(moment.at),
      point: point ? point.id : null,
      title: point ? point.title : moment.title,
      level: asLevel(moment.level),
      surprise: moment.surprise === '' ? null : Number(moment.surprise),
      hesitation: moment.hesitation ? 1 : 0,
      words: moment.words || null,
      sense: moment.senses.join('; ') || null,
      channel: moment.channel || null,
      photos: moment.pictures,
    };
  }

  /** The report as it is sent (docs/visits.md). @param {Draft} draft */
  function write(draft) {
    const moments = inOrder(draft);
    const first = moments.length > 0 ? moments[0].at : draft.began;
    return JSON.stringify({
      report: draft.report,
      conflict: draft.tied === 'yes' ? draft.conflict : null,
      began: withOffset(first < draft.began ? first : draft.began),
      moments: moments.map((moment) => asJson(moment, draft.brief)),
      tasks: flags(draft.tasks),
      promises: flags(draft.promises),
      overall: asLevel(draft.overall),
      words: draft.words || null,
    });
  }

  /** What the server says went wrong. */
  class Refusal extends Error {
    /** @param {number} status @param {string} detail @param {number} wait seconds */
    constructor(status, detail, wait) {
      super(detail);
      this.status = status;
      this.wait = wait;
    }
  }

  /** @param {string} method @param {string} address @param {BodyInit} body @param {string} type */
  async function send(method, address, body, type) {
    const abort = new AbortController(); // a network that says nothing is as good as none
    const patience = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const response = await fetch(address, {
        method, body, headers: { 'Content-Type': type, Accept: 'application/json' }, signal: abort.signal,
      });
      if (response.ok) return;
      const detail = await response.json().then((said) => String(said.detail), () => '');
      throw new Refusal(response.status, detail || phrase('said', response.status),
        Number(response.headers.get('Retry-After')) || 0);
    } finally {
      clearTimeout(patience);
    }
  }

  /** May the same be taken another time? @param {number} status */
  const isPassing = (status) => status === 408 || status === 429 || status >= 500;

  /** @param {string} id @param {string} state @param {() => void} changed */
  function tell(id, state, changed) {
    states.set(id, state);
    changed();
  }

  /** FALSE: it waits, or was refused. @param {string} id @param {() => Promise<void>} work
   * @param {() => void} changed @param {() => void} later */
  async function one(id, work, changed, later) {
    tell(id, phrase('state.sending'), changed);
    try {
      await work();
    } catch (error) {
      const said = error instanceof Refusal ? error : null;
      const passing = !said || isPassing(said.status);
      if (!passing) refused = said.message;
      tell(id, !said ? phrase('state.network') : passing ? phrase('state.busy')
        : phrase('state.refused', said.message), changed);
      if (passing) {
        tries += 1;
        timer = setTimeout(later, 1000 * Math.max(said?.wait ?? 0, Math.min(60, 2 ** tries)));
      }
      return false;
    }
    tell(id, phrase('state.arrived'), changed);
    return true;
  }

  /** @param {Draft} draft */
  const idsOf = (draft) => inOrder(draft).flatMap((moment) => moment.pictures);

  /** @param {Draft} draft @param {() => void} changed @param {() => void} later */
  async function sendPictures(draft, changed, later) {
    for (const id of idsOf(draft)) {
      const kept = await keep.picture(id);
      if (!kept?.bytes || kept.arrived) {
        tell(id, phrase(kept?.arrived ? 'state.arrived' : 'state.gone'), changed);
        continue;
      }
      const { bytes } = kept;
      const arrived = await one(id, () => send('PUT', `${draft.path}/photo/${id}`, bytes,
        'image/jpeg'), changed, later);
      if (!arrived) return false;
      await keep.savePicture({ ...kept, arrived: true });
    }
    return true;
  }

  /** What nobody needs here any more. @param {Draft} draft */
  async function settle(draft) {
    draft.state = 'sent';
    await keep.save(draft);
    for (const kept of await keep.pictures(draft.path)) {
      if (idsOf(draft).includes(kept.id)) await keep.savePicture({ ...kept, bytes: null });
      else await keep.dropPicture(kept.id);
    }
  }

  /** @param {Draft} draft @param {() => void} changed @param {() => void} later */
  async function sendAll(draft, changed, later) {
    const { report, body } = draft;
    refused = '';
    const isSame = () => draft.state === 'sending' && draft.report === report;
    if (!await sendPictures(draft, changed, later) || !isSame()) return;
    const arrived = await one(report, () => send('POST', `${draft.path}/report`, body,
      'application/json'), changed, later);
    if (!arrived || !isSame()) return; // what is noted by now is not what arrived
    tries = 0;
    await settle(draft);
    changed();
  }

  /** Who asks for another try has everything sent again: what is there already is known by its id.
   * @param {Draft} draft */
  async function forgetArrived(draft) {
    for (const kept of await keep.pictures(draft.path)) {
      if (kept.bytes) await keep.savePicture({ ...kept, arrived: false });
    }
  }

  /** @param {ArrayBuffer} bytes */
  function toText(bytes) {
    let text = '';
    for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
    return btoa(text);
  }

  /** @param {string} text */
  const toBytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer;

  /** But for its id. @param {string} body */
  const content = (body) => JSON.stringify({ ...JSON.parse(body), report: '' });

  /** What is not JSON is no file of this page. @param {string} text */
  function read(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  return {
    states,
    inOrder,
    idsOf,

    /** Why it was not taken, for good; "": that did not happen. */
    refusal: () => refused,

    /** Is it what came back, word for word? @param {Draft} draft */
    isSame: (draft) => Boolean(draft.back) && draft.brief.returned !== null
      && content(write(draft)) === content(String(draft.back)),

    /** Makes a draft ready to be sent, for good. @param {Draft} draft */
    begin: async (draft) => {
      draft.body = write(draft);
      draft.state = 'sending';
      await keep.save(draft);
    },

    /** Sends what has not arrived, and tries again by itself while there is no network.
     * @param {Draft} draft @param {() => void} changed is called whenever something did
     * @param {boolean} again also what has arrived */
    run: async (draft, changed, again = false) => {
      if (draft.state !== 'sending') return;
      const later = () => { void post.run(draft, changed); };
      if (busy !== '') {
        if (busy !== draft.report) next = later; // it was changed while the one before was under way
        return;
      }
      busy = draft.report;
      clearTimeout(timer);
      try {
        if (again) await forgetArrived(draft);
        await sendAll(draft, changed, later);
      } finally {
        busy = '';
        next?.();
        next = null;
      }
    },

    /** All of an address as a file. @param {Draft} draft */
    save: async (draft) => {
      const pictures = await keep.pictures(draft.path);
      const text = JSON.stringify({
        format: FORMAT,
        visit: draft.brief.visit,
        draft: { ...draft, path: '' }, // the address is a secret
        pictures: pictures.map((kept) => ({ ...kept, path: '', bytes: kept.bytes && toText(kept.bytes) })),
      });
      return new Blob([text], { type: 'application/json' });
    },

    /** What such a file holds, put in the place of what is here. Fails, with words, on others:
     * what is here stays then.
     * @param {string} text @param {string} path @param {Brief} brief @returns {Promise<Draft>} */
    load: async (text, path, brief) => {
      const file = read(text);
      if (file?.format !== FORMAT) throw new Error(phrase('file.other'));
      if (file.visit !== brief.visit) throw new Error(phrase('file.visit'));
      if (!Array.isArray(file.pictures) || !Array.isArray(file.draft?.moments)) throw new Error(phrase('file.damaged'));
      const draft = { ...file.draft, path, brief };
      try {
        await keep.replace(draft, file.pictures.map((/** @type {any} */ kept) =>
          ({ ...kept, path, bytes: kept.bytes && toBytes(kept.bytes) })));
      } catch (error) {
        const full = error instanceof DOMException && error.name === 'QuotaExceededError';
        throw new Error(phrase(full ? 'unkept' : 'file.damaged'));
      }
      return draft;
    },
  };
})();
