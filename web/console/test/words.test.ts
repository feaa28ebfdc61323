import { describe, expect, test } from 'vitest';
import { en } from '../src/words/en';
import { ja } from '../src/words/ja';
import { zhCN } from '../src/words/zh-CN';
import { preferred } from '../src/words/i18n';

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') out.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) out.set(inner, text);
  }
  return out;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map(([, name]) => name).sort();

/** The words of the rooms that come later, under the room's name. */
const files = import.meta.glob<Record<string, Tree>>('../src/words/*/later/*.ts', { eager: true });
const later = (language: string): Tree =>
  Object.fromEntries(Object.entries(files).filter(([file]) => file.includes(`/${language}/`)).flatMap(([, words]) => Object.entries(words)));
const english = flat({ ...en, ...later('en') });

describe.each([['ja', flat({ ...ja, ...later('ja') })], ['zh-CN', flat({ ...zhCN, ...later('zh-CN') })]])('%s', (_, words) => {
  test('has the same keys as English', () => {
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('has no empty text', () => {
    for (const [key, text] of words) expect(text.trim(), key).not.toBe('');
  });

  test('keeps every placeholder', () => {
    for (const [key, text] of words) expect(placeholders(text), key).toEqual(placeholders(english.get(key)!));
  });
});

test('English has no empty text', () => {
  for (const [key, text] of english) expect(text.trim(), key).not.toBe('');
});

test('a language chosen by hand comes before those of the browser', () => {
  expect(preferred('ja', ['en-GB'])).toBe('ja');
  expect(preferred(null, ['fr-FR', 'zh-Hans-CN', 'en'])).toBe('zh-CN');
  expect(preferred(null, ['fr'])).toBe('en');
});
