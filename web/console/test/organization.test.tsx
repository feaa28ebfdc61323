// @vitest-environment jsdom
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { OrganizationPage } from '../src/organizations/OrganizationPage';
import { OrganizationsPage } from '../src/organizations/OrganizationsPage';
import { organizations } from '../src/words/en/later/organizations';
import { sso } from '../src/words/en/later/sso';
import { eventually, field, json, key, paged, pause, prepare, press, show, text, type, type Call } from './page';

/** What the server holds, and what it was told. */
let acme: Record<string, unknown>;
let version = 0;
let members: Record<string, any>[];
let invitations: Record<string, any>[];
let canMail = false;
let refused: string | undefined;
let sent: string[] = [];

const roles = [{ id: 'admin', name: 'Admin', type: 'User' }, { id: 'viewer', name: 'Viewer', type: 'User' }, { id: 'import', name: 'Importer', type: 'MachineToMachine' }];
const user = (id: string, held: string[] = []) => ({ id, name: `User ${id}`, username: id, createdAt: 1, organizationRoles: roles.filter((each) => held.includes(each.id)) });
const connector = { id: 'sso1', connectorName: 'Acme Entra', providerName: 'OIDC', domains: ['acme.com'], config: { clientId: 'x' }, branding: {}, providerLogo: 'data:,', providerLogoDark: 'data:,' };

function answer(call: Call): Response {
  const { method, path, query, body, ifMatch } = call;
  if (method !== 'GET') sent.push(`${method} ${path} ${JSON.stringify(body ?? null)}`);
  if (path === '/sign-in-exp') return json({ singleSignOnEnabled: true, color: {}, branding: {} });
  if (path === '/connectors') return json(canMail ? [{ type: 'Email' }] : []);
  if (path === '/organization-roles') return paged(roles, call);
  if (path === '/sso-connectors') return paged((query.get('search') ?? '').includes('acme.com') ? [connector] : [], call);
  if (path === '/organization-invitations') return method === 'GET' ? paged(invited(query), call) : body.invitee === refused ? json({ code: 'request.invalid_input', message: 'Invalid.' }, 422) : json({ id: `to-${body.invitee}` }, 201);
  if (path.startsWith('/organization-invitations/')) return json(path.endsWith('/link') ? { link: `https://id.example/invitation/${path.split('/')[2]}?token=t` } : {});
  if (path === '/organizations') return paged([{ name: '', ...acme, usersCount: 1234, featuredUsers: [] }].filter(({ name }) => String(name).includes(query.get('q') ?? '')), call);
  if (path === '/users') return paged([user('new1'), user('new2')], call);
  if (path === '/organizations/acme/users' && method === 'GET') return paged(members, call);
  if (path === '/organizations/acme/applications' && method === 'GET') return paged([], call);
  if (path === '/organizations/acme/jit/email-domains' && method === 'GET') return json([{ emailDomain: 'acme.com' }]);
  if (path.startsWith('/organizations/acme/jit/') && method === 'GET') return json([]);
  if (path === '/organizations/acme' && method === 'PATCH') {
    if (ifMatch !== `W/"${version}"`) return json({ code: 'request.precondition_failed', message: 'Changed.' }, 412);
    acme = { ...acme, ...body };
    version++;
  }
  if (path === '/organizations/acme') return json(acme, 200, { ETag: `W/"${version}"` });
  return path.startsWith('/organizations/acme/') ? json(undefined, 204) : json({ code: 'entity.not_found', message: 'No.' }, 404);
}

const invited = (query: URLSearchParams) =>
  invitations.filter(({ invitee, status }) => invitee.includes(query.get('q') ?? '') && (!query.get('status') || query.get('status') === status));

vi.setConfig({ testTimeout: 30_000 });

beforeAll(() => prepare({ organizations, sso }, answer));

beforeEach(() => {
  acme = { id: 'acme', name: 'Acme', description: null, customData: {}, isMfaRequired: false, color: {}, branding: {}, customCss: null, createdAt: 1 };
  [members, invitations, sent, canMail, refused] = [[user('ada', ['admin'])], [], [], false, undefined];
});

