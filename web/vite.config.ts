// SPDX-License-Identifier: GPL-3.0-or-later
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { drawn } from './drawn';
import { packed } from './packed';

// Places that are loaded when one goes there (src/parts/later.tsx), under the names that the server knows (src/serve/asset.c).
const later = ['settings', 'map'];

// What the bundle was made of, for ninja: it is made anew when one of these changes, or a new one is named.
function depfile(): Plugin {
  return {
    name: 'depfile',
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk' && !part.isEntry && !later.includes(part.fileName.replace('.js', '')))
          this.error(`${part.fileName}: what two parts share would be a file that nobody serves`);
      }
      const files = [...this.getModuleIds(), ...this.getWatchFiles()].map((id) => id.split('?')[0] ?? '').filter((id) => id.startsWith('/'));
      const names = [...new Set(files)].sort().map((file) => file.replace(/ /g, '\\ '));
      this.emitFile({ type: 'asset', fileName: 'app.js.d', source: `web/app.js: ${names.join(' ')}\n` });
    },
  };
}

const file = (name: string): string => fileURLToPath(new URL(`src/${name}`, import.meta.url)); // wherever it is called
const languages = ['en', 'de', 'es', 'fr', 'ar', 'zh'];

// One script with what is loaded later, one style sheet and the texts of each language, under the names that the server
// knows; it adds the hash of their content.
export default defineConfig({
  esbuild: { jsx: 'transform', jsxFactory: 'h', jsxFragment: 'Fragment', jsxInject: "import { h, Fragment } from 'preact'" },
  plugins: [depfile(), packed()],
  css: { postcss: { plugins: [drawn()] } },
  build: {
    target: 'es2021',
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: { app: file('main.tsx'), ...Object.fromEntries(languages.map((code) => [`texts-${code}`, file(`texts/${code}.ts`)])) },
      output: {
        entryFileNames: '[name].js',
        assetFileNames: 'app.[ext]',
        chunkFileNames: (chunk) => `${later.find((name) => chunk.facadeModuleId?.endsWith(`/${name}/index.tsx`)) ?? `shared-${chunk.name}`}.js`,
      },
    },
  },
});
