// SPDX-License-Identifier: GPL-3.0-or-later
// The frame: four places, and who is signed in.
import type { FunctionComponent, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Link, Router, useWay, withChoices } from './lib/router';
import { may, session, type Role } from './lib/session';
import { t, type Key } from './lib/texts';
import { later } from './parts/later';
import { Shortcuts, Tour, TourOffer, useShortcuts } from './parts/help';
import { Lost } from './parts/lost';
import { Dialog } from './parts/parts';
import { Ask } from './places/ask';
import { Next } from './places/next';
import { Picture } from './places/picture';

const Settings = later(async () => (await import('./places/settings')).Settings);

interface Place {
  name: string; // its part of the address; "": home
  title: Key;
  icon: string; // of a 24 x 24 drawing
  page: FunctionComponent;
  needs?: Role; // who has less does not find it in the bar
}

const places: Place[] = [
  { name: '', title: 'place.picture', icon: 'M3 19V5m0 14h18M7 15l4-5 4 3 5-8', page: Picture },
  { name: 'ask', title: 'place.ask', icon: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5', page: Ask },
  { name: 'next', title: 'place.next', icon: 'M4 20h5v-5h5v-5h5V5', page: Next },
  { name: 'settings', title: 'place.settings', icon: 'M4 7h9m4 0h3M4 12h3m4 0h9M4 17h11m4 0h1M15 5v4M9 10v4M17 15v4', page: Settings, needs: 'administrator' },
];

function Icon({ path }: { path: string }): JSX.Element {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>;
}

// Chosen as on the other pages: kept in a cookie, and back to here.
function Languages({ onClose }: { onClose: () => void }): JSX.Element {
  const here = withChoices(useWay(), {});
  return (
    <Dialog title={t('me.language')} onClose={onClose}>
      <ul class="languages">
        {session.languages.map(({ code, name }) => (
          <li key={code}>
            <a href={`/language/${code}?page=${encodeURIComponent(here)}`} lang={code} hreflang={code}
              aria-current={code === session.language ? 'true' : undefined}>{name}</a>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

// For who cannot read what is around it.
const globe = 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18M3.6 9h16.8M3.6 15h16.8M12 3c-5 5-5 13 0 18 5-5 5-13 0-18';

interface BarProps { here: string; onHelp: () => void; onLanguage: () => void }

function Me({ onHelp, onLanguage }: Omit<BarProps, 'here'>): JSX.Element {
  return (
    <details class="me">
      <summary><span class="me-name" dir="auto">{session.name || session.login}</span></summary>
      <ul>
        <li class="quiet">{t(`role.${session.role}`)}</li>
        <li><a href="/account">{t('place.account')}</a></li>
        <li><a href="/visits">{t('me.visits')}</a></li>
        <li><button type="button" class="as-link" onClick={onHelp}>{t('help.title')}</button></li>
        <li><button type="button" class="as-link to-languages" onClick={onLanguage}><Icon path={globe} /> {t('me.language')}</button></li>
        <li>
          <form method="post" action="/logout">
            <input type="hidden" name="csrf" value={session.csrf} />
            <button type="submit" class="as-link">{t('me.out')}</button>
          </form>
        </li>
      </ul>
    </details>
  );
}

function Bar({ here, ...acts }: BarProps): JSX.Element {
  return (
    <header class="top-bar">
      <Link to="/app" class="brand" aria-label={`Parallax, ${session.workspace}`}>
        <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M2 18 12 6l10 12" /><circle cx="12" cy="6" r="2.6" /><circle class="apart" cx="12" cy="15" r="2.6" />
        </svg>
        <span class="brand-name">{session.workspace}</span>
      </Link>
      <nav class="places" aria-label={t('place.all')}>
        <ul>
          {places.filter((place) => may(place.needs ?? 'viewer')).map((place) => (
            <li key={place.name}>
              <Link to={place.name ? `/app/${place.name}` : '/app'} class={place.name === here ? 'way here' : 'way'}
                aria-current={place.name === here ? 'page' : undefined}>
                <Icon path={place.icon} /><span>{t(place.title)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Me {...acts} />
    </header>
  );
}

// What has no place of its own belongs to the picture: /app/point/doorstep.
const ofPicture = ['point', 'reading', 'compare'];

// Whoever goes from page to page by keyboard or ear is taken to where the new one begins, not back to the top of all; a
// point of the picture to which one comes back has the focus already.
function useArrival(path: string): void {
  const came = useRef(false);
  useLayoutEffect(() => {
    const main = document.getElementById('main');
    const head = main?.querySelector<HTMLElement>('.first-block h2') ?? main?.querySelector('h1') ?? main;
    if (came.current && head && !document.activeElement?.closest('.drawn')) {
      if (!head.hasAttribute('tabindex')) head.tabIndex = -1;
      head.focus({ preventScroll: true });
    }
    came.current = true;
    document.querySelector('.tab.here')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // on a phone they are wider than it
  }, [path]);
}

function Body(): JSX.Element {
  const way = useWay();
  const first = way.parts[0] ?? '';
  const name = ofPicture.includes(first) ? '' : first;
  const [help, setHelp] = useState(false);
  const [tour, setTour] = useState(false);
  const [languages, setLanguages] = useState(false);
  useShortcuts(() => setHelp(true));
  useArrival(way.parts.join('/'));
  const Page = places.find((place) => place.name === name)?.page ?? Lost;
  return (
    <>
      <a class="skip" href="#main">{t('skip')}</a>
      <Bar here={name} onHelp={() => setHelp(true)} onLanguage={() => setLanguages(true)} />
      <main id="main" tabIndex={-1}>
        {!tour && <TourOffer onStart={() => setTour(true)} />}
        <Page />
      </main>
      {tour && <Tour onClose={() => setTour(false)} />}
      {languages && <Languages onClose={() => setLanguages(false)} />}
      {help && <Shortcuts onClose={() => setHelp(false)} onTour={() => { setHelp(false); setTour(true); }} />}
    </>
  );
}

export function App(): JSX.Element {
  return <Router><Body /></Router>;
}
