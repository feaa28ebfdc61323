// @vitest-environment jsdom
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { act } from 'react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { completeFields } from '../src/scripts/completion';
import { doubleName, objectOf, variablesOf } from '../src/scripts/fields';
import { ScriptPage } from '../src/scripts/ScriptPage';
import { ScriptsPage } from '../src/scripts/ScriptsPage';
import { scripts } from '../src/words/en/later/scripts';
import { eventually, json, pause, prepare, press, show, text, type Call } from './page';

let stored: Record<string, unknown> | null;
let version = 0;
let sent: Call[];
let outcome: () => Response;

function answer(call: Call): Response {
  const { method, path } = call;
  if (method !== 'GET') sent.push(call);
  if (path.endsWith('/test')) return outcome();
  if (path === '/configs/jwt-customizer') return json(stored ? [{ key: 'jwt.accessToken', value: stored }] : []);
  if (method === 'PUT') {
    if (stored && call.ifMatch !== `W/"${version}"`) return json({ code: 'entity.changed_meanwhile', message: 'Changed.' }, 412);
    stored = call.body;
    version++;
  }
  if (method === 'DELETE') {
    stored = null;
    return json(undefined, 204);
  }
  return stored ? json(stored, 200, { ETag: `W/"${version}"` }) : json({ code: 'entity.not_exists', message: 'None.' }, 404);
}

beforeAll(async () => {
  await prepare({ scripts }, answer);
  // The editor measures what jsdom does not lay out.
  Range.prototype.getClientRects = () => [] as never;
  Range.prototype.getBoundingClientRect = () => ({ top: 0, bottom: 0, left: 0, right: 0 }) as never;
});

beforeEach(() => {
  stored = null;
  sent = [];
  outcome = () => json({ claims: { plan: 'gold' }, log: { lines: [], cut: false } });
});

const page = () => show('/custom-jwt/access-token', '/custom-jwt/:kind', <ScriptPage />);

test('two cards say which of the scripts there are', async () => {
  stored = { script: 'a\nb\n', blockIssuanceOnError: true };
  await show('/custom-jwt', '/custom-jwt', <ScriptsPage />);
  await eventually('Access tokens of users');
  expect(text()).toContain('2 lines · No token if it fails');
  expect(text()).toContain('Not set up');
});

test('a test run shows the claims of the script as it stands, saved or not', async () => {
  await page();
  await eventually('Run test');
  await press('Run test');
  await eventually('These claims are added');
  expect(text()).toContain('"plan": "gold"');
  const [run] = sent;
  expect(run!.body).toMatchObject({ tokenType: 'access-token', environmentVariables: {}, token: { kind: 'AccessToken' } });
  expect(run!.body.script).toContain('getCustomJwtClaims');
  expect(run!.body.context.user.username).toBe('ada');
});

test('a fault is told with its place, a denial with its words', async () => {
  await page();
  await eventually('Run test');
  outcome = () => json({ code: 'jwt_customizer.general', message: 'No.', data: { message: 'x', error: { name: 'TypeError', message: 'it is null', line: 2, column: 5 } } }, 422);
  await press('Run test');
  await eventually('TypeError: it is null');
  expect(text()).toContain('Line 2, column 5');
  outcome = () => json({ code: 'jwt_customizer.general', message: 'No.', data: { message: 'Not today', error: {} } }, 403);
  await press('Run test');
  await eventually('The script denies the token');
  expect(text()).toContain('Not today');
});

test('what the script logs is shown, also where it fails', async () => {
  await page();
  await eventually('Run test');
  await press('Run test');
  await eventually('These claims are added');
  expect(sent[0]!.body.withLog).toBe(true);
  expect(text()).not.toContain('What it logged');
  const log = { lines: [{ level: 'log', text: 'scope read' }, { level: 'warn', text: 'no plan' }], cut: true };
  outcome = () => json({ claims: {}, log });
  await press('Run test');
  await eventually('What it logged');
  expect(text()).toContain('scope read');
  expect(text()).toContain('warn: no plan');
  expect(text()).toContain('There was more');
  outcome = () => json({ code: 'jwt_customizer.general', message: 'No.', data: { message: 'x', error: { name: 'TypeError', message: 'it is null' }, log: { lines: [{ level: 'error', text: 'so far' }], cut: false } } }, 422);
  await press('Run test');
  await eventually('error: so far');
  expect(text()).toContain('TypeError: it is null');
});

test('it is saved whole, under the version that was read', async () => {
  stored = { script: 'const getCustomJwtClaims = () => ({});', environmentVariables: { KEY: 'v' } };
  version = 7;
  await page();
  await eventually('Issue no token');
  await act(async () => document.querySelector<HTMLInputElement>('input[role=switch]')!.click());
  await eventually('Discard');
  await press('Save changes');
  await pause(200);
  const put = sent.find(({ method }) => method === 'PUT')!;
  expect(put.path).toBe('/configs/jwt-customizer/access-token');
  expect(put.ifMatch).toBe('W/"7"');
  expect(put.body).toMatchObject({ script: 'const getCustomJwtClaims = () => ({});', environmentVariables: { KEY: 'v' }, blockIssuanceOnError: true });
});

test('the editor completes along what the script is told', () => {
  const complete = (code: string, kind: 'access-token' | 'client-credentials' = 'access-token') =>
    completeFields(kind, () => ['API_KEY'])(new CompletionContext(EditorState.create({ doc: code }), code.length, true))?.options.map(({ label }) => label) ?? [];
  expect(complete('context.')).toEqual(['user', 'interaction', 'grant', 'application', 'organization']);
  expect(complete('x = context.user?.primary')).toContain('primaryEmail');
  expect(complete('environmentVariables.')).toEqual(['API_KEY']);
  expect(complete('api.')).toEqual(['denyAccess', 'fetch']);
  expect(complete('context.', 'client-credentials')).toEqual(['application', 'organization']);
  expect(complete('context.nobody.')).toEqual([]);
});

test('variables without a name are left out, two of one name are named', () => {
  expect(variablesOf([{ name: ' A ', value: '1' }, { name: '', value: 'x' }])).toEqual({ A: '1' });
  expect(doubleName([{ name: 'A', value: '' }, { name: 'A ', value: '' }])).toBe('A');
  expect(doubleName([{ name: '', value: '' }, { name: '', value: '' }])).toBeUndefined();
});

test('samples are objects', () => {
  expect(objectOf('{"a":1}')).toEqual({ a: 1 });
  for (const wrong of ['[]', 'null', '5', '{']) expect(objectOf(wrong)).toBeNull();
});
