// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { lifetime } from '../src/resources/useLifetime';
import { ResourcePage } from '../src/resources/ResourcePage';
import { indicatorFault, scopeFault } from '../src/resources/rules';
import { CreateRole } from '../src/roles/CreateRole';
import { RolePage } from '../src/roles/RolePage';
import { resources as resourceWords } from '../src/words/en/later/resources';
import { roles as roleWords } from '../src/words/en/later/roles';
import { eventually, field, json, paged, pause, prepare, press, show, text, type, type Call } from './page';

const management = { id: 'management-api', name: 'Logto Management API', indicator: 'https://default.logto.app/api', isDefault: false, accessTokenTtl: 3600 };
const orders = { id: 'orders', name: 'Orders', indicator: 'https://orders.example', isDefault: false, accessTokenTtl: 3600 };
let scopes: Record<string, unknown>[];
let role: Record<string, unknown>;
let resource: Record<string, unknown>;
let version = 0;
let sent: { method: string; path: string; body: any; ifMatch: string | null }[];

function answer(call: Call): Response {
  const { method, path, body, query } = call;
  const tagged = (row: unknown) => json(row, 200, { ETag: `W/"${version}"` });
  if (method !== 'GET') sent.push({ method, path, body, ifMatch: call.ifMatch });
  if (method === 'PATCH' && call.ifMatch && call.ifMatch !== `W/"${version}"`) return json({ code: 'entity.changed_meanwhile', message: 'Changed.' }, 412);
  if (path === '/roles' && method === 'POST') return json({ ...role, ...body }, 200);
  if (path === '/roles' && query.get('resourceId') === 'orders') return paged([1, 2, 3], call);
  if (path === '/roles') return paged([role], call);
  if (path === '/roles/editor/users' && method === 'GET') return paged([{ id: 'u1', username: 'ada', name: 'Ada', primaryEmail: null, primaryPhone: null, avatar: null }, ...Array.from({ length: 1233 }, (_, index) => ({ id: `x${index}`, name: `X${index}` }))], call);
  if (path === '/roles/editor/scopes') return paged([{ ...scopes[0], resource: orders }], call);
  if (path === '/roles/editor') {
    if (method === 'PATCH') Object.assign(role, body, { version: ++version });
    return method === 'DELETE' ? json(undefined, 204) : tagged(role);
  }
  if (path === '/users') return paged([{ id: 'u2', username: 'grace', name: 'Grace', primaryEmail: null, primaryPhone: null, avatar: null }], call);
  if (path === '/resources') return paged([orders, management], call);
  if (path.endsWith('/scopes') && method === 'GET') return paged(path.includes('orders') ? scopes : [{ id: 'all', resourceId: 'management-api', name: 'all', description: null, createdAt: 1 }], call);
  if (path === '/resources/orders/scopes' && body.name === 'taken') return json({ code: 'scope.name_exists', message: 'There is such a permission.' }, 422);
  if (path === '/resources/management-api') return tagged(management);
  if (path.startsWith('/resources/orders')) {
    if (method === 'PATCH' && !path.includes('/scopes/')) Object.assign(resource, body, { version: ++version });
    return method === 'DELETE' || method === 'POST' ? json({}, 201) : tagged(resource);
  }
  return json({}, 201);
}

beforeAll(() => prepare({ resources: resourceWords, roles: roleWords }, answer));

beforeEach(() => {
  sent = [];
  role = { id: 'editor', name: 'Editor', description: 'Edits', type: 'User', isDefault: false };
  resource = { ...orders };
  scopes = ['read', 'write'].map((name) => ({ id: name, resourceId: 'orders', name: `${name}:orders`, description: null, createdAt: 1 }));
});

const switches = () => [...document.querySelectorAll<HTMLInputElement>('input[role=switch], input[type=checkbox]')];

test('a role is made with permissions of several resources; those of the Management API are for machines only', async () => {
  const router = await show('/roles/create', '/roles/create', <CreateRole />);
  await eventually('https://orders.example');
  expect(text()).not.toContain('Logto Management API');
  await type(field('name'), ' Editor ');
  await type(field('description'), 'Edits');
  await eventually('read:orders');
  await press('read:orders');
  document.querySelectorAll<HTMLElement>('[role=radio]')[1]!.click();
  await eventually('Logto Management API');
  const heads = () => [...document.querySelectorAll<HTMLElement>('[aria-expanded][aria-controls]:not(input)')];
  heads().find((each) => each.textContent!.includes('Management'))!.click();
  await eventually('all');
  await press('all');
  expect(text()).toContain('2 selected');
  document.querySelectorAll<HTMLElement>('[role=radio]')[0]!.click();
  await pause(100);
  expect(text()).not.toContain('Logto Management API');
  await press('Create role');
  expect(sent).toMatchObject([{ path: '/roles', body: { name: 'Editor', description: 'Edits', type: 'User', isDefault: false, scopeIds: ['read'] } }]);
  expect(router.state.location.pathname).toBe('/roles/editor');
});

