import { launch } from './browser.mjs';
const [out, dir, ...names] = process.argv.slice(2);
const b = await launch(); const p = await (await b.newContext({ viewport: { width: 1500, height: 300 } })).newPage();
import { writeFileSync } from 'node:fs';
writeFileSync('/tmp/walkx/sheet.html', `<body style="margin:0;display:grid;grid-template-columns:repeat(4,1fr);gap:8px;background:#888">${names.map((n) => `<img src="file://${dir}/${n}.png" style="max-width:100%;display:block">`).join('')}`);
await p.goto('file:///tmp/walkx/sheet.html'); await p.waitForTimeout(300);
await p.screenshot({ path: out, fullPage: true }); await b.close();
