// SPDX-License-Identifier: GPL-3.0-or-later
// An answer in words, a state, a tie to a moment or a step: to one, or the same to several.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { command, reading } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { t } from '../../lib/texts';
import { Button, Field, Notice, SelectField, Trouble } from '../../parts/parts';
import { states } from './letters';
import type { Step } from './types';

interface Ties { points: { value: string; label: string }[]; steps: { value: string; label: string }[] }
interface Gaps { groups: { points: { point: string; title: string }[] }[] }

async function ties(signal: AbortSignal): Promise<Ties> {
  const steps = (await command<{ steps: Step[] }>('step list')).document.steps;
  // Without answers there is no picture, and nothing to tie to but steps.
  const gaps = await reading<Gaps>('gaps', {}, signal).catch(() => null);
  return {
    steps: steps.map((one) => ({ value: String(one.step), label: `${t('next.number', { n: one.step })}: ${one.title}` })),
    points: (gaps?.groups[0]?.points ?? []).map((one) => ({ value: one.point, label: one.title })),
  };
}

export function AnswerForm({ numbers, onDone }: { numbers: string[]; onDone: () => void }): JSX.Element {
  const [text, setText] = useState('');
  const [state, setState] = useState('');
  const [point, setPoint] = useState('');
  const [step, setStep] = useState('');
  const [bare, setBare] = useState('');
  const [saved, setSaved] = useState(false);
  const asked = useAsk('ties', ties);
  const acting = useAct();
  const same = { value: '', label: t('next.answer.same') };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const missing = state === 'declined' && !text.trim() ? 'next.answer.why' : !text.trim() && !state && !point && !step ? 'next.answer.nothing' : null;
    setBare(missing ? t(missing) : '');
    if (missing) return;
    const done = await acting.act(async () => {
      await command('suggestion answer', numbers, { text: text.trim(), state, point, step });
    });
    if (!done) return;
    setText('');
    setState('');
    setPoint('');
    setStep('');
    setSaved(true);
    onDone();
  };
  return (
    <form class="form" noValidate onSubmit={(event) => void send(event)}>
      <Field label={t('next.answer.text')} hint={t('next.answer.text.hint')} error={bare || undefined}>
        {(id, about) => <textarea id={id} dir="auto" aria-describedby={about} aria-invalid={bare ? true : undefined} value={text}
          onInput={(event) => { setText(event.currentTarget.value); setBare(''); setSaved(false); }} />}
      </Field>
      <SelectField label={t('next.answer.state')} value={state} onChange={setState} choices={[{ value: '', label: t('next.answer.state.auto') },
        ...states.map((one) => ({ value: one.state, label: t(one.title) }))]} />
      <SelectField label={t('next.answer.point')} value={point} onChange={setPoint} choices={[same, ...(asked.data?.points ?? [])]} />
      <SelectField label={t('next.answer.step')} value={step} onChange={setStep} choices={[same, ...(asked.data?.steps ?? [])]} />
      <Trouble problem={acting.problem} />
      {saved && <Notice kind="good"><p>{t('next.answer.saved')}</p></Notice>}
      <div class="acts"><Button kind="first" type="submit" busy={acting.busy}>{t('next.answer.save')}</Button></div>
    </form>
  );
}
