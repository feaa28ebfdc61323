// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { CreateOrganizationRole } from '../src/template/CreateOrganizationRole';
import { OrganizationRolePage } from '../src/template/OrganizationRolePage';
import { TemplatePage } from '../src/template/TemplatePage';
import { resources } from '../src/words/en/later/resources';
import { roles } from '../src/words/en/later/roles';
import { template } from '../src/words/en/later/template';
import { eventually, field, json, paged, pause, prepare, press, show, text, type, type Call } from './page';

const scopes = ['invite:members', 'read:billing'].map((name, index) => ({ id: `s${index}`, name, description: null }));
const orders = { id: 'orders', name: 'Orders', indicator: 'https://orders.example', isDefault: false, accessTokenTtl: 3600 };
const orderScope = { id: 'read', resourceId: 'orders', name: 'read:orders', description: null, createdAt: 1 };
let role: Record<string, unknown>;
let version = 0;
let sent: { method: string; path: string; body: any; ifMatch: string | null }[];
let listed: Call[];

function answer(call: Call): Response {
  const { method, path, body } = call;
  if (method !== 'GET') sent.push({ method, path, body, ifMatch: call.ifMatch });
  else listed.push(call);
  if (path === '/organization-roles' && method === 'GET') return paged([{ ...role, scopes: [scopes[0]], resourceScopes: [{ id: 'read', name: 'read:orders', resource: orders }] }], call);
  if (path === '/organization-roles/admin/scopes' && method === 'GET') return paged([scopes[0]], call);
  if (path === '/organization-roles/admin/resource-scopes' && method === 'GET') return paged([orderScope], call);
  if (path === '/organization-roles/admin' && method === 'PATCH') {
    if (call.ifMatch !== `W/"${version}"`) return json({ code: 'entity.changed_meanwhile', message: 'Changed.' }, 412);
    Object.assign(role, body);
    version++;
  }
  if (path === '/organization-roles/admin') return json(role, 200, { ETag: `W/"${version}"` });
  if (path === '/organization-scopes' && method === 'GET') return paged(scopes, call);
  if (path === '/resources') return paged([orders], call);
  if (path === '/resources/orders') return json(orders);
  if (path === '/resources/orders/scopes') return paged([orderScope], call);
  return json({ ...role, id: 'made' }, 201);
}

beforeAll(() => prepare({ resources, roles, template }, answer));

beforeEach(() => {
  [sent, listed] = [[], []];
  role = { id: 'admin', name: 'Admin', description: 'Runs it', type: 'User' };
});

const page = (path: string) => show(path, '/organization-template/roles/:id/:tab?', <OrganizationRolePage />);

test('the template lists roles with what they give, and searches by words', async () => {
  await show('/organization-template', '/organization-template/:tab?', <TemplatePage />);
  await eventually('Orders: read:orders');
  await type(document.querySelector<HTMLInputElement>('input[type=search]')!, ' admin ');
  await pause(400);
  expect(listed.at(-1)!.query.get('q')).toBe('admin');
});

test('a permission of organizations is deleted with the number of roles that lose it', async () => {
  await show('/organization-template/permissions', '/organization-template/:tab?', <TemplatePage />);
  await eventually('invite:members');
  await press('Actions for invite:members');
  await pause(200);
  await press('Delete permission');
  await eventually('1 organization role loses it.');
  await press('Delete permission');
  expect(sent).toMatchObject([{ method: 'DELETE', path: '/organization-scopes/s0' }]);
});

test('a role is made with permissions of the organization and of APIs', async () => {
  const router = await show('/organization-template/create', '/organization-template/create', <CreateOrganizationRole />);
  await eventually('read:billing');
  await eventually('read:orders');
  await type(field('name'), 'Guest');
  await press('read:billing');
  await press('read:orders');
  await press('Create organization role');
  expect(sent).toMatchObject([{ path: '/organization-roles', body: { name: 'Guest', type: 'User', organizationScopeIds: ['s1'], resourceScopeIds: ['read'] } }]);
  expect(router.state.location.pathname).toBe('/organization-template/roles/made');
});

test('what a role has already is not offered again', async () => {
  await page('/organization-template/roles/admin');
  await eventually('invite:members');
  await press('Add permissions');
  await eventually('read:billing');
  await pause(100);
  expect([...document.querySelectorAll('[role=option]')].map((each) => each.textContent)).toEqual(['read:billing']);
  await press('read:billing');
  await press('Add permissions');
  expect(sent).toMatchObject([{ method: 'POST', path: '/organization-roles/admin/scopes', body: { organizationScopeIds: ['s1'] } }]);
});

test('permissions of APIs are listed with their resource, and taken out', async () => {
  await page('/organization-template/roles/admin/api-permissions');
  await eventually('Orders');
  await press('Remove read:orders');
  await eventually('Remove read:orders from Admin?');
  await press('Remove permission');
  expect(sent).toMatchObject([{ method: 'DELETE', path: '/organization-roles/admin/resource-scopes/read' }]);
});

test('an emptied description is sent as none, under the version that was read', async () => {
  await page('/organization-template/roles/admin/settings');
  await eventually('Applications read the name');
  await type(field('description'), '');
  await press('Save changes');
  expect(sent).toMatchObject([{ method: 'PATCH', body: { description: null }, ifMatch: `W/"${version - 1}"` }]);
  version++;
  await type(field('name'), 'Owner');
  await press('Save changes');
  expect(text()).toContain('Another administrator has changed this meanwhile');
});
