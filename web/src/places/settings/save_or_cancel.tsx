// SPDX-License-Identifier: GPL-3.0-or-later
// The foot of a dialog that changes the map.
import type { JSX } from 'preact';
import type { Acting } from '../../lib/ask';
import { t } from '../../lib/texts';
import { Button, Trouble } from '../../parts/parts';

export function SaveOrCancel({ acting, onClose }: { acting: Acting; onClose: () => void }): JSX.Element {
  return (
    <>
      <Trouble problem={acting.problem} />
      <div class="acts">
        <Button kind="first" type="submit" busy={acting.busy}>{t('asked.save')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </>
  );
}
