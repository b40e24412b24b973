// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the papers share: TAP, maps, axe-core, sheets counted.
export { violations } from './axe.mjs';

let count = 0;
let failed = 0;

export function check(ok, name, detail = '') {
  count += 1;
  if (!ok) failed += 1;
  console.log(`${ok ? 'ok' : 'not ok'} ${count} - ${name}`);
  if (!ok && detail) for (const line of String(detail).split('\n')) console.log(`# ${line}`);
}

export function finish() {
  console.log(`1..${count}`);
  process.exit(failed ? 1 : 0);
}

// A map of so many points in stretches of six.
export function map(points) {
  const lines = ['parallax: 1', 'title: House', 'journeys:', '  - title: A stay', '    transactions:'];
  for (let i = 0; i < points; i += 1) {
    if (i % 6 === 0) lines.push(`      - title: Stretch ${i / 6 + 1}`, '        points:');
    lines.push(`          - Moment ${i + 1}`);
  }
  return `${lines.join('\n')}\n`;
}

export async function sheets(page, format) {
  const pdf = (await page.pdf({ format })).toString('latin1');
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
