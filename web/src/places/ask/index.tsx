// SPDX-License-Identifier: GPL-3.0-or-later
import type { JSX } from 'preact';
import { t } from '../../lib/texts';
import { useWay } from '../../lib/router';
import { Heading } from '../../parts/parts';
import { ImportPage } from './import';

export function Ask(): JSX.Element {
  if (useWay().parts[1] === 'import') return <ImportPage />;
  return <Heading title={t('place.ask')} />;
}
