// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { UserPage } from '../src/users/UserPage';
import { deviceOf } from '../src/users/device';
import { batches, readUsers } from '../src/users/importing';
import { organizations } from '../src/words/en/later/organizations';
import { people } from '../src/words/en/later/people';
import { eventually, field, json, paged, prepare, press, show, text, type, type Call } from './page';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
let ada: Record<string, unknown>;
let version: number;
let tokens: Record<string, unknown>[];
let factors: Record<string, unknown>[];
let sent: string[];

const session = {
  payload: { uid: 'browser1', loginTs: 1_700_000_000, iat: 1_700_000_000, exp: 1_800_000_000, authorizations: { app1: { grantId: 'g1' } } },
  lastSubmission: { interactionEvent: 'SignIn', userId: 'ada', verificationRecords: [], signInContext: { ip: '203.0.113.9', userAgent: firefox } },
  clientId: 'app1', accountId: 'ada', expiresAt: 1_800_000_000_000,
};
const grant = { id: 'g1', payload: { iat: 1_700_000_000 }, expiresAt: 1_800_000_000_000, application: { id: 'app1', name: 'Bookstore' } };

function answer(call: Call): Response {
  const { method, path, body, ifMatch } = call;
  if (method !== 'GET') sent.push(`${method} ${path}${call.query.size > 0 ? `?${call.query}` : ''} ${JSON.stringify(body ?? null)}`);
  if (path === '/users/ada' && method === 'PATCH') {
    if (ifMatch !== `W/"${version}"`) return json({ code: 'entity.changed_meanwhile', message: 'Changed.' }, 412);
    ada = { ...ada, ...body };
    version++;
  }
  if (path === '/users/ada') return json(ada, 200, { ETag: `W/"${version}"` });
  if (path === '/users/ada/has-password') return json({ hasPassword: true });
  if (path === '/users/ada/mfa-verifications') {
    if (method === 'GET') return json(factors);
    factors = [{ id: 'f1', type: 'Totp', createdAt: '2026-01-01T00:00:00Z' }];
    return json({ type: 'Totp', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', secretQrCode: 'data:image/png;base64,' });
  }
  if (path === '/users/ada/personal-access-tokens' && method === 'GET') return json(tokens);
  if (path === '/users/ada/personal-access-tokens' && method === 'POST') {
    tokens = [{ ...body, value: 'pat_made', createdAt: 1, expiresAt: body.expiresAt ?? null }];
    return json(tokens[0], 201);
  }
  if (path === '/users/ada/sessions') return json({ sessions: [session] });
  if (path === '/users/ada/grants') return json({ grants: [grant] });
  if (path === '/users/ada/roles' && method === 'GET') return paged([{ id: 'r1', name: 'Reader', description: 'Reads', type: 'User' }], call);
  if (path === '/users/ada/organizations') return paged([{ id: 'acme', name: 'Acme', organizationRoles: [{ id: 'admin', name: 'Admin' }] }], call);
  if (path === '/applications/app1') return json({ id: 'app1', name: 'Bookstore' });
  return json(undefined, 204);
}

vi.setConfig({ testTimeout: 30_000 });
beforeAll(() => prepare({ organizations, people }, answer));
beforeEach(() => {
  ada = { id: 'ada', name: 'Ada', username: 'ada', primaryEmail: null, primaryPhone: null, avatar: null, profile: { nickname: 'A' }, customData: {}, identities: { google: { userId: 'g-42' } }, createdAt: 1, isSuspended: false };
  [version, tokens, factors, sent] = [0, [], [], []];
});

const open = (tab: string) => show(`/users/ada/${tab}`, '/users/:id/:tab?', <UserPage />);

test('who was slower is told, and what was typed stays', async () => {
  await open('settings');
  await eventually('Second factors');
  expect(text()).toContain('g-42');
  await type(field('givenName'), 'Augusta');
  ada = { ...ada, name: 'Ada Lovelace' };
  version++;
  await eventually('You have unsaved changes');
  await press('Save changes');
  await eventually('Another administrator has changed this meanwhile');
  await press('Load newest version');
  await press('Save changes');
  expect(ada).toMatchObject({ name: 'Ada Lovelace', profile: { nickname: 'A', givenName: 'Augusta' } });
});

test('a key is shown once, with its picture', async () => {
  await open('settings');
  await eventually('No second factor is set up.');
  await press('Add authenticator app');
  await eventually('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  expect(sent).toEqual(['POST /users/ada/mfa-verifications {"type":"Totp"}']);
});

test('a session names the browser, where it is, and is ended with what outlives it where that is wanted', async () => {
  await open('sessions');
  await eventually('Firefox on Linux');
  expect(text()).toContain('203.0.113.9');
  await press('Sign out everywhere');
  await eventually('Ends 1 session.');
});

test('applications that were let in, roles and organizations are listed', async () => {
  await open('grants');
  await eventually('Bookstore');
  await open('roles');
  await eventually('Reader');
  await open('organizations');
  await eventually('Acme');
  expect(text()).toContain('Admin');
});

test('a token is made with an end, shown, and hidden in the list', async () => {
  await open('tokens');
  await eventually('No tokens yet');
  await press('Create token');
  await eventually('Create personal access token');
  await type(document.querySelector<HTMLInputElement>('form input[name=name]')!, 'CI');
  await press('Create token');
  await eventually('pat_made');
  expect(JSON.parse(sent[0]!.split(' ').slice(2).join(' ')).expiresAt).toBeGreaterThan(Date.now() + 89 * 86_400_000);
  await press('Done');
  await eventually('pat_••••••••');
});

test('browsers are told apart, though each claims to be others', () => {
  expect(deviceOf(firefox)).toEqual({ browser: 'Firefox', system: 'Linux' });
  expect(deviceOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0')).toEqual({ browser: 'Edge', system: 'Windows' });
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1')).toEqual({ browser: 'Safari', system: 'iOS' });
  expect(deviceOf(undefined)).toEqual({});
});

test('a file of users is read as an array or by lines, and sent in calls of bearable size', () => {
  expect(readUsers('[{"username":"a"},{"username":"b"}]')).toHaveLength(2);
  expect(readUsers('{"username":"a"}\r\n\n{"username":"b"}\n')).toHaveLength(2);
  expect(() => readUsers('{"username":"a"}\n{broken')).toThrow(/^2: /);
  const many = Array.from({ length: 1_201 }, (_, index) => ({ username: `user_${index}` }));
  expect(batches(many).map((each) => each.length)).toEqual([500, 500, 201]);
  expect(batches(Array.from({ length: 3 }, () => ({ customData: 'x'.repeat(500_000) })))).toHaveLength(3);
  expect(batches([])).toEqual([]);
});
