// SPDX-License-Identifier: GPL-3.0-or-later
// What was imported before, each to be taken out again.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../../lib/api';
import { useAct, type Asked } from '../../../lib/ask';
import type { Done } from '../../../lib/api';
import { count, minuteText } from '../../../lib/format';
import { t } from '../../../lib/texts';
import { Button, CommandLine, Dialog, Table, Trouble } from '../../../parts/parts';
import type { Earlier } from './types';

export function EarlierImports({ list }: { list: Asked<Done<{ imports: Earlier[] }>> }): JSX.Element | null {
  const [about, setAbout] = useState<Earlier | null>(null);
  const act = useAct();
  const files = (list.data?.document.imports ?? []).filter((one) => one.kind === 'file').reverse();
  if (files.length === 0) return <Trouble problem={list.problem} again={list.again} />;
  const undo = (one: Earlier): void => void act.act(async () => {
    await command('imports undo', [String(one.import)]);
    setAbout(null);
    list.again();
  });
  return (
    <section class="block">
      <h2>{t('import.earlier')}</h2>
      <Table caption={t('import.earlier')} rows={files} rowKey={(row) => row.import} columns={[
        { title: t('import.earlier.file'), cell: (row) => row.file },
        { title: t('import.earlier.when'), cell: (row) => minuteText(row.time) },
        { title: t('import.earlier.n'), number: true, cell: (row) => count(row.observations) },
        { title: t('import.earlier.state'), cell: (row) => row.state === 'undone' ? <span class="tag">{t('import.undone')}</span>
          : <Button kind="quiet" label={`${t('import.undo')}: ${row.file}, ${minuteText(row.time)}`} onClick={() => { act.clear(); setAbout(row); }}>{t('import.undo')}</Button> },
      ]} />
      {about && (
        <Dialog title={t('import.undo.title', { file: about.file })} onClose={() => setAbout(null)}>
          <div class="form">
            <p>{t('import.undo.about', { n: count(about.observations) })}</p>
            <Trouble problem={act.problem} />
            <div class="acts">
              <Button kind="danger" busy={act.busy} onClick={() => undo(about)}>{t('import.undo.do')}</Button>
              <Button onClick={() => setAbout(null)}>{t('cancel')}</Button>
            </div>
          </div>
        </Dialog>
      )}
      <CommandLine line={list.data?.line ?? ''} />
    </section>
  );
}
