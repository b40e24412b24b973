// SPDX-License-Identifier: GPL-3.0-or-later
// The third step: what would be taken, and what is wrong, at its cell.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAsk } from '../../../lib/ask';
import { count } from '../../../lib/format';
import { english, plural, t } from '../../../lib/texts';
import { Button, CommandLine, Notice, Table } from '../../../parts/parts';
import { tryOut } from './ask';
import { Keep, Refused } from './parts';
import { Progress } from './progress';
import type { How, Neighbour, Repeat, Sent, TakenFile, WrongRow } from './types';

const beside = 2; // cells shown on either side of a wrong one

function Wrong({ row, header }: { row: WrongRow; header: string[] }): JSX.Element {
  const from = Math.max(0, row.cell - 1 - beside);
  const cells = row.cells.slice(from, row.cell + beside);
  const here = (i: number): boolean => from + i + 1 === row.cell;
  const around = (one: Neighbour): JSX.Element => (
    <tr class="around">
      <th scope="row" class="line">{one.line}</th>
      {cells.map((_, i) => <td key={i} class={here(i) ? 'same-column' : undefined}>{one.cells[from + i] ?? ''}</td>)}
    </tr>
  );
  return (
    <li class="import-wrong">
      <p class="import-line">{row.line > 0 ? t('import.line', { n: row.line }) : ''}</p>
      {cells.length > 0 && (
        <div class="table-wrap" role="region" tabIndex={0} aria-label={t('import.line', { n: row.line })}>
          <table class="import-cells">
            <thead><tr>
              <th scope="col" class="line">{t('import.line.head')}</th>
              {cells.map((_, i) => <th key={i} scope="col" class={here(i) ? 'wrong' : undefined}>{header[from + i] ?? ''}</th>)}
            </tr></thead>
            <tbody>
              {row.before && around(row.before)}
              <tr>
                <th scope="row" class="line">{row.line}</th>
                {cells.map((cell, i) => here(i)
                  ? <td key={i} class="wrong"><mark>{cell || t('import.cell.empty')}</mark></td> : <td key={i}>{cell}</td>)}
              </tr>
              {row.after && around(row.after)}
            </tbody>
          </table>
        </div>
      )}
      <p class="error-text" {...english}>{row.message}</p>
    </li>
  );
}

function WrongRows({ file, columns, onLeaveOut }: { file: TakenFile; columns: boolean; onLeaveOut: (n: number) => void }): JSX.Element {
  const leftOut = (file.rejected ?? 0) > 0;
  return (
    <section class="import-faults">
      <h3>{t(plural(file.wrong_rows, leftOut ? 'import.left.one' : 'import.wrong.one', leftOut ? 'import.left' : 'import.wrong'),
        { n: count(file.wrong_rows) })}</h3>
      {!leftOut && <p>{t(columns ? 'import.wrong.about' : 'import.wrong.about.recipe')}</p>}
      <ul class="import-wrongs">{file.wrong.slice(0, 20).map((row) => <Wrong key={`${row.line}:${row.column}`} row={row} header={file.header ?? []} />)}</ul>
      {file.wrong_rows > 20 && <p class="hint-text">{t('import.wrong.first', { n: 20 })}</p>}
      <div class="acts">
        {!leftOut && <Button onClick={() => onLeaveOut(file.wrong_rows)}>{t(plural(file.wrong_rows, 'import.leave.one', 'import.leave'), { n: count(file.wrong_rows) })}</Button>}
        {leftOut && file.rejects && <Keep text={file.rejects} name="rejects.csv" label={t('import.rejects.keep')} />}
      </div>
    </section>
  );
}

// Some of it is here already: what is to be done is for people to say.
function Again({ problem, onChoose }: { problem: string; onChoose: (repeat: Repeat) => void }): JSX.Element {
  const ways = (['replace', 'only-new', 'allow-repeat'] as const).filter((one) => problem.includes(`--${one}`));
  return (
    <Notice title={t('import.again')}>
      <p {...english}>{problem.replace(/; nothing was changed\..*$/s, '.')}</p>
      <ul class="import-ways">
        {ways.map((one) => (
          <li key={one}><Button onClick={() => onChoose(one)}>{t(`import.again.${one}`)}</Button><span>{t(`import.again.${one}.about`)}</span></li>
        ))}
      </ul>
    </Notice>
  );
}

interface PointRow { id: string; title: string; by: Record<string, number>; all: number }

