// SPDX-License-Identifier: GPL-3.0-or-later
import type { JSX } from 'preact';
import { t } from '../../lib/texts';
import { Heading } from '../../parts/parts';

export function Next(): JSX.Element {
  return <Heading title={t('place.next')} />;
}
