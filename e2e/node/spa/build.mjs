// Builds the browser programs into dist/; what they need to know they ask the server that serves them.
import { build } from 'esbuild';
import { copyFileSync } from 'node:fs';

const folder = new URL('.', import.meta.url).pathname;
await build({
  absWorkingDir: folder,
  entryPoints: ['angular.ts', 'react.jsx', 'vanilla.js', 'vue.js'],
  bundle: true,
  format: 'esm',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true } }, // Angular's
  minify: true,
  outdir: 'dist',
});
copyFileSync(folder + 'index.html', folder + 'dist/index.html');
