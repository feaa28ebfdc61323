// @vitest-environment jsdom
import { beforeAll, expect, test } from 'vitest';
import type { Application } from '../src/api/types';
import { SettingsTab } from '../src/applications/SettingsTab';
import { eventually, field, json, prepare, press, show, type } from './page';

const application: Application = {
  id: 'abc', name: 'Bookstore', description: null, type: 'Traditional', isThirdParty: false, appLevelAccessControlEnabled: false, createdAt: 0, customData: {},
  oidcClientMetadata: { redirectUris: ['https://a.example/callback'], postLogoutRedirectUris: [], logoUri: 'https://a.example/logo.svg' },
  customClientMetadata: { idTokenTtl: 600 },
};

const sent: unknown[] = [];

beforeAll(() =>
  prepare({}, ({ body }) => {
    sent.push(body);
    return json({ code: 'guard.invalid_input', message: 'no', data: { issues: [{ path: ['oidcClientMetadata', 'redirectUris', 0], message: 'Not allowed here' }] } }, 400);
  }));

const page = () => show('/', '/', <SettingsTab application={application} />);

test('discarding brings back what is saved', async () => {
  await page();
  await type(field('name'), 'Library');
  expect(field('name').value).toBe('Library');
  await press('Discard');
  expect(field('name').value).toBe('Bookstore');
});

test('saving sends the metadata whole, and a refused address is told at its list', async () => {
  await page();
  await type(field('name'), 'Library');
  await press('Save changes');
  expect(sent).toEqual([{
    name: 'Library', description: null, customData: {},
    oidcClientMetadata: { redirectUris: ['https://a.example/callback'], postLogoutRedirectUris: [], logoUri: 'https://a.example/logo.svg', backchannelLogoutSessionRequired: false },
    customClientMetadata: { idTokenTtl: 600, corsAllowedOrigins: [] },
  }]);
  await eventually('Not allowed here');
});
