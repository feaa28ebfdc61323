import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every Mantine component in use brings its styles', () => {
  const imported = readFileSync('src/app/mantine.css', 'utf8');
  const used = new Set<string>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))) {
    for (const [, names] of readFileSync(`src/${file}`, 'utf8').matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)) {
      for (const name of names!.split(',')) used.add(name.trim());
    }
  }
  const missing = [...used].filter((name) => existsSync(`node_modules/@mantine/core/styles/${name}.css`) && !imported.includes(`/${name}.css`));
  expect(missing).toEqual([]);
});
