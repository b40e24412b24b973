// SPDX-License-Identifier: GPL-3.0-or-later
// A step is written down before it starts: the form, filled in from the proposal; or the plan of a step, amended.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { command, type Done, type Problem } from '../../lib/api';
import { useAct, useAsk } from '../../lib/ask';
import { go, Link, useWay } from '../../lib/router';
import { may, session } from '../../lib/session';
import { t } from '../../lib/texts';
import { Busy, Button, CommandLine, Heading, Notice, Trouble } from '../../parts/parts';
import { fieldOf, optionsOf, plain, planOf, planOfStep, type Field, type Plan } from './plan';
import { Preview } from './preview';
import { HowLong, Finer, What, Where } from './register_fields';
import type { NextReading, Planned, Proposal, Step } from './types';

// What the form begins with.
interface Start {
  proposals: Proposal[];
  amended: Step | null;
  plan: Plan;
}

async function begin(point: string, repair: string, amend: string): Promise<Start> {
  if (amend) {
    const step = (await command<Step>('step show', [amend])).document;
    return { proposals: [], amended: step, plan: planOfStep(step) };
  }
  const { proposals } = (await command<NextReading>('next')).document;
  const found = proposals.find((one) => one.point === point && (!repair || one.repair === repair))
    ?? (point ? null : proposals[0] ?? null);
  return { proposals, amended: null, plan: planOf(found, point) };
}

// Asks the program what it would say of the plan, half a second after the last change.
function useTrial(plan: Plan, amended: Step | null): { done: Done<Planned> | null; problem: Problem | null; busy: boolean } {
  const key = JSON.stringify(plan);
  const [settled, settle] = useState(key);
  useEffect(() => {
    const timer = window.setTimeout(() => settle(key), 500);
    return () => window.clearTimeout(timer);
  }, [key]);
  const asked = useAsk(settled, () => send(JSON.parse(settled) as Plan, amended, true));
  return { done: asked.data, problem: asked.problem, busy: asked.busy || settled !== key };
}

function send(plan: Plan, amended: Step | null, trial: boolean): Promise<Done<Planned>> {
  const options = { ...optionsOf(plan, amended !== null), ...(trial ? { 'dry-run': true } : {}) };
  return amended ? command<Planned>('step amend', [String(amended.step)], options) : command<Planned>('step add', [], options);
}

export interface FormProps {
  plan: Plan;
  change: (changes: Partial<Plan>) => void;
  error: (field: Field) => string | undefined;
}

// What is being filled in outlives a reload, and a look at another page; not that of a step that is there, which others may change.
function kept(name: string | null): Plan | null {
  const text = name === null ? null : window.sessionStorage.getItem(name);
  return text === null ? null : JSON.parse(text) as Plan;
}

function Form({ start, name }: { start: Start; name: string | null }): JSX.Element {
  const [plan, setPlan] = useState(() => kept(name) ?? start.plan);
  const forget = (): void => { if (name !== null) window.sessionStorage.removeItem(name); };
  const { amended } = start;
  const trial = useTrial(plan, amended);
  const saving = useAct();
  const problem = saving.problem ?? trial.problem;
  const unchanged = amended !== null && !!trial.problem && /nothing was changed/.test(trial.problem.message);
  const [tried, setTried] = useState(false);
  const unsaid = tried && amended === null && plan.note.trim() === ''; // nobody could do the same, nor say later what it was
  const about = problem && !unchanged ? fieldOf(problem.message) : null;
  const form: FormProps = {
    plan,
    change: (changes) => {
      saving.clear();
      setPlan((before) => {
        const after = { ...before, ...changes };
        if (name !== null) window.sessionStorage.setItem(name, JSON.stringify(after));
        return after;
      });
    },
    error: (field) => (unsaid && field === 'note' ? t('next.reg.note.needed') : about === field && problem ? plain(problem.message) : undefined),
  };
  const mend = (): void => void window.setTimeout(() => document.querySelector<HTMLElement>('.register [aria-invalid]')?.focus(), 0);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (amended === null && plan.note.trim() === '') {
      mend();
      return;
    }
    const done = await saving.act(async () => {
      const written = await send(plan, amended, false);
      forget();
      go(`/app/next/steps/${written.document.step}`);
    });
    if (!done) mend();
  };
  return (
    <form class="register" noValidate onSubmit={(event) => void save(event)}>
      <div class="register-fields">
        <What form={form} proposals={start.proposals} known={trial.done?.document ?? null} fixed={amended} />
        <Where form={form} places={trial.done?.document.places_known ?? []} />
        <HowLong form={form} known={trial.busy || about ? null : trial.done?.document ?? null} />
        <Finer form={form} />
      </div>
      <aside class="register-side" aria-label={t('next.pre.title')}>
        <Preview plan={plan} begin={(start) => form.change({ start })} trial={trial.done?.document ?? null} busy={trial.busy} problem={unchanged || about ? null : trial.problem}
          incomplete={about !== null} unchanged={unchanged} />
        {trial.done && <CommandLine line={trial.done.line.replace(/ --dry-run/, '')} />}
      </aside>
      <div class="register-acts">
        {saving.problem && !about && <Trouble problem={saving.problem} />}
        {(about || unsaid) && <p class="error-text">{t('next.pre.incomplete')}</p>}
        <div class="acts">
          <Button kind="first" type="submit" busy={saving.busy} disabled={unchanged}>{t(amended ? 'next.reg.amend' : 'next.reg.save')}</Button>
          <Link class="button quiet" to={amended ? `/app/next/steps/${amended.step}` : '/app/next'} onClick={forget}>{t('cancel')}</Link>
        </div>
      </div>
    </form>
  );
}

export function Register(): JSX.Element {
  const way = useWay();
  const [point, repair, amend] = ['point', 'repair', 'amend'].map((name) => way.query.get(name) ?? '') as [string, string, string];
  const allowed = may('analyst');
  const asked = useAsk(`${point} ${repair} ${amend}`, async () => (allowed ? begin(point, repair, amend) : null));
  return (
    <>
      <Heading title={amend ? t('next.reg.title.amend', { n: amend }) : t('next.reg.title')} lead={t(amend ? 'next.reg.lead.amend' : 'next.reg.lead')} />
      {!allowed && <Notice title={t('next.not.may')}><p>{t('next.not.plan')}</p></Notice>}
      <Trouble problem={asked.problem} again={asked.again} />
      {allowed && asked.busy && !asked.data && <Busy what={t('next.busy')} />}
      {asked.data && <Form start={asked.data} name={amend ? null : `plan ${session.login} ${point} ${repair}`} />}
    </>
  );
}
