import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { KeysPage } from '../src/keys/KeysPage';
import { isLifetime, split } from '../src/sessions/lifetime';
import { SessionsPage } from '../src/sessions/SessionsPage';
import { keys } from '../src/words/en/later/keys';
import { sessions } from '../src/words/en/later/sessions';
import { eventually, field, json, pause, prepare, press, show, type as enter, type Call } from './page';

const current = { id: 'kid-1', createdAt: 1_700_000_000, kind: 'P-384', algorithm: 'ES384', signingKeyAlgorithm: 'EC', status: 'Current' };
let calls: Call[] = [];

beforeAll(() =>
  prepare({ keys, sessions }, (call) => {
    if (call.method !== 'GET') calls.push(call);
    if (call.path === '/configs/oidc/session') return json({ ttl: call.body?.ttl ?? 1_209_600 });
    if (call.path.endsWith('/import')) return json({ code: 'oidc.private_key_unusable', message: 'This key cannot be used.' }, 422);
    return json(call.path.includes('cookie') ? [{ id: 'c1', createdAt: 1_700_000_000 }] : [current]);
  }));

beforeEach(() => void (calls = []));

describe('keys', () => {
  test('each key is shown with its kind and algorithm', async () => {
    await show('/signing-keys', '/signing-keys', <KeysPage />);
    await eventually('P-384 (ES384)');
  });

  test('what fits on one page is not counted in sight, only said; there is nowhere to turn to', async () => {
    await show('/signing-keys', '/signing-keys', <KeysPage />);
    await eventually('1–1 of 1');
    const counts = [...document.querySelectorAll('[aria-live]')];
    expect(counts.map((each) => each.textContent)).toEqual(['1–1 of 1', '1–1 of 1']);
    for (const each of counts) expect(each.querySelector('.mantine-VisuallyHidden-root')?.textContent).toBe('1–1 of 1');
    expect(document.querySelector('nav')).toBeNull();
  });

  test('a key is imported by its PEM, and a refusal is shown', async () => {
    await show('/signing-keys', '/signing-keys', <KeysPage />);
    await eventually('kid-1');
    await press('Import key');
    await eventually('Import a private key');
    await enter(field('pem'), '-----BEGIN PRIVATE KEY-----');
    await press('Schedule rotation');
    await eventually('This key cannot be used.');
    expect(calls[0]).toMatchObject({ path: '/configs/oidc/private-keys/import', body: { pem: '-----BEGIN PRIVATE KEY-----', rotationGracePeriod: 86_400 } });
    expect(calls[0]!.body.signingKeyAlgorithm).toBeUndefined();
  });
});

describe('the lifetime of sessions', () => {
  test('is shown in the largest unit that fits', () => {
    expect([1_209_600, 7_200, 90, 1].map(split)).toEqual([{ amount: 14, unit: 'days' }, { amount: 2, unit: 'hours' }, { amount: 2, unit: 'minutes' }, { amount: 1, unit: 'minutes' }]);
  });

  test('is from a minute to a year', () => {
    expect([isLifetime(1, 'minutes'), isLifetime(365, 'days'), isLifetime('12', 'hours')]).toEqual([true, true, true]);
    expect([isLifetime(0, 'days'), isLifetime('', 'days'), isLifetime(366, 'days'), isLifetime(1.5, 'hours')]).toEqual([false, false, false, false]);
  });

  test('is saved in seconds', async () => {
    await show('/sessions', '/sessions', <SessionsPage />);
    await eventually('Ends after');
    await enter(field('amount'), '7');
    await press('Save changes');
    await pause();
    expect(calls[0]?.body).toEqual({ ttl: 604_800 });
  });
});
