// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a step: it begins, it ends. To amend it is a page of its own.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAct } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { Link } from '../../lib/router';
import { may } from '../../lib/session';
import { t } from '../../lib/texts';
import { Button, Dialog, Field, Notice, Trouble } from '../../parts/parts';
import type { Step } from './types';
import { today } from './words';

type Act = 'start' | 'stop';

interface AskProps { step: Step; act: Act; onClose: () => void; onDone: () => void }

function Ask({ step, act, onClose, onDone }: AskProps): JSX.Element {
  const [note, setNote] = useState('');
  const acting = useAct();
  const early = act === 'start' && today() !== step.start;
  const giveUp = act === 'stop' && step.state === 'planned';
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await acting.act(async () => { await command(`step ${act}`, [String(step.step)], { note: note.trim() }); })) onDone();
  };
  return (
    <Dialog title={t(act === 'start' ? 'next.start.title' : giveUp ? 'next.giveup.title' : 'next.stop.title', { title: step.title })} onClose={onClose}>
      <form class="form" onSubmit={(event) => void send(event)}>
        <p>{t(act === 'start' ? 'next.start.what' : giveUp ? 'next.giveup.what' : 'next.stop.what')}</p>
        {early && <Notice><p>{t('next.start.other', { day: dayText(step.start) })}</p></Notice>}
        <Field label={t('next.act.note')} hint={t('next.act.note.hint')}>
          {(id, about) => <textarea id={id} dir="auto" aria-describedby={about} value={note} onInput={(event) => setNote(event.currentTarget.value)} />}
        </Field>
        <Trouble problem={acting.problem} />
        <div class="acts">
          <Button kind={act === 'start' ? 'first' : 'danger'} type="submit" busy={acting.busy}>
            {t(act === 'start' ? 'next.start' : giveUp ? 'next.giveup' : 'next.stop')}</Button>
          <Button kind="quiet" onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

export function StepActs({ step, onDone }: { step: Step; onDone: () => void }): JSX.Element | null {
  const [act, setAct] = useState<Act | null>(null);
  if (step.state === 'stopped' || !may('analyst')) return null;
  const about = `${t('next.number', { n: step.step })}, ${step.title}`;
  return (
    <div class="acts">
      {step.state === 'planned' && <Button label={`${t('next.start')}: ${about}`} onClick={() => setAct('start')}>{t('next.start')}</Button>}
      <Link class="button second" to={`/app/next/new?amend=${step.step}`} aria-label={`${t('next.amend')}: ${about}`}>{t('next.amend')}</Link>
      <Button kind="quiet" label={`${t(step.state === 'planned' ? 'next.giveup' : 'next.stop')}: ${about}`} onClick={() => setAct('stop')}>
        {t(step.state === 'planned' ? 'next.giveup' : 'next.stop')}</Button>
      {act && <Ask step={step} act={act} onClose={() => setAct(null)} onDone={() => { setAct(null); onDone(); }} />}
    </div>
  );
}
