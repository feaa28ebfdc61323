import { expect, test } from 'vitest';
import { ApiError } from '../src/api/errors';
import type { SsoConnector } from '../src/api/types';
import { statusOf } from '../src/sso/connectors';
import { canonical, domainFaults } from '../src/sso/domains';
import { begun, fieldsOf, lacking, patchOf } from '../src/sso/fields';
import { clashes } from '../src/ui/useEditing';
import { faultOf, faults } from '../src/sso/queries';
import { sso } from '../src/words/en/later/sso';

const draft: SsoConnector = {
  id: 'abc', providerName: 'OIDC', connectorName: 'Acme', config: {}, domains: [], branding: {}, syncProfile: false, enableTokenStorage: false,
  createdAt: 0, name: 'OIDC', providerType: 'oidc', providerLogo: '', providerLogoDark: '',
};
const config = { clientId: 'id', clientSecret: 'kept', issuer: 'https://id.example.com', trustUnverifiedEmail: false, clientAuthentication: 'client_secret_post' };
const whole = { ...draft, config, domains: ['acme.com'] };

test.each([
  [' ACME.com. ', 'acme.com'],
  ['ada@Acme.com', 'acme.com'],
  ['ａｃｍｅ.com', 'acme.com'],
  ['日本語。jp', 'xn--wgv71a119e.jp'],
  ['münchen.example', 'xn--mnchen-3ya.example'],
])('%s is kept as %s', (typed, kept) => expect(canonical(typed)).toBe(kept));

test('domains of everybody, what is no domain, and copies are refused at the tag', () => {
  expect(domainFaults(['acme.com', 'Gmail.com', '163.com', 'acme', 'acme.com/x', 'ACME.COM', '10.0.0.1', 'a..b', 'acme.co.jp'])).toEqual([null, 'public', 'public', 'syntax', 'syntax', 'duplicate', 'syntax', 'syntax', null]);
});

test('a connector is in use with connection, domain and the switch', () => {
  expect(statusOf(draft, true)).toBe('incomplete');
  expect(statusOf({ ...whole, domains: [] }, true)).toBe('incomplete');
  expect(statusOf(whole, true)).toBe('inUse');
  expect(statusOf(whole, false)).toBe('off');
});

test('saving what was not touched sends nothing', () => {
  expect(patchOf(fieldsOf(whole), whole)).toEqual({});
  expect(patchOf(fieldsOf(draft), draft)).toEqual({});
});

test('a connection is sent whole: the stored secret, and what the form does not show, go along', () => {
  expect(patchOf({ ...fieldsOf(whole), clientId: ' new ' }, whole)).toEqual({ config: { ...config, clientId: 'new' } });
  expect(patchOf({ ...fieldsOf(whole), scope: 'groups, offline_access' }, whole)).toEqual({ config: { ...config, scope: 'groups offline_access' } });
  expect(patchOf({ ...fieldsOf(whole), clientSecret: 'fresh' }, whole)).toEqual({ config: { ...config, clientSecret: 'fresh' } });
});

test('Google needs no issuer, and has a switch of its own', () => {
  const google = { ...draft, providerName: 'GoogleWorkspace' as const };
  const fields = { ...fieldsOf(google), clientId: 'id', clientSecret: 'secret', offlineAccess: true };
  expect(lacking(fields, google)).toEqual([]);
  expect(patchOf(fields, google)).toEqual({ config: { clientId: 'id', clientSecret: 'secret', offlineAccess: true, trustUnverifiedEmail: false } });
});

test('a part of a connection asks for the rest; none of it is a draft', () => {
  expect(begun(fieldsOf(draft), draft)).toBe(false);
  const fields = { ...fieldsOf(draft), clientId: 'id' };
  expect(begun(fields, draft)).toBe(true);
  expect(lacking(fields, draft)).toEqual(['clientSecret', 'issuer']);
  expect(lacking({ ...fieldsOf(whole), issuer: '' }, whole)).toEqual(['issuer']);
});

test('the appearance is replaced as a whole, domains are sent as the server keeps them', () => {
  expect(patchOf({ ...fieldsOf(whole), displayName: 'Acme Inc.', logo: ' ' }, whole)).toEqual({ branding: { displayName: 'Acme Inc.' } });
  expect(patchOf({ ...fieldsOf(whole), domains: ['acme.com', 'Acme.JP'] }, whole)).toEqual({ domains: ['acme.com', 'acme.jp'] });
});

test('what two have changed at once is named, what only one has changed is not', () => {
  const began = fieldsOf(whole);
  const mine = { ...began, domains: ['acme.com', 'acme.jp'], displayName: 'Acme', scope: 'groups' };
  const stored = { ...began, domains: ['acme.com', 'acme.de'], clientId: 'other', scope: 'groups' };
  expect(clashes(mine, began, stored)).toEqual(['domains']);
});

test('each fault of discovery has a sentence of its own', () => {
  const sentences = faults.map((fault) => sso.faults[fault]);
  expect(new Set(sentences).size).toBe(15);
  expect(sso.faults.private_address).toContain('OUTBOUND_ALLOWED_NETWORKS');
});

test('a fault is read from the answer of the server, anything else is not taken for one', () => {
  const error = (data: unknown, code = 'connector.invalid_config') => new ApiError(400, code, 'no', data);
  expect(faultOf(error({ fault: 'http_status', status: 503 }))).toEqual({ fault: 'http_status', detail: 'HTTP 503' });
  expect(faultOf(error({ fault: 'missing_endpoint', missing: 'jwks_uri' }))).toEqual({ fault: 'missing_endpoint', detail: 'jwks_uri' });
  expect(faultOf(error({ fault: 'unheard_of' }))).toBeNull();
  expect(faultOf(error({ fault: 'tls' }, 'connector.not_found'))).toBeNull();
});

test('a connector that proves itself by a key lacks no secret and is sent none', () => {
  const keyed = { ...whole, config: { clientId: 'id', issuer: 'https://id.example.com', trustUnverifiedEmail: false, clientAuthentication: 'private_key_jwt' } };
  expect(lacking(fieldsOf(keyed), keyed)).toEqual([]);
  expect(patchOf({ ...fieldsOf(keyed), clientId: 'new' }, keyed)).toEqual({ config: { ...keyed.config, clientId: 'new' } });
});
