// SPDX-License-Identifier: GPL-3.0-or-later
// The name, logo, colour and words of whose service it is, on pages for a room and on paper.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { command, fileAt, Problem, upload, type Done } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { t } from '../../lib/texts';
import { Busy, Button, CommandLine, Field, Notice, SelectField, TextField, Trouble } from '../../parts/parts';
import { Preview, type Verdict } from './brand_preview';

type Words = Record<string, { title?: string; closing?: string }>;
interface Brand extends Verdict { name: string | null; colour: string | null; logo: string | null; words: Words }
interface Shown { brand: Brand | null }
interface Wish { name: string; colour: string; logo: string; words: Words }

const languages = ['en', 'de', 'es', 'fr', 'ar', 'zh'] as const;

function wishOf(brand: Brand | null): Wish {
  return { name: brand?.name ?? '', colour: brand?.colour ?? '', logo: brand?.logo ?? '', words: brand?.words ?? {} };
}

// A brand file is YAML, which JSON is (docs/workshop-reference.md).
function fileOf(wish: Wish): Blob {
  const words = Object.fromEntries(Object.entries(wish.words).map(([language, said]) =>
    [language, Object.fromEntries(Object.entries(said).filter(([, text]) => text))]).filter(([, said]) => Object.keys(said as object).length > 0));
  const file = { ...(wish.name && { name: wish.name }), ...(wish.colour && { colour: wish.colour }), ...(wish.logo && { logo: wish.logo }),
    ...(Object.keys(words).length > 0 && { words }) };
  return new Blob([JSON.stringify(file)], { type: 'application/json' });
}

async function keep(wish: Wish, dry: boolean): Promise<Done<Shown>> {
  try {
    return await command<Shown>('brand set', [await upload(fileOf(wish), 'brand.yaml')], { 'dry-run': dry });
  } catch (cause) {
    throw cause instanceof Problem ? new Problem(cause.status, cause.message.replace(/^[^:\n]*:\d+(?::\d+)?: /, '')) : cause;
  }
}

// As the program will read it, a moment after the last change.
function useTried(wish: Wish, changed: boolean): { brand: Brand | null; problem: Problem | null } {
  const [tried, setTried] = useState<{ brand: Brand | null; problem: Problem | null }>({ brand: null, problem: null });
  useEffect(() => {
    if (!changed) {
      setTried({ brand: null, problem: null });
      return undefined;
    }
    let on = true;
    const timer = window.setTimeout(() => {
      keep(wish, true).then(({ document }) => { if (on) setTried({ brand: document.brand, problem: null }); },
        (cause: unknown) => { if (on) setTried((before) => ({ ...before, problem: cause instanceof Problem ? cause : new Problem(0, String(cause)) })); });
    }, 400);
    return () => {
      on = false;
      window.clearTimeout(timer);
    };
  }, [wish, changed]);
  return tried;
}

function dataUrl(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(new Problem(0, t('brand.logo.unread')));
    reader.readAsDataURL(file);
  });
}

interface PartProps { wish: Wish; set: (changes: Partial<Wish>) => void }

// A picture to pick, or a colour to type: the browser's own has every colour.
function Colour({ wish, set }: PartProps): JSX.Element {
  return (
    <div class="beside-field">
      <TextField label={t('brand.colour')} hint={t('brand.colour.hint')} value={wish.colour} onInput={(colour) => set({ colour: colour.trim() })} />
      <input type="color" class="colour-box" aria-label={t('brand.colour.pick')} value={/^#[0-9a-f]{6}$/i.test(wish.colour) ? wish.colour : '#0b7a75'}
        onInput={(event) => set({ colour: event.currentTarget.value })} />
      {wish.colour && <Button kind="quiet" onClick={() => set({ colour: '' })}>{t('brand.colour.none')}</Button>}
    </div>
  );
}

function Logo({ wish, set, onProblem }: PartProps & { onProblem: (file: File) => void }): JSX.Element {
  return (
    <div class="beside-field">
      <Field label={t('brand.logo')} hint={t('brand.logo.hint')}>
        {(id, about) => (
          <input id={id} type="file" accept="image/png,image/jpeg,image/svg+xml" aria-describedby={about}
            onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) onProblem(file); }} />
        )}
      </Field>
      {wish.logo && <Button kind="quiet" onClick={() => set({ logo: '' })}>{t('brand.logo.none')}</Button>}
    </div>
  );
}

