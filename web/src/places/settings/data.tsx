// SPDX-License-Identifier: GPL-3.0-or-later
// What can be taken along: a backup, the rows, the map.
import type { JSX } from 'preact';
import { fileAt } from '../../lib/api';
import { t } from '../../lib/texts';

const forms = [
  { end: 'csv', key: 'data.export.csv' },
  { end: 'xlsx', key: 'data.export.xlsx' },
  { end: 'sav', key: 'data.export.sav' },
  { end: 'ndjson', key: 'data.export.ndjson' },
] as const;

// "parallax-2026-11-26.plx"
function named(end: string): string {
  return `parallax-${new Date().toISOString().slice(0, 10)}.${end}`;
}

export function Data(): JSX.Element {
  return (
    <div class="tiles">
      <section class="tile">
        <h2>{t('data.backup')}</h2>
        <p>{t('data.backup.about')}</p>
        <div class="acts"><a class="button" href={fileAt('backup', named('plx'))} download>{t('data.backup.do')}</a></div>
      </section>
      <section class="tile">
        <h2>{t('data.export')}</h2>
        <p>{t('data.export.about')}</p>
        <div class="acts">
          {forms.map((form) => (
            <a key={form.end} class="button" href={fileAt('export', named(form.end))} download
              aria-label={t('data.export.do', { form: t(form.key) })}>{t(form.key)}</a>
          ))}
        </div>
        <p><a href={fileAt('export', 'codebook.csv', { format: 'codebook' })} download>{t('data.export.codebook')}</a></p>
      </section>
      <section class="tile">
        <h2>{t('data.map')}</h2>
        <p>{t('data.map.about')}</p>
        <div class="acts"><a class="button" href={fileAt('map export', 'map.yaml')} download>{t('data.map.do')}</a></div>
      </section>
    </div>
  );
}
