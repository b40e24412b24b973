// SPDX-License-Identifier: GPL-3.0-or-later
// Who is asked, on which scales, in which languages: what the map says beside its journeys.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct, useAsk } from '../../lib/ask';
import { count } from '../../lib/format';
import { useLive } from '../../lib/live';
import { Link } from '../../lib/router';
import { t } from '../../lib/texts';
import { Busy, Button, CommandLine, Notice, SelectField, Table, Trouble } from '../../parts/parts';
import { Audiences, type PartProps } from './audiences';
import { readMap, saveMap, spoken, type Saved } from './map_edit';
import { Scales } from './scales';

function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}

// Languages that pages come in (src/serve/texts).
const built = ['en', 'de', 'es', 'fr', 'ar', 'zh'];

function Languages({ shown, languages, onSaved }: PartProps): JSX.Element {
  const own = shown.in_force.language;
  const [chosen, setChosen] = useState(own);
  const acting = useAct();
  const save = (): void => void acting.act(async () => onSaved(await saveMap(shown, (map) => { map.language = chosen; })));
  const choices = [...new Set([...languages, ...built])].map((value) => ({ value, label: `${nameOf(value)} (${value})` }));
  return (
    <section class="block">
      <div><h2>{t('asked.languages')}</h2><p class="lead-text">{t('asked.languages.about')}</p></div>
      <Table caption={t('asked.languages')} rows={spoken(shown)} rowKey={(one) => one.language} columns={[
        { title: t('asked.language'), cell: (one) => <>{nameOf(one.language)} <span class="quiet">({one.language})</span> {one.language === own && <span class="tag good">{t('asked.language.own')}</span>}</> },
        { title: t('asked.language.said'), cell: (one) => t('asked.language.of', { n: count(one.n), all: count(one.all) }) },
      ]} />
      <p><Link to="/app/ask/map">{t('asked.language.where')}</Link></p>
      <div class="beside-field">
        <SelectField label={t('asked.language.set')} hint={t('asked.language.set.hint')} value={chosen} choices={choices} onChange={setChosen} />
        <Button busy={acting.busy} disabled={chosen === own} onClick={save}>{t('asked.save')}</Button>
      </div>
      <Trouble problem={acting.problem} />
    </section>
  );
}

export function SavedNotice({ saved }: { saved: Saved | null }): JSX.Element | null {
  if (!saved) return null;
  return (
    <Notice kind="good" title={t(saved.changes.length > 0 ? 'asked.saved' : 'asked.saved.same')}>
      <ul>{saved.changes.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
    </Notice>
  );
}

export function Asked(): JSX.Element {
  const asked = useAsk('map', readMap);
  const [saved, setSaved] = useState<Saved | null>(null);
  useLive(['map'], asked.again);
  const shown = asked.data?.document;
  if (!shown) return <><Trouble problem={asked.problem} again={asked.again} />{asked.busy && <Busy />}</>;
  const done = (one: Saved): void => { setSaved(one); asked.again(); };
  const props = { shown, languages: spoken(shown).map((one) => one.language), onSaved: done };
  return (
    <>
      <SavedNotice saved={saved} />
      <Audiences {...props} />
      <Scales {...props} />
      <Languages key={shown.in_force.language} {...props} />
      <CommandLine line={saved?.line ?? asked.data?.line ?? ''} />
    </>
  );
}
