import { afterEach, expect, test, vi } from 'vitest';
import { Api, contains, spell } from '../src/api/client';
import { ApiError, fieldErrors } from '../src/api/errors';

afterEach(() => vi.unstubAllGlobals());

const answers = (...responses: (Response | Error)[]) => {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(new Request(url, init));
    const next = responses.shift()!;
    if (next instanceof Error) throw next;
    return next;
  });
  return asked;
};
const api = (token: (fresh?: boolean) => Promise<string> = async () => 'token') =>
  new Api({ origin: 'http://localhost:3001', token, language: () => 'ja' });
const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);

test('a query leaves empty values out and repeats lists', () => {
  expect(spell({ page: 1, search: '', types: ['SPA', 'Native'], none: undefined })).toBe('?page=1&types=SPA&types=Native');
});

test('what is typed is searched as text, not as a pattern', () => {
  expect(contains('  50%_off ')).toBe('%50\\%\\_off%');
  expect(contains('   ')).toBeUndefined();
});

test('a page knows the total of the list', async () => {
  const asked = answers(json([{ id: 'a' }], { headers: { 'Total-Number': '41' } }));
  expect(await api().page('/users', { page: 3, page_size: 20 })).toEqual({ items: [{ id: 'a' }], total: 41 });
  expect(asked[0]!.url).toBe('http://localhost:3001/api/users?page=3&page_size=20');
  expect(asked[0]!.headers.get('authorization')).toBe('Bearer token');
  expect(asked[0]!.headers.get('accept-language')).toBe('ja');
});

test('a refused token is replaced once, and only once', async () => {
  const fresh: (boolean | undefined)[] = [];
  const asked = answers(json({ code: 'auth.unauthorized' }, { status: 401 }), json({ code: 'auth.unauthorized', message: 'no' }, { status: 401 }));
  await expect(api(async (again) => (fresh.push(again), 'token')).get('/users')).rejects.toMatchObject({ status: 401, code: 'auth.unauthorized' });
  expect(asked).toHaveLength(2);
  expect(fresh).toEqual([false, true]);
});

test('an answer that is no JSON and a server out of reach are errors like any other', async () => {
  answers(new Response('Not Found', { status: 404 }), new TypeError('failed'));
  await expect(api().get('/nothing')).rejects.toMatchObject({ status: 404, code: 'http.404' });
  await expect(api().get('/nothing')).rejects.toMatchObject({ status: 0, code: 'console.unreachable' });
});

test('errors land on the field they are about', () => {
  expect(fieldErrors(new ApiError(422, 'user.username_already_in_use', 'taken'))).toEqual([{ path: 'username', message: 'taken' }]);
  const issues = { issues: [{ path: ['oidcClientMetadata', 'redirectUris', 1], message: 'Invalid url' }, { path: [] }] };
  expect(fieldErrors(new ApiError(400, 'guard.invalid_input', 'bad', issues))).toEqual([{ path: 'oidcClientMetadata.redirectUris.1', message: 'Invalid url' }]);
  expect(fieldErrors(new Error('x'))).toEqual([]);
});
