import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Components that the files use and the styles lack. */
function missing(files: string[], styles: string): string[] {
  const used = new Set<string>();
  for (const file of files) {
    for (const [, names] of readFileSync(`src/${file}`, 'utf8').matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)) {
      for (const name of names!.split(',')) used.add(name.trim());
    }
  }
  return [...used].filter((name) => existsSync(`node_modules/@mantine/core/styles/${name}.css`) && !styles.includes(`/${name}.css`));
}

test('every Mantine component in use brings its styles', () => {
  const imported = readFileSync('src/app/mantine.css', 'utf8') + readFileSync('src/app/later.css', 'utf8');
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  expect(missing(files, imported)).toEqual([]);
});

test('what is there before any other page is loaded has its styles from the start', () => {
  const first = ['app/App.tsx', 'app/Gate.tsx', 'app/Doorstep.tsx', 'app/Callback.tsx', 'app/Broken.tsx', 'app/Shell.tsx', 'app/Navigation.tsx', 'start/StartPage.tsx', 'ui/PageHead.tsx', 'ui/Problem.tsx'];
  expect(missing(first, readFileSync('src/app/mantine.css', 'utf8'))).toEqual([]);
});
