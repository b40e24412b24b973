// SPDX-License-Identifier: GPL-3.0-or-later
// The code of a link as it will be printed, on a sheet with those made with it: the program draws it (`parallax qr`).
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { fileAt } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { t } from '../../lib/texts';

async function draw(at: string, signal: AbortSignal): Promise<Element | null> {
  const response = await fetch(at, { signal, credentials: 'same-origin' });
  if (!response.ok) return null; // a link that is closed has none
  const text = (await response.text()).replace(/<style>[^<]*<\/style>/g, '');
  return new DOMParser().parseFromString(text, 'text/html').querySelector('svg.code');
}

export function Code({ links, name }: { links: number[]; name: string }): JSX.Element | null {
  const sheet = (options: Record<string, boolean> = {}): string => fileAt('qr', `${name}.html`, { links: links.join(','), ...options });
  const drawn = useAsk(`qr ${links.join()}`, (signal) => draw(sheet(), signal));
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (drawn.data) place.current?.replaceChildren(document.importNode(drawn.data, true));
  }, [drawn.data]);
  if (!drawn.data) return null;
  return (
    <figure class="code-card">
      <div ref={place} />
      <figcaption class="acts">
        <a class="button" href={sheet()} download={`${name}.html`}>{t('ask.qr.sheet')}</a>
        <a class="button" href={sheet({ transactions: true })} download={`${name}-moments.html`}>{t('ask.qr.transactions')}</a>
      </figcaption>
    </figure>
  );
}