function Counts({ file }: { file: TakenFile }): JSX.Element | null {
  const counts = file.counts ?? [];
  if (counts.length === 0) return null;
  const audiences = [...new Map(counts.map((one) => [one.audience, one.audience_title]))];
  const rows: PointRow[] = [];
  for (const one of counts) {
    const key = `${one.kind} ${one.id}`;
    let row = rows.find((known) => known.id === key);
    if (!row) rows.push(row = { id: key, title: one.kind === 'point' ? one.title : t('import.counts.other', { title: one.title || t(`import.kind.${one.kind}` as 'import.kind.nothing') }), by: {}, all: 0 });
    row.by[one.audience] = (row.by[one.audience] ?? 0) + one.observations;
    row.all += one.observations;
  }
  return (
    <Table caption={t('import.counts')} rows={rows} rowKey={(row) => row.id}
      columns={[{ title: t('import.counts.point'), cell: (row) => row.title },
        ...audiences.map(([who, title]) => ({ title, number: true, cell: (row: PointRow) => count(row.by[who] ?? 0) })),
        { title: t('import.counts.all'), number: true, cell: (row) => count(row.all) }]} />
  );
}

function FileResult({ file, columns, onLeaveOut, onRepeat }: {
  file: TakenFile; columns: boolean; onLeaveOut: (n: number) => void; onRepeat: (repeat: Repeat) => void;
}): JSX.Element {
  const repeated = file.problem !== undefined && / --(replace|only-new|allow-repeat) /.test(file.problem);
  const extra = (['known', 'replaced', 'repeated', 'duplicates'] as const).filter((one) => (file[one] ?? 0) > 0);
  return (
    <article class="import-file">
      <h3 class="import-name">{file.file}</h3>
      {file.problem === undefined && (file.same ? <Notice><p>{t('import.same')}</p></Notice> : (
        <div class="import-sum">
          <p class="import-number"><strong>{count(file.observations ?? 0)}</strong> {t(plural(file.observations ?? 0, 'import.answers.one', 'import.answers'))}</p>
          <p>{t('import.from', { encounters: count(file.encounters ?? 0), rows: count(file.rows ?? 0) })}</p>
          {extra.map((one) => <p key={one}>{t(`import.extra.${one}`, { n: count(file[one] ?? 0) })}</p>)}
        </div>
      ))}
      {!file.same && file.scales?.map((one) => (
        <Notice key={one.audience_title}><p>{t('import.scale.holds', { who: one.audience_title, min: one.min, max: one.max })}</p></Notice>
      ))}
      {repeated ? <Again problem={file.problem ?? ''} onChoose={onRepeat} /> : null}
      {file.problem !== undefined && !repeated && file.wrong.length === 0 && <Notice kind="trouble" title={t('import.problem')}><p {...english}>{file.problem}</p></Notice>}
      {file.wrong.length > 0 && <WrongRows file={file} columns={columns} onLeaveOut={onLeaveOut} />}
      {file.problem === undefined && <Counts file={file} />}
    </article>
  );
}

interface Props {
  files: Sent[];
  how: How;
  importing: boolean;
  onHow: (how: How) => void;
  onTake: () => void;
  onBack: (() => void) | null;
  onStart: () => void;
}

export function CheckStep({ files, how, importing, onHow, onTake, onBack, onStart }: Props): JSX.Element {
  const head = useRef<HTMLHeadingElement>(null);
  const { data, problem, busy, again } = useAsk(JSON.stringify([files, how]), () => tryOut(files, how));
  useEffect(() => { if (!busy) head.current?.focus(); }, [busy]);
  if (problem && !busy) return <Refused problem={problem} again={again} onBack={onStart} />;
  if (busy || !data) return <Progress what={t('import.checking')} />;
  const told = data.document.files;
  const good = told.length === files.length && told.every((one) => one.problem === undefined);
  const something = told.some((one) => (one.observations ?? 0) > 0);
  return (
    <section class="block" aria-labelledby="import-check">
      <h2 id="import-check" ref={head} tabIndex={-1}>{t(good ? something ? 'import.check.good' : 'import.check.none' : 'import.check.bad')}</h2>
      {good && something && <p class="lead-text">{t('import.check.about')}</p>}
      {told.map((file, i) => (
        <FileResult key={i} file={file} columns={onBack !== null} onLeaveOut={(n) => onHow({ ...how, leaveOut: how.leaveOut + n })}
          onRepeat={(repeat) => onHow({ ...how, repeat })} />
      ))}
      <div class="acts">
        {good && something && <Button kind="first" busy={importing} onClick={onTake}>{t('import.take')}</Button>}
        {onBack && <Button onClick={onBack}>{t('import.back.columns')}</Button>}
        <Button onClick={onStart}>{t('import.back.file')}</Button>
      </div>
      {importing && <Progress what={t('import.taking')} />}
      <CommandLine line={data.line} />
    </section>
  );
}
