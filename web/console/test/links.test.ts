import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * React escapes text, but an address is run where it is a javascript: one. So each place where one that is not written in the
 * code becomes a link, a frame or a window is known, with what keeps foreign words out of it (XS2).
 */
const known: Record<string, string> = {
  'experience/OwnPagesTab.tsx': 'begins with our own origin',
  'experience/Preview.tsx': 'an address of our own pages',
  'connectors/TemplateModal.tsx': 'a frame that may do nothing: sandbox without a word in it',
  'guides/CodeBlock.tsx': 'markup that the highlighter has made of text, with that text escaped',
  'guides/GuidePage.tsx': 'a place on the page',
  'guides/StepCard.tsx': 'the origin of an address, which for javascript: is the word null',
  'sso/TestButton.tsx': 'from our API; the server takes no endpoint of a provider that is not http(s)',
  'app/session.ts': 'an address of our own, made by the sign-in library',
  'app/Gate.tsx': 'written in the code'
};

const dynamic = /\b(href|formAction|srcDoc)=\{|<iframe|dangerouslySetInnerHTML|innerHTML|window\.open\(|location\.(assign|replace)\(|location\.href\s*=[^=]/;

test('every place where an address becomes a link is known', () => {
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('guides/content/'))
    .filter((name) => dynamic.test(readFileSync(`src/${name}`, 'utf8')));
  expect(found.filter((name) => !(name in known))).toEqual([]);
  expect(Object.keys(known).filter((name) => !found.includes(name))).toEqual([]);
});

test('the origin of an address that would be run is no address', () => {
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'com.example.app:/callback']) expect(new URL(bad).origin).toBe('null');
});

test('the highlighter escapes what it is given', async () => {
  const { highlight } = await import('../src/guides/highlight');
  const text = '</code><img src=x onerror=alert(1)>"\'`${x}';
  for (const lang of ['typescript', 'bash', 'python', 'html'] as const) expect(highlight(`a = "${text}" # ${text}`, lang)).not.toMatch(/<(?!\/?span\b)/);
});
