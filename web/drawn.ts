// SPDX-License-Identifier: GPL-3.0-or-later
// The style sheet of the program's pages (src/report/page.css), for pages within ours: what it says of the whole
// page holds of `.drawn` alone, and their landmarks are called as parts.tsx calls them (Drawn).
import type { AcceptedPlugin } from 'postcss';

const landmarks: [RegExp, string][] = [
  [/(^|[\s>+~,(])main(?![\w-])/g, '$1.drawn-main'],
  [/(^|[\s>+~,(])header(?![\w-])/g, '$1.drawn-head'],
  [/(^|[\s>+~,(])footer(?![\w-])/g, '$1.drawn-foot'],
];

function within(selector: string): string {
  const named = landmarks.reduce((text, [from, to]) => text.replace(from, to), selector);
  if (named.startsWith(':root')) return named;
  const whole = /^(html|body)(\.[\w-]+)?/.exec(named);
  return whole ? `.drawn${whole[2] ?? ''}${named.slice(whole[0].length)}` : `.drawn ${named}`;
}

export function drawn(): AcceptedPlugin {
  return {
    postcssPlugin: 'drawn',
    Rule(rule) {
      if (!rule.source?.input.file?.endsWith('/report/page.css')) return;
      if (rule.parent?.type === 'atrule' && 'name' in rule.parent && rule.parent.name === 'page') return;
      if (Reflect.get(rule, 'drawn')) return;
      Reflect.set(rule, 'drawn', true);
      rule.selectors = rule.selectors.map(within);
    },
  };
}
