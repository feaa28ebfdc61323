import { act } from 'react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { withOrganizations } from '../src/applications/AccessTab';
import { ApplicationPage } from '../src/applications/ApplicationPage';
import { fieldsOf, lookOf } from '../src/applications/look';
import { access } from '../src/words/en/later/access';
import { organizations } from '../src/words/en/later/organizations';
import { resources } from '../src/words/en/later/resources';
import { eventually, json, paged, pause, prepare, press, show, type Call } from './page';

const plain = {
  id: 'shop', name: 'Shop', description: null, type: 'SPA', isThirdParty: false, appLevelAccessControlEnabled: false, createdAt: 0, customData: {},
  oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] }, customClientMetadata: {},
};
let application = plain;
let rules = { userIds: ['u'], userRoleIds: [] as string[], organizationIds: [] as string[], organizationRoleRules: [] as { organizationId: string; organizationRoleIds: string[] }[] };
let sent: string[] = [];

const answer = (call: Call): Response => {
  const { method, path, body, ifMatch } = call;
  if (method !== 'GET') {
    sent.push(`${method} ${path} ${JSON.stringify(body ?? null)} ${ifMatch ?? ''}`.trim());
    return json(method === 'PATCH' ? { ...application, ...body } : undefined, method === 'PATCH' ? 200 : 204);
  }
  if (path === '/applications/shop') return json(application);
  if (path.endsWith('/access-control')) return json(rules, 200, { ETag: 'W/"v1"' });
  if (path.endsWith('/user-consent-scopes')) return json({ userScopes: ['email'], resourceScopes: [], organizationResourceScopes: [], organizationScopes: [{ id: 's', name: 'invite', description: 'Invite people' }] });
  if (path === '/users/u') return json({ id: 'u', name: 'Kim', username: null, primaryEmail: 'kim@acme.com', primaryPhone: null, avatar: null });
  return paged([], call);
};

beforeAll(() => prepare({ access, organizations, resources }, answer));
beforeEach(() => {
  sent = [];
  application = plain;
  rules = { userIds: ['u'], userRoleIds: [], organizationIds: [], organizationRoleRules: [] };
});

const open = (tab: string) => show(`/applications/shop/${tab}`, '/applications/:id/:tab?', <ApplicationPage />);

test('only what fits the application is offered', async () => {
  await open('settings');
  await eventually('Access control');
  expect(document.body.textContent).not.toContain('Permissions');
  application = { ...plain, isThirdParty: true };
  await open('settings');
  await eventually('Permissions');
  expect(document.body.textContent).toContain('Third-party');
});

test('who is let in is named; taking somebody away names the version that was seen', async () => {
  await open('access');
  await eventually('Kim');
  await press('Remove Kim');
  await pause();
  const confirm = [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] button')].find((each) => each.type === 'submit')!;
  await act(async () => confirm.click());
  await pause();
  expect(sent).toEqual(['PUT /applications/shop/access-control {"userIds":[],"userRoleIds":[],"organizationIds":[],"organizationRoleRules":[]} W/"v1"']);
});

test('access control cannot be switched on while nobody is named', async () => {
  rules = { ...rules, userIds: [] };
  await open('access');
  await eventually('First name who is let in');
  expect(document.querySelector<HTMLInputElement>('input[role=switch]')!.disabled).toBe(true);
});

test('data of users are allowed one by one', async () => {
  application = { ...plain, isThirdParty: true };
  await open('permissions');
  await eventually('Invite people');
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  expect(boxes.filter((box) => box.checked)).toHaveLength(1);
  await act(async () => boxes[0]!.click());
  await pause();
  expect(sent).toEqual(['POST /applications/shop/user-consent-scopes {"userScopes":["profile"]}']);
});

test('all members of an organization say more than some of them', () => {
  const none = { userIds: [], userRoleIds: [], organizationIds: [], organizationRoleRules: [] };
  const some = withOrganizations(none, ['a', 'b'], ['editor']);
  expect(some.organizationRoleRules).toEqual([{ organizationId: 'a', organizationRoleIds: ['editor'] }, { organizationId: 'b', organizationRoleIds: ['editor'] }]);
  expect(withOrganizations(some, ['a'], ['owner']).organizationRoleRules.find((rule) => rule.organizationId === 'a')!.organizationRoleIds).toEqual(['editor', 'owner']);
  expect(withOrganizations(some, ['a'], [])).toEqual({ ...none, organizationIds: ['a'], organizationRoleRules: [{ organizationId: 'b', organizationRoleIds: ['editor'] }] });
});

test('a look comes back as it was, and nothing set is nothing sent', () => {
  const none = { color: {}, branding: {}, customCss: null, termsOfUseUrl: null, privacyPolicyUrl: null, displayName: null };
  expect(lookOf(fieldsOf(none))).toEqual(none);
  const some = { ...none, color: { primaryColor: '#123456', darkPrimaryColor: '#654321' }, branding: { logoUrl: 'https://a.example/l.svg' }, displayName: 'Shop' };
  expect(lookOf(fieldsOf(some))).toEqual(some);
});
