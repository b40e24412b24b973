// SPDX-License-Identifier: GPL-3.0-or-later
// Of the reading of gaps: who has said too little about which moment. Pure.

interface Voice { n: number | null; suppressed: unknown; complete: boolean }
interface Gap { a: string; b: string; verdict: string; answers_needed: number | null; answers_of: string | null }
interface GapPoint { point: string; title: string; journey: string | null; voices: Record<string, Voice>; gaps: Gap[] }
export interface Gaps {
  audiences: string[];
  served: string[];
  titles: Record<string, string>;
  groups: { key: string; points: GapPoint[] }[];
}

export interface Missing {
  audience: string;
  n: number; // answers so far that are shown
  more: number | null; // about so many more; null: nobody can say
  hidden: boolean; // too few to be shown at all
}
export interface Need { point: string; title: string; journey: string | null; missing: Missing[] }

// Of those who are served, and of those who have spoken of other moments; visits are made to some moments only.
function missingOf(point: GapPoint, wanted: string[]): Missing[] {
  const found = new Map<string, Missing>();
  const add = (audience: string, more: number | null): void => {
    const voice = point.voices[audience];
    const before = found.get(audience);
    found.set(audience, {
      audience, n: voice?.n ?? 0, hidden: Boolean(voice?.suppressed),
      more: Math.max(before?.more ?? 0, more ?? 0) || null });
  };
  for (const audience of wanted) if (!point.voices[audience] || point.voices[audience]?.suppressed) add(audience, null);
  for (const gap of point.gaps.filter((one) => one.verdict === 'not_enough_yet')) {
    // All of them have spoken where the voice is complete: it is the other who can say more.
    const can = [gap.a, gap.b].filter((audience) => !point.voices[audience]?.complete);
    const least = can.sort((a, b) => (point.voices[a]?.n ?? 0) - (point.voices[b]?.n ?? 0))[0];
    const who = gap.answers_of ?? least;
    if (who) add(who, gap.answers_of === who ? gap.answers_needed : null);
  }
  return [...found.values()];
}

// Those first that lack most voices, then those with the fewest answers.
export function needsOf(gaps: Gaps): Need[] {
  const wanted = [...new Set([...gaps.served, ...gaps.audiences])].filter((one) => one !== 'shopper');
  const least = (need: Need): number => Math.min(...need.missing.map((one) => one.n));
  return (gaps.groups[0]?.points ?? [])
    .map((point) => ({ point: point.point, title: point.title, journey: point.journey, missing: missingOf(point, wanted) }))
    .filter((need) => need.missing.length > 0)
    .sort((a, b) => b.missing.length - a.missing.length || least(a) - least(b));
}
