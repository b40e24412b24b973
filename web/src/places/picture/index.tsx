// SPDX-License-Identifier: GPL-3.0-or-later
// The picture (home), and what lies one step behind it: a point's evidence, the other readings, two sides compared.
import type { JSX } from 'preact';
import { useWay } from '../../lib/router';
import { Compare } from './compare';
import { Home } from './home';
import { Point } from './point';
import { Reading } from './reading';

export function Picture(): JSX.Element {
  const way = useWay();
  const [what, which] = way.parts;
  if (what === 'point' && which) return <Point key={which} id={which} />;
  if (what === 'reading' && which) return <Reading key={which} name={which} />;
  if (what === 'compare') return <Compare />;
  return <Home />;
}
