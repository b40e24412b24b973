// SPDX-License-Identifier: GPL-3.0-or-later
// What there is to ask with, and what each moment still needs.
import type { ComponentChildren, JSX } from 'preact';
import { command, get, reading } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { count } from '../../lib/format';
import { useLive } from '../../lib/live';
import { Link } from '../../lib/router';
import { plural, t, type Key } from '../../lib/texts';
import { Busy, Notice, Trouble } from '../../parts/parts';
import { links, type Choices, type FormLink, type Visit, type Walk, type Workshop } from './data';
import { Needs } from './needs';
import { needsOf, type Gaps, type Need } from './needs_of';

interface Seen { choices: Choices; links: FormLink[]; visits: Visit[]; walks: Walk[]; workshops: Workshop[]; files: number }

async function look(signal: AbortSignal): Promise<Seen> {
  const [choices, made, visits, walks, workshops, imports] = await Promise.all([
    get<Choices>('/app/data/choices', {}, signal), links(), command<{ visits: Visit[] }>('visit list'),
    command<{ walks: Walk[] }>('walk list'), command<{ workshops: Workshop[] }>('workshop list'),
    command<{ imports: { kind: string; state: string }[] }>('imports list').catch(() => null)]);
  return { choices, links: made.document.links, visits: visits.document.visits, walks: walks.document.walks,
    workshops: workshops.document.workshops,
    files: (imports?.document.imports ?? []).filter((one) => one.kind === 'file' && one.state === 'done').length };
}

interface TileProps { to: string; title: Key; about: Key; icon: string; children?: ComponentChildren }

function Tile({ to, title, about, icon, children }: TileProps): JSX.Element {
  return (
    <li class="tile way-in">
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={icon} /></svg>
      <h2><Link to={to}>{t(title)}</Link></h2>
      <p class="quiet">{t(about)}</p>
      {children && <p class="tile-count">{children}</p>}
    </li>
  );
}

function number(n: number, one: Key, many: Key): string {
  return t(plural(n, one, many), { n: count(n) });
}

function Tiles({ seen }: { seen: Seen }): JSX.Element {
  const open = seen.links.filter((link) => link.state === 'open');
  const kiosks = open.filter((link) => link.kind === 'kiosk').length;
  const forms = open.length - kiosks;
  const answered = (kiosk: boolean): number =>
    seen.links.filter((link) => (link.kind === 'kiosk') === kiosk).reduce((sum, link) => sum + link.completed, 0);
  const sent = seen.visits.filter((visit) => visit.state === 'sent').length;
  const going = seen.workshops.filter((one) => one.phase !== 'ended').length;
  const walks = seen.walks.filter((walk) => !walk.closed).length;
  return (
    <ul class="tiles">
      <Tile to="/app/ask/map" title="ask.map" about="ask.map.about" icon="M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14">
        {number(seen.choices.journeys.length, 'ask.journeys.one', 'ask.journeys')}
      </Tile>
      <Tile to="/app/ask/forms" title="ask.forms" about="ask.forms.about" icon="M6 3h12v18H6zM9 8h6M9 12h6M9 16h3">
        {number(forms, 'ask.open.one', 'ask.open')} · {number(answered(false), 'ask.answered.one', 'ask.answered')}
      </Tile>
      <Tile to="/app/ask/kiosks" title="ask.kiosks" about="ask.kiosks.about" icon="M7 2h10v14H7zM12 16v5M8 21h8">
        {number(kiosks, 'ask.open.one', 'ask.open')} · {number(answered(true), 'ask.answered.one', 'ask.answered')}
      </Tile>
      <Tile to="/app/ask/visits" title="ask.visits" about="ask.visits.about" icon="M12 5c5 0 8 5 9 7-1 2-4 7-9 7s-8-5-9-7c1-2 4-7 9-7zM12 9.5a2.500 2.500 0 1 0 .01 0z">
        {number(seen.visits.length, 'ask.visit.one', 'ask.visit')}
        {sent > 0 && <> · <strong>{number(sent, 'ask.toread.one', 'ask.toread')}</strong></>}
      </Tile>
      <Tile to="/app/ask/workshops" title="ask.workshops" about="ask.workshops.about" icon="M4 11h16M6 11v8M18 11v8M8 7a2 2 0 1 0 .01 0zM16 7a2 2 0 1 0 .01 0z">
        {number(going, 'ask.running.one', 'ask.running')}
      </Tile>
      <Tile to="/app/ask/walks" title="ask.walks" about="ask.walks.about" icon="M5 20c6 0 2-8 8-8s2-8 6-8M5 20l-1-3M19 4l1 3">
        {number(walks, 'ask.open.one', 'ask.open')}
      </Tile>
      <Tile to="/app/ask/import" title="ask.import" about="ask.import.about" icon="M12 3v11m0 0l-4-4m4 4l4-4M4 17v4h16v-4">
        {number(seen.files, 'ask.files.one', 'ask.files')}
      </Tile>
    </ul>
  );
}

interface Needed { needs: Need[]; titles: Record<string, string>; alone: boolean }

async function whatIsNeeded(signal: AbortSignal): Promise<Needed> {
  const gaps = await reading<Gaps>('gaps', {}, signal);
  return { needs: needsOf(gaps), titles: gaps.titles, alone: gaps.audiences.length < 2 };
}

// Where only those who are served have answered, there are no two sides that could see the same.
function Alone({ choices }: { choices: Choices }): JSX.Element {
  const others = choices.audiences.filter((one) => !one.served).map((one) => one.title);
  return (
    <Notice title={t('nothing.one')}>
      <p>{t('nothing.one.what', { others: others.join(', ') })}</p>
      <div class="acts">
        <Link to="/app/ask/workshops" class="button">{t('workshops.open')}</Link>
        <Link to="/app/ask/forms/new" class="button">{t('ask.new')}</Link>
      </div>
    </Notice>
  );
}

function Missing({ needed, choices }: { needed: Needed; choices: Choices | undefined }): JSX.Element | null {
  const alone = needed.alone && choices !== undefined;
  return (
    <>
      {alone && <Alone choices={choices} />}
      {(!alone || needed.needs.length > 0) && <Needs needs={needed.needs} titles={needed.titles} />}
    </>
  );
}

export function Overview(): JSX.Element {
  const seen = useAsk('overview', look);
  const needs = useAsk('needs', whatIsNeeded);
  useLive(['answers', 'links', 'visits', 'workshops', 'map'], () => { seen.again(); needs.again(); });
  return (
    <>
      <Trouble problem={seen.problem} again={seen.again} />
      {seen.data ? <Tiles seen={seen.data} /> : seen.busy && <Busy />}
      {/* Without a map there is no moment that could need anything. */}
      {(seen.data?.choices.journeys.length ?? 1) > 0 && <section class="block">
        <div class="page-head"><div><h2>{t('ask.needs')}</h2><p class="lead-text">{t('ask.needs.about')}</p></div></div>
        {needs.problem ? <p class="quiet">{needs.problem.status === 403 ? t('ask.needs.hidden') : needs.problem.message}</p>
          : needs.data ? <Missing needed={needs.data} choices={seen.data?.choices} /> : <Busy />}
      </section>}
    </>
  );
}
