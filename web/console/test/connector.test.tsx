// @vitest-environment jsdom
import { act } from 'react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { AddModal } from '../src/sso/AddModal';
import { ConnectorPage } from '../src/sso/ConnectorPage';
import { sso } from '../src/words/en/later/sso';
import { eventually, field, prepare, press, show, text, type Call, type as enter } from './page';

/** What the server holds, and what it was told. */
let stored: Record<string, unknown>;
let version = 0;
let sent: Call[] = [];

const provider = { name: 'OIDC', providerType: 'oidc', providerLogo: 'data:,', providerLogoDark: 'data:,' };
const endpoints = (issuer: string) => ({ issuer, authorizationEndpoint: `${issuer}/auth`, tokenEndpoint: `${issuer}/token`, jwksUri: `${issuer}/keys`, issuerToStore: issuer });
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { ETag: `W/"${version}"` } });

function answer({ method, path, body, ifMatch }: Call): Response {
  if (path === '/sign-in-exp') return json({ singleSignOnEnabled: true });
  if (path === '/sso-connector-providers') return json(['OIDC', 'AzureAdOidc', 'GoogleWorkspace', 'Okta', 'SAML'].map((providerName) => ({ providerName, name: providerName, description: '', logo: 'data:,', logoDark: 'data:,' })));
  if (path === '/sso-connectors/discovery') {
    return body.issuer.includes('down') ? json({ code: 'connector.invalid_config', message: 'no', data: { fault: 'refused' } }, 400) : json(endpoints(body.issuer.replace('/.well-known/openid-configuration', '')));
  }
  if (path === '/sso-connectors' && method === 'GET') return json([]);
  if (path === '/sso-connectors') return json({ code: 'single_sign_on.duplicate_connector_name', message: 'Another connector has this name.' }, 409);
  if (method === 'PATCH') {
    if (ifMatch !== `W/"${version}"`) return json({ code: 'single_sign_on.changed_meanwhile', message: 'Changed.' }, 412);
    stored = { ...stored, ...body };
    version++;
  }
  return json(stored);
}

beforeAll(() =>
  prepare({ sso }, (call) => {
    if (call.method !== 'GET' && !call.path.endsWith('/discovery')) sent.push(call);
    return answer(call);
  }));

beforeEach(() => {
  sent = [];
  stored = { id: 'abc', providerName: 'OIDC', connectorName: 'Acme', config: {}, domains: [], branding: {}, syncProfile: false, enableTokenStorage: false, createdAt: 1, ...provider };
});

const page = () => show('/enterprise-sso/abc', '/enterprise-sso/:id/:tab?', <ConnectorPage />);
const fill = (name: string, value: string) => enter(field(name), value);

test('a part of a connection is not sent: the bar and the fields say what is missing', async () => {
  await page();
  await fill('clientId', 'client');
  expect(text()).toContain('To save the connection, fill in: Client secret and Issuer');
  await press('Save changes');
  expect(sent).toEqual([]);
  expect(field('issuer').getAttribute('aria-invalid')).toBe('true');
});

test('the settings of the provider, or the fault, appear as soon as the issuer is typed', async () => {
  await page();
  await fill('issuer', 'https://down.example');
  await eventually(sso.faults.refused);
  await fill('issuer', 'https://id.example');
  await eventually('https://id.example/token');
  expect(text()).not.toContain(sso.faults.refused);
});

test('with the last value the connector is complete; the stored secret can be replaced, not read', async () => {
  stored = { ...stored, domains: ['acme.com'] };
  await page();
  await fill('clientId', 'client');
  await fill('clientSecret', 'top secret');
  await fill('issuer', 'https://id.example/.well-known/openid-configuration');
  await press('Save and done');
  expect(sent).toMatchObject([{ method: 'PATCH', ifMatch: `W/"${version - 1}"`, body: { config: { clientId: 'client', clientSecret: 'top secret', issuer: 'https://id.example' } } }]);
  expect(Object.keys(sent[0]!.body)).toEqual(['config']);
  await eventually('In use');
  expect(text()).toContain('A secret is stored');
  expect(document.body.innerHTML).not.toContain('top secret');
});

test('who was slower loads the newest version, keeps what was typed, and overwrites nothing else', async () => {
  stored = { ...stored, config: { clientId: 'client', clientSecret: 'kept', issuer: 'https://id.example' }, domains: ['acme.com'] };
  await page();
  await fill('scope', 'groups');
  stored = { ...stored, domains: ['acme.com', 'acme.jp'], config: { clientId: 'other client', clientSecret: 'kept', issuer: 'https://id.example' } };
  version++;
  await press('Save changes');
  await eventually('Another administrator has changed this meanwhile');
  await press('Load newest version');
  expect(field('scope').value).toBe('groups');
  expect(field('clientId').value).toBe('other client');
  await press('Save changes');
  expect(stored).toMatchObject({ domains: ['acme.com', 'acme.jp'], config: { clientId: 'other client', clientSecret: 'kept', scope: 'groups' } });
});

test('a name that is taken is told at the name', async () => {
  await show('/enterprise-sso/create', '/enterprise-sso/create', <AddModal />);
  expect([...document.querySelectorAll('[role=radio]')].map((each) => each.getAttribute('aria-label'))).toEqual(['AzureAdOidc', 'GoogleWorkspace', 'Okta', 'OIDC']);
  await press('Create connector');
  expect(text()).toContain('Choose an identity provider');
  await act(async () => document.querySelector<HTMLButtonElement>('[role=radio][aria-label=OIDC]')!.click());
  await fill('connectorName', 'Acme');
  await press('Create connector');
  expect(sent).toMatchObject([{ body: { providerName: 'OIDC', connectorName: 'Acme' } }]);
  expect(text()).toContain('Another connector has this name.');
  expect(field('connectorName').getAttribute('aria-invalid')).toBe('true');
});
