// SPDX-License-Identifier: GPL-3.0-or-later
// Taking an audience off the map, and why one stays.
import type { JSX } from 'preact';
import { useAct } from '../../lib/ask';
import { count } from '../../lib/format';
import { plural, t, together } from '../../lib/texts';
import { Button, Dialog, Trouble } from '../../parts/parts';
import type { FormLink } from '../ask/data';
import { answersOfAudience, idsOfAudience, saveMap, type Audience, type Saved, type Shown } from './map_edit';

// Of one that the house has declared; '': it can go. `links` null: which forms there are is not known yet, and then nothing
// goes. Answers that wait to be shown are in no count of the map: the forms count those who gave them.
export function whyStays(shown: Shown, one: Audience, links: FormLink[] | null): string {
  const answers = answersOfAudience(shown, one.id);
  if (answers > 0) return t(plural(answers, 'asked.stays.one', 'asked.stays.many'), { n: count(answers) });
  if (!links) return t('busy');
  const theirs = links.filter((link) => idsOfAudience(shown, one.id).includes(link.audience));
  const forms = theirs.reduce((sum, link) => sum + link.completed, 0);
  if (forms > 0) return t(plural(forms, 'asked.stays.form.one', 'asked.stays.form.many'), { n: count(forms) });
  const open = theirs.filter((link) => link.state === 'open' || link.state === 'early').map((link) => String(link.link));
  return open.length > 0 ? t(plural(open.length, 'asked.stays.link.one', 'asked.stays.link.many'), { links: together(open) }) : '';
}

interface LeaveProps { shown: Shown; audience: Audience; onClose: () => void; onSaved: (saved: Saved) => void }

export function Leave({ shown, audience, onClose, onSaved }: LeaveProps): JSX.Element {
  const acting = useAct();
  const name = audience.title ?? audience.id;
  const leave = (): void => void acting.act(async () => onSaved(await saveMap(shown, (map) => {
    const { [audience.id]: _, ...rest } = map.audiences ?? {};
    if (Object.keys(rest).length > 0) map.audiences = rest;
    else delete map.audiences;
  })));
  return (
    <Dialog title={t('asked.leave.title', { name })} onClose={onClose}>
      <div class="form">
        <p>{t('asked.leave.about')}</p>
        <Trouble problem={acting.problem} />
        <div class="acts">
          <Button kind="danger" busy={acting.busy} onClick={leave}>{t('asked.leave.do')}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
