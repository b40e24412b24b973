// SPDX-License-Identifier: GPL-3.0-or-later
// Asked first: what happens, and the button that does it. What asks it has dots ("Remove…"), `act` has none.
import type { JSX } from 'preact';
import { useAct } from '../lib/ask';
import { t } from '../lib/texts';
import { Button, Dialog, Trouble } from './parts';

interface ConfirmProps {
  title: string;
  about: string;
  act: string;
  kind?: 'first' | 'danger';
  run: () => Promise<void>;
  onClose: () => void;
}

export function Confirm({ title, about, act, kind = 'danger', run, onClose }: ConfirmProps): JSX.Element {
  const acting = useAct();
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="form">
        <p>{about}</p>
        <Trouble problem={acting.problem} />
        <div class="acts">
          <Button kind={kind} busy={acting.busy} onClick={() => void acting.act(run)}>{act}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