const open = (tab: string) => show(`/organizations/acme/${tab}`, '/organizations/:id/:tab?', <OrganizationPage />);
const combobox = (label: string) => [...document.querySelectorAll('label')].find((each) => each.textContent?.startsWith(label))!.control as HTMLInputElement;

test('the list shows how many belong to each, and searches on the server', async () => {
  await show('/organizations', '/organizations', <OrganizationsPage />);
  await eventually('1,234 members');
  await type(document.querySelector('input[type=search]')!, 'nobody');
  await eventually('Nothing matches');
});

test('saving names the version that was read; who was slower keeps what was typed', async () => {
  await open('settings');
  await eventually('General');
  await type(field('name'), 'Acme Inc.');
  acme = { ...acme, isMfaRequired: true };
  version++;
  await eventually('You have unsaved changes');
  await press('Save changes');
  await eventually('Another administrator has changed this meanwhile');
  await press('Load newest version');
  expect(field('name').value).toBe('Acme Inc.');
  await press('Save changes');
  expect(acme).toMatchObject({ name: 'Acme Inc.', isMfaRequired: true });
  expect(sent.at(-1)).toBe('PATCH /organizations/acme {"name":"Acme Inc."}');
});

test('what is no JSON object is not sent', async () => {
  await open('settings');
  await eventually('General');
  await type(field('customData'), '[1]');
  await eventually('You have unsaved changes');
  await press('Save changes');
  await eventually('This is not a JSON object');
  expect(sent).toEqual([]);
});

test('members are added with their roles at once', async () => {
  await open('members');
  await eventually('User ada');
  await press('Add members');
  await eventually('User new1');
  const search = document.querySelector<HTMLInputElement>('input[role=combobox][placeholder^="Search by name"]')!;
  await key(search, 'ArrowDown');
  await key(search, 'Enter');
  await type(combobox('Roles in the organization'), 'View');
  await press('Viewer');
  await press('Add members');
  expect(sent).toEqual([
    'POST /organizations/acme/users {"userIds":["new1"]}',
    'POST /organizations/acme/users/roles {"userIds":["new1"],"organizationRoleIds":["viewer"]}',
  ]);
});

test('who edits roles adds and takes away, and is offered none for machines', async () => {
  await open('members');
  await eventually('User ada');
  await press('Actions for User ada');
  await press('Edit roles');
  await pause();
  const input = combobox('Roles in the organization');
  await type(input, 'e');
  const offered = [...document.querySelectorAll('[role=dialog] [role=option], .mantine-MultiSelect-option')].map((each) => each.textContent);
  expect(offered).toContain('Viewer');
  expect(offered).not.toContain('Importer');
  await press('Viewer');
  await type(input, '');
  await key(input, 'Backspace');
  await key(input, 'Backspace');
  await press('Save changes');
  expect(sent).toEqual(['DELETE /organizations/acme/users/ada/roles/admin null']);
});

test('deleting counts what ends with it, and asks for the name', async () => {
  members = Array.from({ length: 12 }, (_, index) => user(`u${index}`));
  invitations = [{ id: 'i', invitee: 'kim@acme.com', status: 'Pending', expiresAt: Date.now() + 60_000, createdAt: 1, organizationRoles: [] }];
  await open('settings');
  await eventually('General');
  await press('More actions');
  await pause();
  await press('Delete organization');
  await eventually('the memberships of 12 users and 1 open invitation');
  await press('Delete organization');
  expect(sent).toEqual([]);
  await type(document.querySelector('[role=dialog] input')!, 'Acme');
  await press('Delete organization');
  expect(sent).toEqual(['DELETE /organizations/acme null']);
});

test('without a mail server the links are shown, once; whom the server refuses is named', async () => {
  refused = 'lee@acme.com';
  await open('invitations');
  await eventually('No invitations yet');
  await press('Invite people');
  await eventually('Nothing is set up to send e-mail');
  const input = combobox('E-mail addresses');
  await type(input, 'kim@acme.com');
  await key(input, 'Enter');
  await type(input, 'lee@acme.com');
  await key(input, 'Enter');
  await press('Create links');
  await eventually('https://id.example/invitation/to-kim%40acme.com?token=t');
  expect(sent).toHaveLength(3);
  expect(sent[0]).toContain('"messagePayload":false');
  expect(sent[1]).toBe('POST /organization-invitations/to-kim%40acme.com/link {}');
});

