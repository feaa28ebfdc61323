// @vitest-environment jsdom
import { act } from 'react';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { RegistrationPage } from '../src/registration/RegistrationPage';
import { access } from '../src/words/en/later/access';
import { registration } from '../src/words/en/later/registration';
import { resources } from '../src/words/en/later/resources';
import { eventually, field, json, pause, prepare, press, show, text, type, type Call } from './page';

let sent: { method: string; path: string; body: any }[];
let settings: Record<string, unknown>;
let tokens: Record<string, unknown>[];

function answer({ method, path, body }: Call): Response {
  if (method !== 'GET') sent.push({ method, path, body });
  if (path.endsWith('/user-consent-scopes')) {
    return method === 'GET' ? json({ organizationScopes: [], resourceScopes: [], organizationResourceScopes: [], userScopes: ['profile'] }) : json(undefined, 201);
  }
  if (path === '/configs/oidc/registration/initial-access-tokens') {
    if (method === 'GET') return json(tokens);
    const made = { id: 't1', uses: 0, createdAt: 1, ...body };
    tokens = [made];
    return json({ ...made, value: 'the-value' }, 201);
  }
  if (path === '/configs/cimd') return json(method === 'GET' ? { enabled: false } : body);
  if (method === 'PATCH') Object.assign(settings, body);
  return json(settings);
}

beforeAll(() => prepare({ access, registration, resources }, answer));

beforeEach(() => {
  sent = [];
  tokens = [];
  settings = {
    enabled: false, requiresInitialAccessToken: true, types: ['Native', 'SPA', 'Traditional'], allowsDeviceFlow: false, redirectHosts: [], maxClients: 1000,
    attemptsPerHour: 30, unusedLifetimeInDays: 7,
  };
});

const page = (path = '/registration') => show(path, '/registration/:tab?', <RegistrationPage />);
/** A switch by its label. */
const flip = async (label: string) => {
  const found = [...document.querySelectorAll<HTMLInputElement>('input[role=switch]')].find((each) => [...each.labels!].some((of) => of.textContent!.includes(label)));
  await act(async () => found!.click());
  await pause();
};
const submit = async () => {
  await act(async () => [...document.querySelectorAll<HTMLElement>('button[type=submit]')].at(-1)!.click());
  await pause();
};

test('switching on sends what has changed and nothing else; the risk is told before', async () => {
  await page();
  await eventually('Clients may register themselves');
  expect(text()).toContain('What a client says about itself is not checked');
  await flip('Only with an initial access token');
  await eventually('anybody on the internet can add applications here');
  await flip('Clients may register themselves');
  await press('Save changes');
  await vi.waitFor(() => expect(sent).not.toEqual([]), 10_000);
  expect(sent).toEqual([{ method: 'PATCH', path: '/configs/oidc/registration', body: { enabled: true, requiresInitialAccessToken: false } }]);
});

test('a token is shown once, when it is made', async () => {
  await page();
  await eventually('No initial access token');
  await press('Create token');
  await eventually('Registrations at most');
  await type(field('name'), 'Partner');
  await submit();
  await eventually('the-value');
  expect(sent.at(-1)!.body).toMatchObject({ name: 'Partner', maxUses: 1 });
  await press('Done');
  expect(text()).not.toContain('the-value');
  expect(text()).toContain('0 of 1');
});

test('client documents have a switch of their own, and their ceiling', async () => {
  await page('/registration/documents');
  await eventually('Take addresses as client IDs');
  expect(text()).toContain('see the host of the address before the name');
  await flip('Take addresses as client IDs');
  await press('Save changes');
  await vi.waitFor(() => expect(sent).not.toEqual([]), 10_000);
  expect(sent).toEqual([{ method: 'PATCH', path: '/configs/cimd', body: { enabled: true } }]);
});
