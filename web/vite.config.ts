// SPDX-License-Identifier: GPL-3.0-or-later
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { drawn } from './drawn';

// What the bundle was made of, for ninja: it is made anew when one of these changes, or a new one is named.
function depfile(): Plugin {
  return {
    name: 'depfile',
    generateBundle() {
      const files = [...this.getModuleIds()].map((id) => id.split('?')[0] ?? '').filter((id) => id.startsWith('/'));
      const names = [...new Set(files)].sort().map((file) => file.replace(/ /g, '\\ '));
      this.emitFile({ type: 'asset', fileName: 'app.js.d', source: `web/app.js: ${names.join(' ')}\n` });
    },
  };
}

// One script and one style sheet, under the names that the server knows; it adds the hash of their content.
export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  plugins: [depfile()],
  css: { postcss: { plugins: [drawn()] } },
  build: {
    target: 'es2021',
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: fileURLToPath(new URL('src/main.tsx', import.meta.url)), // wherever it is called
      output: { entryFileNames: 'app.js', assetFileNames: 'app.[ext]', inlineDynamicImports: true },
    },
  },
});