test('an address that is none is told at the field, and nobody is invited', async () => {
  canMail = true;
  await open('invitations');
  await eventually('No invitations yet');
  await press('Invite people');
  const input = combobox('E-mail addresses');
  await type(input, 'kim');
  await key(input, 'Enter');
  await press('Send invitations');
  await eventually('“kim” is not an e-mail address');
  expect(sent).toEqual([]);
});

test('who cannot be invited stays in the field with the reason, and does not stand in the way of the others', async () => {
  [canMail, refused] = [true, 'lee@acme.com'];
  await open('invitations');
  await eventually('No invitations yet');
  await press('Invite people');
  const input = combobox('E-mail addresses');
  await type(input, 'lee@acme.com,kim@acme.com');
  await key(input, 'Enter');
  await press('Send invitations');
  await eventually('lee@acme.com: Is a member already.');
  expect(sent.map((call) => /"invitee":"(.*?)"/.exec(call)![1])).toEqual(['lee@acme.com', 'kim@acme.com']);
  expect(document.querySelector('[role=dialog]')!.textContent).not.toContain('kim@acme.com');
});

test('what is expired can be made once more, what is open can be sent again', async () => {
  canMail = true;
  invitations = [
    { id: 'old', invitee: 'old@acme.com', status: 'Pending', expiresAt: 1, createdAt: 1, organizationId: 'acme', organizationRoles: [] },
    { id: 'new', invitee: 'new@acme.com', status: 'Pending', expiresAt: Date.now() + 60_000, createdAt: 2, organizationId: 'acme', organizationRoles: [] },
  ];
  await open('invitations');
  await eventually('Expired');
  await press('Actions for new@acme.com');
  await press('Send again');
  expect(sent).toEqual(['POST /organization-invitations/new/message {}']);
  await press('Actions for old@acme.com');
  await press('Invite again');
  await eventually('Invite people to Acme');
  expect(document.querySelector('[role=dialog]')!.textContent).toContain('old@acme.com');
});

test('a domain of everybody is refused; one that is another connector’s is told, and the connector added by one press', async () => {
  await open('joining');
  await eventually('acme.com belongs to Acme Entra');
  const input = document.querySelector<HTMLInputElement>('input[aria-label="E-mail domain"]')!;
  await type(input, 'gmail.com');
  await press('Add domain');
  await eventually('anyone would become a member');
  await type(input, 'Someone@Acme.CO.JP');
  await press('Add domain');
  await press('Let all of them join');
  expect(sent).toEqual(['POST /organizations/acme/jit/email-domains {"emailDomain":"acme.co.jp"}', 'POST /organizations/acme/jit/sso-connectors {"ssoConnectorIds":["sso1"]}']);
});

test('an unknown organization is no page', async () => {
  await show('/organizations/gone', '/organizations/:id/:tab?', <OrganizationPage />);
  await eventually('There is no such page');
  expect(text()).not.toContain('Settings');
});

test('of ten thousand invitations a page is asked for, and the server searches', async () => {
  invitations = Array.from({ length: 10_000 }, (_, at) => ({ id: `i${at}`, invitee: `guest${at}@acme.com`, status: at % 2 ? 'Revoked' : 'Pending', expiresAt: Date.now() + 60_000, createdAt: at, organizationId: 'acme', organizationRoles: [] }));
  await open('invitations');
  await eventually('1–20 of 10,000');
  expect(document.querySelector('nav[aria-label=Pages]')).not.toBeNull();
  expect(document.querySelectorAll('tbody tr')).toHaveLength(20);
  await type(document.querySelector('input[type=search]')!, 'guest123');
  await eventually('1–11 of 11');
  expect(document.querySelector('nav[aria-label=Pages]')).toBeNull();
  expect(text()).not.toContain('guest0@acme.com');
});

test('who is on a page that has gone is brought to the last one', async () => {
  invitations = Array.from({ length: 21 }, (_, at) => ({ id: `i${at}`, invitee: `guest${at}@acme.com`, status: 'Pending', expiresAt: Date.now() + 60_000, createdAt: at, organizationId: 'acme', organizationRoles: [] }));
  await open('invitations?page=9');
  await eventually('21–21 of 21');
});
