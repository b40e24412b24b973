// SPDX-License-Identifier: GPL-3.0-or-later
// A service of 60 moments in eight transactions, with the long words of German offices and a few titles in Arabic:
// `writeMany(dir)` writes map.yaml and ratings.csv, always the same.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const transactions = [
  ['Terminvereinbarung', 7], ['Antragstellung im Bürgerservicezentrum', 9], ['Auftragsbestätigungsverfahren', 8],
  ['Zuständigkeitsklärung', 8], ['Wartebereich und Aufrufanlage', 10], ['Gebührenentrichtung', 8], ['التسليم والاستلام', 9], ['Abschied', 1]];
const titles = ['Empfangsbestätigung', 'Sachbearbeitungsgespräch', 'Grundstücksverkehrsgenehmigungszuständigkeit', 'Formular',
  'Hinweistafel am Eingang', 'Rechtsbehelfsbelehrung', 'Wartezeitanzeige', 'الوثائق المطلوبة', 'Bescheid in leichter Sprache', 'Auskunft'];

export function writeMany(dir) {
  const map = ['parallax: 1', 'title: Bürgeramt', 'language: de', 'audiences:', '  leader: {population: 9}', 'journeys:',
    '  - id: weg', '    title: Weg durchs Amt', '    transactions:'];
  const points = [];
  transactions.forEach(([title, n], t) => {
    map.push(`      - id: t${t}`, `        title: ${title}`, '        points:');
    for (let i = 0; i < n; i++) {
      const id = `t${t}-p${i}`;
      map.push(`          - id: ${id}`, `            title: ${titles[(t + i) % titles.length]} ${t + 1}.${i + 1}`);
      points.push(id);
    }
  });
  const rows = ['audience,respondent,time,place,point,level'];
  let seed = 7;
  const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  const level = (mean) => Math.min(6, Math.max(1, Math.round(mean + 2 * (random() + random() - 1))));
  points.forEach((point, p) => {
    const base = 2.2 + 1.8 * Math.abs(Math.sin(p * 0.7));
    for (let i = 1; i <= 9; i++) rows.push(`leader,l${i},2026-05-04,,${point},${level(base + (p % 3 === 0 ? 1.6 : 0.3))}`);
    for (let i = 1; i <= 60; i++) rows.push(`customer,c${i},2026-05-${String(1 + i % 28).padStart(2, '0')},${i % 2 ? 'Mitte' : 'Süd'},${point},${level(base)}`);
    if (p % 2) for (let i = 1; i <= 12; i++) rows.push(`staff,s${i},2026-05-05,,${point},${level(base + 0.4)}`);
  });
  writeFileSync(join(dir, 'map.yaml'), `${map.join('\n')}\n`);
  writeFileSync(join(dir, 'ratings.csv'), `${rows.join('\n')}\n`);
}