test('who deletes a role reads how many lose what, and types its name', async () => {
  await show('/roles/editor', '/roles/:id/:tab?', <RolePage />);
  await eventually('read:orders');
  await press('More actions');
  await eventually('Delete role');
  await press('Delete role');
  await eventually('1,234 users hold it and lose what it permits.');
  const action = [...document.querySelectorAll('button')].findLast((each) => each.textContent === 'Delete role')!;
  expect(action.disabled).toBe(true);
  await type(document.querySelector<HTMLInputElement>('[role=dialog] input')!, 'Editor');
  await press('Delete role');
  expect(sent).toEqual([{ method: 'DELETE', path: '/roles/editor', body: undefined, ifMatch: null }]);
});

test('a role is given to users who do not hold it', async () => {
  await show('/roles/editor/users', '/roles/:id/:tab?', <RolePage />);
  await eventually('Ada');
  await press('Assign to users');
  await eventually('Grace');
  document.querySelector<HTMLElement>('[role=option]')!.click();
  await pause();
  await press('Assign');
  expect(sent).toMatchObject([{ method: 'POST', path: '/roles/editor/users', body: { userIds: ['u2'] } }]);
});

test('a role that another administrator has changed is not overwritten', async () => {
  await show('/roles/editor/settings', '/roles/:id/:tab?', <RolePage />);
  await eventually('Default role');
  await type(field('description'), 'Edits everything');
  Object.assign(role, { name: 'Chief editor' });
  version++;
  await press('Save changes');
  await eventually('Another administrator has changed this meanwhile');
  await press('Load newest version');
  expect(field('name').value).toBe('Chief editor');
  await press('Save changes');
  expect(sent.at(-1)).toMatchObject({ method: 'PATCH', body: { description: 'Edits everything' }, ifMatch: `W/"${version - 1}"` });
  expect(role).toMatchObject({ name: 'Chief editor', description: 'Edits everything' });
});

test('permissions of a resource are added, changed and deleted where they stand', async () => {
  await show('/api-resources/orders', '/api-resources/:id/:tab?', <ResourcePage />);
  await eventually('read:orders');
  await press('Add permission');
  await type(field('name'), 'with space');
  await press('Add permission');
  await eventually('Without spaces');
  expect(sent).toEqual([]);
  await type(field('name'), 'taken');
  await press('Add permission');
  await eventually('There is such a permission.');
  await type(field('name'), 'cancel:orders');
  await press('Add permission');
  expect(sent.at(-1)).toMatchObject({ method: 'POST', path: '/resources/orders/scopes', body: { name: 'cancel:orders', description: '' } });
  await press('Actions for read:orders');
  await pause(200);
  await press('Delete permission');
  await eventually('1 role loses it.');
});

test('who deletes a resource reads what goes with it; a saved lifetime and default go to their addresses', async () => {
  await show('/api-resources/orders/settings', '/api-resources/:id/:tab?', <ResourcePage />);
  await eventually('That is 1 hour.');
  await type(field('accessTokenTtl'), '600');
  switches()[0]!.click();
  await pause();
  await press('Save changes');
  expect(sent).toMatchObject([
    { method: 'PATCH', path: '/resources/orders', body: { accessTokenTtl: 600 }, ifMatch: expect.stringContaining('W/') },
    { method: 'PATCH', path: '/resources/orders/is-default', body: { isDefault: true }, ifMatch: null },
  ]);
  await press('More actions');
  await pause(200);
  await press('Delete API resource');
  await eventually('With it go 2 permissions, which 3 roles give.');
});

test('the Management API is looked at, not changed', async () => {
  await show('/api-resources/management-api', '/api-resources/:id/:tab?', <ResourcePage />);
  await eventually('This resource belongs to the server');
  await eventually('all');
  for (const word of ['Add permission', 'More actions']) {
    expect([...document.querySelectorAll('button')].some((each) => each.textContent === word || each.getAttribute('aria-label') === word)).toBe(false);
  }
});

test('identifiers and permissions follow the rules of the wire', () => {
  expect(['https://a.example', 'urn:my:api', 'https://a.example#x', 'urn:logto:organization:1', 'a b', 'plain'].map(indicatorFault)).toEqual([false, false, true, true, true, true]);
  expect(['read:a', 'a b', '"', '\\', ''].map(scopeFault)).toEqual([false, true, true, true, true]);
  expect([lifetime(3600, 'en'), lifetime(90, 'en'), lifetime(604_800, 'ja')]).toEqual(['1 hour', '90 seconds', '7 日']);
});
