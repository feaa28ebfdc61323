// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import { act, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { Api } from '../src/api/client';
import { ApiContext } from '../src/api/context';
import { AddModal } from '../src/sso/AddModal';
import { ConnectorPage } from '../src/sso/ConnectorPage';
import { en } from '../src/words/en';
import { sso } from '../src/words/en/later/sso';

/** What the server holds, and what it was told. */
let stored: Record<string, unknown>;
let version = 0;
let sent: { method: string; path: string; body: any; ifMatch: string | null }[] = [];

const provider = { name: 'OIDC', providerType: 'oidc', providerLogo: 'data:,', providerLogoDark: 'data:,' };
const endpoints = (issuer: string) => ({ issuer, authorizationEndpoint: `${issuer}/auth`, tokenEndpoint: `${issuer}/token`, jwksUri: `${issuer}/keys`, issuerToStore: issuer });
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { ETag: `W/"${version}"` } });

function answer(method: string, path: string, body: any, ifMatch: string | null): Response {
  if (path === '/sign-in-exp') return json({ singleSignOnEnabled: true });
  if (path === '/sso-connector-providers') return json(['OIDC', 'AzureAdOidc', 'GoogleWorkspace', 'Okta', 'SAML'].map((providerName) => ({ providerName, name: providerName, description: '', logo: 'data:,', logoDark: 'data:,' })));
  if (path === '/sso-connectors/discovery') {
    return body.issuer.includes('down') ? json({ code: 'connector.invalid_config', message: 'no', data: { fault: 'refused' } }, 400) : json(endpoints(body.issuer.replace('/.well-known/openid-configuration', '')));
  }
  if (path.startsWith('/sso-connectors?')) return json([]);
  if (path === '/sso-connectors') return json({ code: 'single_sign_on.duplicate_connector_name', message: 'Another connector has this name.' }, 409);
  if (method === 'PATCH') {
    if (ifMatch !== `W/"${version}"`) return json({ code: 'single_sign_on.changed_meanwhile', message: 'Changed.' }, 412);
    stored = { ...stored, ...body };
    version++;
  }
  return json(stored);
}

beforeAll(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  window.matchMedia = ((query: string) => ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} })) as never;
  globalThis.ResizeObserver = class { observe() {} unobserve() {} disconnect() {} } as never;
  Object.defineProperty(document, 'fonts', { value: { addEventListener() {}, removeEventListener() {} } });
  await i18next.use(initReactI18next).init({ lng: 'en', ns: ['words'], defaultNS: 'words', interpolation: { escapeValue: false }, resources: { en: { words: { ...en, sso } } } });
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    const path = url.replace('http://localhost:3001/api', '');
    const call = { method: init.method ?? 'GET', path, body: init.body ? JSON.parse(String(init.body)) : undefined, ifMatch: new Headers(init.headers).get('if-match') };
    if (call.method !== 'GET' && !path.endsWith('/discovery')) sent.push(call);
    return answer(call.method, path, call.body, call.ifMatch);
  }) as never;
});

beforeEach(() => {
  sent = [];
  stored = { id: 'abc', providerName: 'OIDC', connectorName: 'Acme', config: {}, domains: [], branding: {}, syncProfile: false, enableTokenStorage: false, createdAt: 1, ...provider };
  document.body.innerHTML = '';
});

const pause = (ms = 150) => act(async () => new Promise((done) => setTimeout(done, ms)));

async function show(path: string, route: string, element: ReactElement) {
  const host = document.body.appendChild(document.createElement('div'));
  const api = new Api({ origin: 'http://localhost:3001', token: async () => 'token', language: () => 'en' });
  const router = createMemoryRouter([{ path: route, element }], { initialEntries: [path] });
  await act(async () => createRoot(host).render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <ApiContext.Provider value={api}><RouterProvider router={router} /></ApiContext.Provider>
      </QueryClientProvider>
    </MantineProvider>,
  ));
  await pause();
}

const page = () => show('/enterprise-sso/abc', '/enterprise-sso/:id/:tab?', <ConnectorPage />);
const text = () => document.body.textContent ?? '';
const eventually = async (sentence: string) => {
  for (let tries = 0; tries < 40 && !text().includes(sentence); tries++) await pause(50);
  expect(text()).toContain(sentence);
};
const field = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
const fill = async (name: string, value: string) => {
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field(name), value);
    field(name).dispatchEvent(new Event('input', { bubbles: true }));
  });
  await pause();
};
const press = async (label: string) => {
  const button = [...document.querySelectorAll('button')].find((each) => each.textContent === label);
  await act(async () => button!.click());
  await pause();
};

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
