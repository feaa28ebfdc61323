import { describe, expect, test } from 'vitest';
import { frameworks, matching } from '../src/guides/frameworks';
import { fill, runnable, type Guide, type Values } from '../src/guides/guide';
import { loadGuide } from '../src/guides/GuidePage';
import { highlight } from '../src/guides/highlight';
import { marks } from '../src/guides/marks';
import { uriFault } from '../src/ui/uris';
import { en } from '../src/words/en';

const valuesOf = (guide: Guide): Values => ({
  endpoint: 'http://localhost:3001',
  appId: 'qwertyuiopasdfghjklzx',
  appSecret: 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3',
  redirectUri: guide.redirectUri ?? '',
  postSignOutUri: guide.postSignOutUri ?? '',
  random: '0123456789abcdef0123456789abcdef',
});

test('there are at least sixteen frameworks, and Flask is the first of the traditional ones', () => {
  expect(frameworks.length).toBeGreaterThanOrEqual(16);
  expect(frameworks.find(({ type }) => type === 'Traditional')?.id).toBe('flask');
});

test('ticking Traditional web leaves only traditional frameworks; no tick leaves all', () => {
  const line = (id: keyof typeof en.guides.lines) => en.guides.lines[id];
  expect(new Set(matching('', ['Traditional'], line).map(({ type }) => type))).toEqual(new Set(['Traditional']));
  expect(matching('', [], line)).toHaveLength(frameworks.length);
  expect(matching('PYTHON cookie', [], line).map(({ id }) => id)).toEqual(['flask']);
});

describe.each(frameworks.map(({ id, type }) => [id, type] as const))('%s', (id, type) => {
  test('every placeholder of the code is filled, and what it needs is in it', async () => {
    const guide = await loadGuide(id);
    const values = valuesOf(guide);
    const blocks = guide.steps.flatMap((step) => (step.kind === 'code' ? step.blocks : []));
    const all = blocks.map(({ code, file = '' }) => `${fill(file, values)}\n${fill(code, values)}`).join('\n');
    expect(all).not.toMatch(/@@/);
    expect(all).toContain(values.endpoint);
    expect(all).toContain(values.appId);
    if (type === 'Traditional' || type === 'MachineToMachine') expect(all).toContain(values.appSecret);
    else expect(all).not.toContain(values.appSecret);
    for (const { code, lang } of blocks) expect(highlight(fill(code, values), lang)).toBeTruthy();
  });

  test('the addresses proposed are acceptable and there is a place to save them', async () => {
    const guide = await loadGuide(id);
    const interactive = type !== 'MachineToMachine';
    expect(guide.steps.some(({ kind }) => kind === 'uris')).toBe(interactive);
    expect(guide.steps.some(({ kind }) => kind === 'access')).toBe(!interactive);
    if (interactive) expect(uriFault(guide.redirectUri!)).toBeNull();
    if (guide.postSignOutUri) expect(uriFault(guide.postSignOutUri)).toBeNull();
    expect(marks[id].path).toMatch(/^[Mm]/);
  });
});

test('code follows the addresses that are set', async () => {
  const guide = await loadGuide('flask');
  const values = { ...valuesOf(guide), redirectUri: 'https://books.example:8443/auth/back' };
  const code = guide.steps.flatMap((step) => (step.kind === 'code' ? step.blocks : [])).map((block) => fill(block.code, values)).join('\n');
  expect(code).toContain('redirectUri="https://books.example:8443/auth/back"');
  expect(code).toContain('@app.route("/auth/back")');
  expect(code).toContain('--port 8443');
});

test('an address cannot leave the string it is pasted into', () => {
  const values = { ...valuesOf({ steps: [] }), redirectUri: 'https://example.com/"+exec("x")+\'`${y}' };
  expect(fill('a="@@redirectUri@@"', values)).not.toMatch(/["'`$].*["'`$].*["'`$]/);
});

test('a guide is for the reader’s own machine where an address of it is registered', () => {
  expect(runnable(['https://shop.example/callback', 'http://localhost:8000/callback'])).toBe('http://localhost:8000/callback');
  expect(runnable(['https://localhost.example/callback'])).toBe('https://localhost.example/callback');
  expect(runnable([])).toBeUndefined();
});
