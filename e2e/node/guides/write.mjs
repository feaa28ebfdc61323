// Writes the files of a guide of the console as a person would who copies them: write.mjs NAME FOLDER, the values in VALUES.
import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [name, folder] = process.argv.slice(2);
const guides = fileURLToPath(new URL('../../../web/console/src/guides', import.meta.url));
const { outputFiles } = await build({
  stdin: {
    contents: `export { guide } from './content/${name}'; export { fill } from './guide';`,
    resolveDir: guides,
  },
  bundle: true,
  format: 'esm',
  write: false,
});
const { guide, fill } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);

const values = JSON.parse(process.env.VALUES);
for (const { blocks = [] } of guide.steps) {
  for (const { file, code } of blocks.filter((block) => block.file)) {
    const path = join(folder, fill(file, values));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fill(code, values) + '\n');
  }
}
