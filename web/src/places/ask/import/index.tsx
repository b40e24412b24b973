// SPDX-License-Identifier: GPL-3.0-or-later
// Answers from files: drop, say what the columns are, check, import, and take out again.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { command, Problem } from '../../../lib/api';
import { useAct, useAsk } from '../../../lib/ask';
import { count } from '../../../lib/format';
import { Link } from '../../../lib/router';
import { may } from '../../../lib/session';
import { plural, t } from '../../../lib/texts';
import { Button, Empty, Heading, Notice, Trouble } from '../../../parts/parts';
import { AskTabs } from '../tabs';
import { recipeName, send, take } from './ask';
import { CheckStep } from './check';
import { ColumnsStep } from './columns';
import { EarlierImports } from './earlier';
import { fresh, useImporting, type Importing } from './kept';
import { Drop, Keep, Steps } from './parts';
import type { Earlier, How, Taken } from './types';

const accept = '.csv,.tsv,.tab,.txt,.gz,text/csv,text/plain';

interface Result { taken: Taken; recipe: string | null; undone: boolean }

function Done({ result, onUndo, busy }: { result: Result; onUndo: () => void; busy: boolean }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.focus(); }, [result.undone]);
  const n = result.taken.files.reduce((sum, file) => sum + (file.observations ?? 0), 0);
  const name = result.taken.files[0]?.file ?? '';
  return (
    <div ref={box} tabIndex={-1} class="import-result">{result.undone ? (
    <Notice kind="good"><p>{t('import.undone.said', { file: name })}</p></Notice>
  ) : (
    <Notice kind="good" title={t('import.done')}>
      <p>{t(plural(n, 'import.done.about.one', 'import.done.about'), { n: count(n) })}</p>
      <div class="acts">
        <Link class="button first" to="/app">{t('import.done.picture')}</Link>
        <Button busy={busy} onClick={onUndo}>{t('import.undo')}</Button>
        {result.recipe && <Keep text={result.recipe} name={recipeName(name)} label={t('import.recipe.keep')} />}
      </div>
    </Notice>
  )}</div>
  );
}

function FileStep({ onFiles, onRecipe, busy, again }: {
  onFiles: (files: File[]) => void; onRecipe: (file: File | null) => void; busy: boolean; again: boolean;
}): JSX.Element {
  return (
    <section class="block" aria-label={t('import.step.file')}>
      <Drop label={t('import.drop')} accept={accept} multiple busy={busy} again={again} onFiles={onFiles} />
      <p class="hint-text">{t('import.drop.hint')}</p>
      <details class="import-details">
        <summary>{t('import.recipe.have')}</summary>
        <div class="field">
          <label for="import-recipe">{t('import.recipe.file')}</label>
          <p class="hint-text" id="import-recipe-hint">{t('import.recipe.hint')}</p>
          <input id="import-recipe" type="file" accept=".yaml,.yml" aria-describedby="import-recipe-hint"
            onChange={(event) => onRecipe(event.currentTarget.files?.[0] ?? null)} />
        </div>
      </details>
    </section>
  );
}

// One that was begun, and left.
function Waiting({ kept, to, forget }: Importing): JSX.Element {
  const [first, ...more] = kept.files;
  const about = more.length > 0 ? t('import.kept.more', { file: first?.name ?? '', n: more.length }) : t('import.kept', { file: first?.name ?? '' });
  return (
    <Notice>
      <p>{about}</p>
      <div class="acts">
        <Button onClick={() => to(kept.at)}>{t('import.kept.on')}</Button>
        <Button kind="quiet" onClick={forget}>{t('import.kept.forget')}</Button>
      </div>
    </Notice>
  );
}

function Import(): JSX.Element {
  const importing = useImporting();
  const { step, kept, change, to, forget } = importing;
  const [own, setOwn] = useState<File | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const act = useAct();
  const list = useAsk('imports', () => command<{ imports: Earlier[] }>('imports list'));
  const info = useAsk('info', () => command<{ observations: number }>('info'));
  useEffect(() => {
    if (!act.busy) return undefined;
    const stay = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [act.busy]);

  const was = useRef(step);
  useEffect(() => { // by Back, to the beginning
    if (was.current !== step && step === 'file' && !result) document.querySelector<HTMLElement>('#main h1')?.focus();
    was.current = step;
  }, [step]);
  const start = (): void => { forget(); act.clear(); to('file', { replace: true }); };
  const check = (how: How, recipe: string | null, skip: boolean): void => {
    change(() => ({ at: 'check', how, recipe }));
    to('check', { replace: skip });
  };
  const receive = (chosen: File[]): void => void act.act(async () => {
    setResult(null);
    const files = await send(chosen);
    const [mine] = own ? await send([own]) : [];
    forget();
    change(() => ({ files, at: mine ? 'check' : 'columns', how: { ...fresh, recipe: mine?.file ?? null } }));
    setOwn(null);
    to(mine ? 'check' : 'columns');
  });
  const run = (): void => void act.act(async () => {
    const done = (await take(kept.files, kept.how)).document;
    list.again();
    info.again();
    const bad = done.files.find((one) => one.problem !== undefined);
    if (bad) throw new Problem(400, bad.problem ?? '');
    setResult({ taken: done, recipe: kept.recipe, undone: false });
    start();
  });
  const undo = (): void => void act.act(async () => {
    for (const file of result?.taken.files ?? []) if (file.import) await command('imports undo', [String(file.import)]);
    if (result) setResult({ ...result, undone: true });
    list.again();
    info.again();
  });

  return (
    <>
      <Heading title={t('import.title')} lead={t('import.about')} />
      <AskTabs here="import" />
      <Steps at={step === 'file' ? 0 : step === 'columns' ? 1 : 2} />
      {result && <Done result={result} busy={act.busy} onUndo={undo} />}
      <Trouble problem={act.problem} />
      {step === 'file' && kept.files.length > 0 && <Waiting {...importing} />}
      {step === 'file' && <FileStep busy={act.busy} again={result !== null && !result.undone} onFiles={receive} onRecipe={setOwn} />}
      {step === 'columns' && (
        <ColumnsStep key={kept.files[0]?.file} files={kept.files} empty={info.data?.document.observations === 0} choices={kept.choices}
          setChoices={(choices) => change((before) => ({ at: 'columns', choices: typeof choices === 'function' ? choices(before.choices) : choices }))}
          encoding={kept.encoding} setEncoding={(encoding) => change(() => ({ at: 'columns', encoding }))}
          onBack={start} onDone={(made, encoding, skip) => check({ ...fresh, recipe: made?.file ?? null, encoding }, made?.text ?? null, skip)} />
      )}
      {step === 'check' && (
        <CheckStep files={kept.files} how={kept.how} importing={act.busy} onHow={(how) => change(() => ({ how }))} onTake={run} onStart={start}
          onBack={kept.recipe !== null ? () => to('columns') : null} />
      )}
      {step === 'file' && <EarlierImports list={list} />}
    </>
  );
}

export function ImportPage(): JSX.Element {
  if (may('editor')) return <Import />;
  return (
    <>
      <Heading title={t('import.title')} />
      <Empty title={t('import.only')}><p>{t('import.only.about')}</p></Empty>
    </>
  );
}