function WordsFields({ wish, set }: PartProps): JSX.Element {
  const [language, setLanguage] = useState<string>(Object.keys(wish.words)[0] ?? 'en');
  const said = wish.words[language] ?? {};
  const say = (changes: { title?: string; closing?: string }): void => set({ words: { ...wish.words, [language]: { ...said, ...changes } } });
  const known = [...new Set<string>([...languages, ...Object.keys(wish.words)])];
  return (
    <fieldset class="choices">
      <legend class="legend-text">{t('brand.words')}</legend>
      <p class="hint-text">{t('brand.words.hint')}</p>
      <div class="form">
        <SelectField label={t('asked.language')} value={language} onChange={setLanguage}
          choices={known.map((value) => ({ value, label: wish.words[value] ? `${value} ✓` : value }))} />
        <TextField label={t('brand.words.title')} value={said.title ?? ''} onInput={(title) => say({ title })} />
        <TextField label={t('brand.words.closing')} value={said.closing ?? ''} onInput={(closing) => say({ closing })} />
      </div>
    </fieldset>
  );
}

function Editor({ shown, onSaved }: { shown: Done<Shown>; onSaved: () => void }): JSX.Element {
  const { brand } = shown.document;
  const [wish, setWish] = useState(() => wishOf(brand));
  const [line, setLine] = useState('');
  const [said, setSaid] = useState('');
  const acting = useAct();
  const changed = JSON.stringify(wish) !== JSON.stringify(wishOf(brand));
  const tried = useTried(wish, changed);
  const verdict = changed ? tried.brand : brand;
  const set = (changes: Partial<Wish>): void => { setSaid(''); setWish((before) => ({ ...before, ...changes })); };
  const save = (event: Event): void => {
    event.preventDefault();
    void acting.act(async () => {
      setLine((await keep(wish, false)).line);
      setSaid(t('brand.saved'));
      onSaved();
    });
  };
  const remove = (): void => void acting.act(async () => {
    setLine((await command('brand remove')).line);
    setWish(wishOf(null));
    setSaid(t('brand.removed'));
    onSaved();
  });
  return (
    <section class="block first-block">
      <div><h2>{t('brand.title')}</h2><p class="lead-text">{t('brand.about')}</p></div>
      {said && <Notice kind="good"><p>{said}</p></Notice>}
      <div class="beside">
        <form class="form block-part" onSubmit={save}>
          <TextField label={t('brand.name')} value={wish.name} onInput={(name) => set({ name })} />
          <Colour wish={wish} set={set} />
          <Logo wish={wish} set={set} onProblem={(file) => void acting.act(async () => set({ logo: await dataUrl(file) }))} />
          <WordsFields wish={wish} set={set} />
          <Trouble problem={acting.problem ?? tried.problem} />
          <div class="acts">
            <Button kind="first" type="submit" busy={acting.busy} disabled={!changed}>{t('asked.save')}</Button>
            {brand && <a class="button" href={fileAt('brand show', 'brand.yaml', { format: 'yaml' })} download>{t('brand.file')}</a>}
            {brand && <Button kind="danger" busy={acting.busy} onClick={remove}>{t('brand.remove')}</Button>}
          </div>
        </form>
        <Preview name={wish.name} logo={wish.logo} title={Object.values(wish.words).find((one) => one.title)?.title ?? ''} verdict={verdict} />
      </div>
      <CommandLine line={line || shown.line} />
    </section>
  );
}

export function BrandPage(): JSX.Element {
  const asked = useAsk('brand', () => command<Shown>('brand show'));
  if (!asked.data) return <><Trouble problem={asked.problem} again={asked.again} />{asked.busy && <Busy />}</>;
  return <Editor shown={asked.data} onSaved={asked.again} />;
}
