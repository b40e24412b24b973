// SPDX-License-Identifier: GPL-3.0-or-later
// What a brand looks like on a light and on a dark page, and whether words in its colour can be read there.
import type { JSX } from 'preact';
import { level } from '../../lib/format';
import { t } from '../../lib/texts';

interface Ground { contrast: number; text: boolean }
export interface Verdict { colour: string | null; on_light?: Ground; on_dark?: Ground }

interface Sheet { colour: string | null; text: boolean; dark: boolean; name: string; logo: string; title: string }

// From right to left all begins at the other side.
function from(at: number, width = 0): number {
  return document.documentElement.dir === 'rtl' ? 320 - at - width : at;
}

// Drawn, as a page may not carry styles of its own: paper, band, name, heading.
function Page({ colour, text, dark, name, logo, title }: Sheet): JSX.Element {
  const paper = dark ? '#12171d' : '#ffffff';
  const ink = dark ? '#e8ecf0' : '#17202a';
  return (
    <svg class="brand-sheet" viewBox="0 0 320 150" role="img" aria-label={t(dark ? 'brand.sheet.dark' : 'brand.sheet.light')}>
      <rect x=".5" y=".5" width="319" height="149" rx="6" fill={paper} stroke="#8a949e" />
      {colour && <rect x="16" y="16" width="288" height="6" fill={colour} />}
      {logo && <image href={logo} x={from(16, 28)} y="34" width="28" height="28" preserveAspectRatio={from(0) ? 'xMaxYMid meet' : 'xMinYMid meet'} />}
      <text x={from(logo ? 54 : 16)} y="53" font-size="13" fill={ink}>{name}</text>
      <text x={from(16)} y="98" font-size="20" font-weight="700" fill={colour && text ? colour : ink}>{title || t('brand.sheet.title')}</text>
      <text x={from(16)} y="124" font-size="12" fill={ink}>{t('brand.sheet.text')}</text>
    </svg>
  );
}

function said(ground: Ground, dark: boolean): string {
  return t(ground.text ? (dark ? 'brand.good.dark' : 'brand.good.light') : dark ? 'brand.bad.dark' : 'brand.bad.light', { n: level(ground.contrast) });
}

export function Preview({ name, logo, title, verdict }: { name: string; logo: string; title: string; verdict: Verdict | null }): JSX.Element {
  const colour = verdict?.colour ?? null;
  return (
    <section class="brand-preview" aria-label={t('brand.preview')}>
      <h3>{t('brand.preview')}</h3>
      <Page colour={colour} text={verdict?.on_light?.text ?? false} dark={false} name={name} logo={logo} title={title} />
      <Page colour={colour} text={verdict?.on_dark?.text ?? false} dark name={name} logo={logo} title={title} />
      <ul class="brand-said" aria-live="polite">
        {colour && verdict?.on_light && <li>{said(verdict.on_light, false)}</li>}
        {colour && verdict?.on_dark && <li>{said(verdict.on_dark, true)}</li>}
        {!colour && <li class="quiet">{t('brand.no.colour')}</li>}
      </ul>
    </section>
  );
}
