// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses: /app/PLACE/..., and what is chosen there as its query. The browser's own back and forward work.
import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

export interface Way {
  parts: string[]; // behind /app: ["ask", "links"]
  query: URLSearchParams;
}

function read(): Way {
  const parts = window.location.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  return { parts: parts[0] === 'app' ? parts.slice(1) : [], query: new URLSearchParams(window.location.search) };
}

const moved = 'parallax:moved';

// `replace`: the step back leads to where one was before this page. `keep`: what is focused stays so.
export function go(to: string, how: { replace?: boolean } = {}): void {
  const other = new URL(to, window.location.href).pathname !== window.location.pathname;
  if (how.replace) window.history.replaceState(null, '', to);
  else window.history.pushState(null, '', to);
  window.dispatchEvent(new Event(moved));
  if (other) window.scrollTo(0, 0); // another page is read from its top
}

const Here = createContext<Way>({ parts: [], query: new URLSearchParams() });

export function Router({ children }: { children: ComponentChildren }): JSX.Element {
  const [way, setWay] = useState(read);
  useEffect(() => {
    const look = (): void => setWay(read());
    window.addEventListener('popstate', look);
    window.addEventListener(moved, look);
    return () => {
      window.removeEventListener('popstate', look);
      window.removeEventListener(moved, look);
    };
  }, []);
  return <Here.Provider value={way}>{children}</Here.Provider>;
}

export function useWay(): Way {
  return useContext(Here);
}

// The same address with other choices; null takes one away.
export function withChoices(way: Way, changes: Record<string, string | string[] | null>): string {
  const chosen = new URLSearchParams(way.query);
  for (const [name, value] of Object.entries(changes)) {
    chosen.delete(name);
    for (const one of Array.isArray(value) ? value : value ? [value] : []) chosen.append(name, one);
  }
  const text = chosen.toString();
  const path = `/app${way.parts.map((part) => `/${encodeURIComponent(part)}`).join('')}`;
  return text ? `${path}?${text}` : path;
}

type LinkProps = Omit<JSX.HTMLAttributes<HTMLAnchorElement>, 'href'> & { to: string; class?: string };

export function Link({ to, ...rest }: LinkProps): JSX.Element {
  const click = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return <a href={to} onClick={click} {...rest} />;
}
