// SPDX-License-Identifier: GPL-3.0-or-later
// The picture (home), and what lies one step behind it: a point's evidence, the other readings, two sides compared.
import type { JSX } from 'preact';
import { useWay } from '../../lib/router';
import { Lost } from '../../parts/lost';
import { Compare } from './compare';
import { Home } from './home';
import { Point } from './point';
import { Reading } from './reading';
import { readings } from './readings';

export function Picture(): JSX.Element {
  const way = useWay();
  const [what, which] = way.parts;
  if (what === 'point' && which) return <Point key={which} id={which} />;
  if (what === 'reading' && which && readings.some((one) => one.name === which)) return <Reading key={which} name={which} />;
  if (what === 'compare' && !which) return <Compare />;
  return what ? <Lost /> : <Home />;
}
