import { expect, test } from 'vitest';
import type { Invitation, Organization, SignInExperience } from '../src/api/types';
import { difference } from '../src/organizations/difference';
import { fieldOf, fieldsOf, patchOf, previewOf, tabOf } from '../src/organizations/fields';
import { addresses, day, statusOf } from '../src/organizations/invitations';

const acme: Organization = {
  id: 'acme', name: 'Acme', description: null, customData: { plan: 'free' }, isMfaRequired: false, color: {}, branding: {}, customCss: null, createdAt: 0,
};
const tenant = {
  color: { primaryColor: '#0F766E', isDarkModeEnabled: true, darkPrimaryColor: '#2DD4BF' },
  branding: { logoUrl: 'https://tenant.example/logo.svg', darkLogoUrl: 'https://tenant.example/dark.svg', favicon: 'https://tenant.example/icon.svg' },
  customCss: 'body {}',
} as SignInExperience;
const shown = (fields: Parameters<typeof previewOf>[0]) => JSON.parse(Buffer.from(previewOf(fields, tenant), 'base64url').toString()) as SignInExperience;

test('saving what was not touched sends nothing, and a save sends no more than what was touched', () => {
  const fields = fieldsOf(acme);
  expect(patchOf(fields, acme)).toEqual({});
  expect(patchOf({ ...fields, isMfaRequired: true }, acme)).toEqual({ isMfaRequired: true });
  expect(patchOf({ ...fields, name: ' Acme Inc. ', description: '  ' }, acme)).toEqual({ name: 'Acme Inc.', description: null });
  expect(patchOf({ ...fields, customData: '' }, acme)).toEqual({ customData: {} });
});

test('colours are sent as a pair, with what the form does not show; switched off, they are the tenant’s again', () => {
  const own = { ...acme, color: { primaryColor: '#111111', darkPrimaryColor: '#EEEEEE', isDarkModeEnabled: false } };
  expect(patchOf({ ...fieldsOf(own), primaryColor: '#222222' }, own)).toEqual({ color: { primaryColor: '#222222', darkPrimaryColor: '#EEEEEE', isDarkModeEnabled: false } });
  expect(patchOf({ ...fieldsOf(own), ownColors: false }, own)).toEqual({ color: {} });
  expect(patchOf({ ...fieldsOf(acme), primaryColor: '#222222' }, acme)).toEqual({});
});

test('an image that is emptied is left out of what replaces the images', () => {
  const own = { ...acme, branding: { logoUrl: 'https://acme.example/logo.svg', favicon: 'https://acme.example/icon.svg' } };
  expect(patchOf({ ...fieldsOf(own), logoUrl: '' }, own)).toEqual({ branding: { favicon: 'https://acme.example/icon.svg' } });
});

test('the preview shows the tenant’s pages in the organization’s dress, never one logo of each', () => {
  expect(shown(fieldsOf(acme))).toEqual(tenant);
  const dressed = shown({ ...fieldsOf(acme), ownColors: true, primaryColor: '#111111', darkPrimaryColor: '#EEEEEE', logoUrl: 'https://acme.example/logo.svg', customCss: 'p {}' });
  expect(dressed.color).toEqual({ primaryColor: '#111111', isDarkModeEnabled: true, darkPrimaryColor: '#EEEEEE' });
  expect(dressed.branding).toEqual({ logoUrl: 'https://acme.example/logo.svg', darkLogoUrl: 'https://acme.example/logo.svg', favicon: 'https://tenant.example/icon.svg' });
  expect(dressed.customCss).toBe('p {}');
});

test('a fault that the server names is found in its tab', () => {
  expect(['name', 'color.primaryColor', 'branding.logoUrl', 'customData'].map(fieldOf)).toEqual(['name', 'primaryColor', 'logoUrl', 'customData']);
  expect(['name', 'customData', 'logoUrl', 'customCss'].map(tabOf)).toEqual(['settings', 'settings', 'branding', 'branding']);
});

test('roles are added and removed one by one, so that nobody else’s change is undone', () => {
  expect(difference(['a', 'b'], ['b', 'c'])).toEqual({ added: ['c'], removed: ['a'] });
});

const invitation = (invitee: string, status: Invitation['status'], expiresAt: number) => ({ invitee, status, expiresAt }) as Invitation;

test('an invitation past its time has expired, whatever the list said when it was read', () => {
  expect(statusOf(invitation('', 'Pending', day), 0)).toBe('Pending');
  expect(statusOf(invitation('', 'Pending', day), day)).toBe('Expired');
  expect(statusOf(invitation('', 'Accepted', day), 2 * day)).toBe('Accepted');
});

test('addresses are read out of what is pasted, each once', () => {
  expect(addresses(['ada@acme.com, Grace@acme.com；alan@acme.com', 'ADA@acme.com', ' '])).toEqual(['ada@acme.com', 'Grace@acme.com', 'alan@acme.com']);
});
