// SPDX-License-Identifier: GPL-3.0-or-later
import type { JSX } from 'preact';
import { useWay } from '../../lib/router';
import { t } from '../../lib/texts';
import { Heading } from '../../parts/parts';
import { ImportPage } from './import';
import { MapPage } from './map';

export function Ask(): JSX.Element {
  const way = useWay();
  if (way.parts[1] === 'import') return <ImportPage />;
  if (way.parts[1] === 'map') return <MapPage />;
  return <Heading title={t('place.ask')} />;
}
