// Bundles a guide's program for the browser and serves it: spa.mjs FOLDER ENTRY, in the place of Vite.
import { build } from 'esbuild';
import express from 'express';
import { readFileSync, writeFileSync } from 'node:fs';
import { compileScript, parse } from 'vue/compiler-sfc';

const [folder, entry] = process.argv.slice(2);
const vue = {
  name: 'vue',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.vue$/ }, ({ path }) => {
      const { descriptor } = parse(readFileSync(path, 'utf8'), { filename: path });
      return { contents: compileScript(descriptor, { id: path, inlineTemplate: true }).content, loader: 'ts' };
    }),
};
await build({
  absWorkingDir: folder,
  entryPoints: { main: entry },
  bundle: true,
  format: 'esm',
  jsx: 'automatic',
  plugins: [vue],
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true } }, // Angular's
  outdir: 'out',
});
const page = folder + '/out/index.html';
const hosts = '<div id="root"></div><div id="app"></div><app-root></app-root>';
writeFileSync(page, `<!doctype html>${hosts}<script type="module" src="/main.js"></script>`);
const app = express();
app.use(express.static(folder + '/out'));
app.get('/{*path}', (request, response) => response.sendFile(page));
app.listen(Number(process.env.PORT), '127.0.0.1');
