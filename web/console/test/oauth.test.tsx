import { act } from 'react';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Application } from '../src/api/types';
import { ApplicationPage } from '../src/applications/ApplicationPage';
import { publicKeys, readKeys, signsForFapi } from '../src/applications/jwks';
import { demandsOf, fieldsOf, patchOf } from '../src/applications/oauth';
import { fieldsOf as settingsOf, patchOf as settingsPatch } from '../src/applications/settings';
import { webFault } from '../src/ui/uris';
import { access } from '../src/words/en/later/access';
import { oauth } from '../src/words/en/later/oauth';
import { eventually, field, json, pause, prepare, press, show, text, type as enter, type Call } from './page';

const ec = { kty: 'EC', crv: 'P-256', kid: 'one', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' };
const rsa = (bits: number) => ({ kty: 'RSA', e: 'AQAB', n: 'w'.repeat(Math.ceil(bits / 6)) });
const set = (...keys: object[]) => JSON.stringify({ keys });

const plain: Application = {
  id: 'shop', name: 'Shop', description: null, type: 'Traditional', isThirdParty: false, appLevelAccessControlEnabled: false, createdAt: 0, customData: {},
  oidcClientMetadata: { redirectUris: ['https://shop.example/callback'], postLogoutRedirectUris: [] }, customClientMetadata: {},
};
const fapi = { tokenEndpointAuthMethod: 'private_key_jwt', keySource: 'jwks', jwks: set(ec), jwksUri: '', dpop: 'required', securityProfile: true, responseTypes: ['code'], requirePushedAuthorizationRequests: false } as const;
const form = (more: object = {}) => ({ ...fapi, ...more }) as unknown as ReturnType<typeof fieldsOf>;

describe('keys', () => {
  test('a set, a list and a single key are read', () => {
    for (const pasted of [set(ec), JSON.stringify([ec]), JSON.stringify(ec)]) expect(readKeys(pasted)).toEqual({ keys: [ec], fault: null });
  });

  test.each([
    ['json', '{'], ['json', '"key"'], ['json', '{"keys":"x"}'], ['json', '[1]'], ['empty', ''], ['empty', set()],
    ['private', set({ ...ec, d: 'x' })], ['private', set({ ...rsa(2048), p: 'x' })], ['symmetric', set({ kty: 'oct', k: 'x' })],
    ['kind', set({ ...ec, crv: 'secp256k1' })], ['kind', set({ ...ec, kty: 'AKP' })], ['kind', set({ kty: 'OKP', crv: 'X25519', x: 'x' })],
    ['incomplete', set({ ...ec, y: undefined })], ['short', set(rsa(1024))], ['encryption', set({ ...ec, use: 'enc' })],
  ] as const)('%s: %s', (fault, pasted) => expect(readKeys(pasted).fault).toBe(fault));

  test('the key at fault is named, and two keys have two ids', () => {
    expect(readKeys(set(ec, { ...ec }))).toMatchObject({ fault: 'duplicate', at: 2 });
    expect(readKeys(set(ec, rsa(2048), rsa(4096))).fault).toBeNull();
  });

  test('beside a key for signatures there may be others', () => {
    expect(readKeys(set({ ...ec, kid: 'two', use: 'enc' }, { kty: 'OKP', crv: 'X25519', x: 'x' }, ec)).fault).toBeNull();
    expect(readKeys(set({ ...ec, kid: 'two', use: 'enc', d: 'x' }, ec))).toMatchObject({ fault: 'private', at: 1 });
  });

  test('what is private can be taken away', () => {
    expect(readKeys(publicKeys(set({ ...ec, d: 'x' })))).toEqual({ keys: [ec], fault: null });
  });

  test('FAPI signs with PS256, ES256 or Ed25519', () => {
    expect([rsa(2048), { ...rsa(2048), alg: 'PS256' }, ec, { kty: 'OKP', crv: 'Ed25519', x: 'x' }].every(signsForFapi)).toBe(true);
    expect([{ ...rsa(2048), alg: 'RS256' }, { ...ec, crv: 'P-384' }, { ...ec, use: 'enc' }].some(signsForFapi)).toBe(false);
  });
});

describe('what is sent', () => {
  const strange = {
    ...plain,
    oidcClientMetadata: { ...plain.oidcClientMetadata, logoUri: 'https://shop.example/logo.svg', later: { a: 1 }, jwks: { keys: [ec], note: 'kept' } },
    customClientMetadata: { idTokenTtl: 600, later: [1] },
  } as Application;

  test('nothing changed is nothing changed, unknown members included', () => {
    const { oidcClientMetadata, customClientMetadata } = strange;
    expect(patchOf(fieldsOf(strange), strange)).toEqual({ oidcClientMetadata, customClientMetadata });
    const set = { ...strange, oidcClientMetadata: { ...oidcClientMetadata, tokenEndpointAuthMethod: 'private_key_jwt', responseTypes: ['code', 'none'] }, customClientMetadata: { ...customClientMetadata, dpop: 'required', securityProfile: 'fapi2' } } as Application;
    expect(patchOf(fieldsOf(set), set)).toEqual({ oidcClientMetadata: set.oidcClientMetadata, customClientMetadata: set.customClientMetadata });
  });

  test('the profile brings DPoP along, and both can be left', () => {
    const profiled = { ...plain, oidcClientMetadata: { ...plain.oidcClientMetadata, tokenEndpointAuthMethod: 'private_key_jwt', jwksUri: 'https://shop.example/jwks' }, customClientMetadata: { securityProfile: 'fapi2' } } as Application;
    const fields = fieldsOf(profiled);
    expect(demandsOf(fields, profiled).every(({ met }) => met)).toBe(true);
    expect(patchOf(fields, profiled).customClientMetadata).toEqual({ securityProfile: 'fapi2' });
    expect(patchOf({ ...fields, securityProfile: false }, profiled).customClientMetadata).toEqual({ dpop: 'required' });
    expect(patchOf({ ...fields, securityProfile: false, dpop: 'off' }, profiled).customClientMetadata).toEqual({});
  });

  test('keys come from one place', () => {
    const { oidcClientMetadata } = patchOf(form({ keySource: 'jwksUri', jwksUri: ' https://shop.example/jwks ' }), strange);
    expect(oidcClientMetadata).toMatchObject({ jwksUri: 'https://shop.example/jwks', later: { a: 1 } });
    expect(oidcClientMetadata).not.toHaveProperty('jwks');
  });

  test('another method keeps the keys for later; what is off is not set', () => {
    const sent = patchOf(form({ tokenEndpointAuthMethod: '', dpop: 'off', securityProfile: false }), strange);
    expect(sent.oidcClientMetadata).toEqual(strange.oidcClientMetadata);
    expect(sent.customClientMetadata).toEqual(strange.customClientMetadata);
  });

  test('logout addresses come and go without touching the rest', () => {
    const front = { ...strange, oidcClientMetadata: { ...strange.oidcClientMetadata, backchannelLogoutSessionRequired: false, frontchannelLogoutUri: 'https://shop.example/out', frontchannelLogoutSessionRequired: true } } as Application;
    expect(settingsPatch(settingsOf(front), front).oidcClientMetadata).toEqual(front.oidcClientMetadata);
    const without = settingsPatch({ ...settingsOf(front), frontchannelLogoutUri: '' }, front).oidcClientMetadata;
    expect(without).toEqual({ ...strange.oidcClientMetadata, backchannelLogoutSessionRequired: false });
  });
});

describe('FAPI 2.0', () => {
  const unmet = (more: object, application = plain) => demandsOf(form(more), application).filter(({ met }) => !met).map(({ demand }) => demand);

  test('each demand is checked against the settings as they stand', () => {
    expect(unmet({})).toEqual([]);
    expect(unmet({ tokenEndpointAuthMethod: 'client_secret_jwt' })).toEqual(['method']);
    expect(unmet({ jwks: set({ ...rsa(2048), alg: 'RS256' }) })).toEqual(['keys']);
    expect(unmet({ keySource: 'jwksUri', jwksUri: 'http://shop.example/jwks' })).toEqual(['keys']);
    expect(unmet({ dpop: 'optional' })).toEqual(['dpop']);
    expect(unmet({ responseTypes: ['code', 'none'] })).toEqual(['code']);
    for (const redirectUris of [['http://shop.example/callback'], ['https://*.shop.example/callback']]) {
      expect(unmet({}, { ...plain, oidcClientMetadata: { ...plain.oidcClientMetadata, redirectUris } })).toEqual(['redirects']);
    }
  });

  test('what the tenant signs with counts, now and next', () => {
    const signing = (...algorithms: string[]) => demandsOf(form(), plain, algorithms).find(({ demand }) => demand === 'signing')!.met;
    expect([signing('ES256'), signing('EdDSA', 'ES256'), signing('ES384'), signing('ES256', 'ES384'), signing('RS256'), signing('RS256', 'ES384')]).toEqual([true, true, false, false, true, false]);
    expect(demandsOf(form(), plain).map(({ demand }) => demand)).not.toContain('signing');
  });

  test('a machine has no redirects to judge', () => {
    expect(demandsOf(form(), { ...plain, type: 'MachineToMachine' }).map(({ demand }) => demand)).toEqual(['method', 'keys', 'dpop']);
  });
});

test('an address that is called is encrypted, or on this machine', () => {
  for (const good of ['https://a.example/x', 'http://localhost:3000/x', 'http://127.0.0.1/x', 'http://[::1]:8/x']) expect(webFault(good)).toBeNull();
  for (const bad of ['http://a.example/x', 'http://localhost.evil.example/', 'https://*.a.example/', 'com.app://x', 'javascript:1', '/x', 'https://a.example/#x']) expect(webFault(bad)).not.toBeNull();
});

describe('the page', () => {
  let application: Application = plain;
  let sent: { body: any; ifMatch: string | null }[] = [];
  let refusal: object | undefined;
  let secrets: object[] = [];
  let version = 'W/"v7"';
  let algorithm = 'ES256';

  const answer = ({ method, path, body, ifMatch }: Call): Response => {
    if (method === 'PATCH') {
      if (ifMatch !== version) return json({ code: 'request.precondition_failed', message: '' }, 412);
      sent.push({ body, ifMatch });
      if (refusal) return json(refusal, 400);
      application = { ...application, ...body };
      return json(application);
    }
    if (path.endsWith('/secrets')) return json(secrets);
    if (path === '/configs/oidc/private-keys') return json([{ id: 'now', createdAt: 0, algorithm, status: 'Current' }, { id: 'old', createdAt: 0, algorithm: 'ES384', status: 'Previous' }]);
    if (path === '/oidc/.well-known/openid-configuration') {
      return json({ issuer: 'https://id.example/oidc', token_endpoint: 'https://id.example/oidc/token', device_authorization_endpoint: 'https://id.example/oidc/device/auth', userinfo_endpoint: 'https://id.example/oidc/me' });
    }
    return json(application, 200, { ETag: version });
  };
  beforeAll(() => prepare({ access, oauth }, answer));
  beforeEach(() => {
    [application, sent, refusal, secrets, version, algorithm] = [plain, [], undefined, [], 'W/"v7"', 'ES256'];
  });
  const open = (tab: string, more: Partial<Application> = {}) => {
    application = { ...plain, ...more };
    return show(`/applications/shop/${tab}`, '/applications/:id/:tab?', <ApplicationPage />);
  };
  const choose = (label: string) => act(async () => {
    const found = [...document.querySelectorAll<HTMLInputElement>('input')].find((each) => each.labels?.[0]?.textContent?.startsWith(label))!;
    found.click();
  });

  test.each([
    ['Traditional', ['Client authentication', 'DPoP', 'FAPI 2.0', 'id_token'], []],
    ['MachineToMachine', ['Client authentication', 'DPoP', 'FAPI 2.0'], ['id_token', 'redirect URIs']],
    ['SPA', ['DPoP', 'id_token'], ['Client authentication', 'FAPI 2.0']],
    ['Native', ['DPoP', 'id_token'], ['Client authentication', 'FAPI 2.0']],
  ] as const)('%s is shown what fits it', async (type, there, absent) => {
    await open('security', { type });
    await eventually('Sender-constrained tokens');
    for (const word of there) expect(text()).toContain(word);
    for (const word of absent) expect(text()).not.toContain(word);
  });

  test('a device that shows a code has no redirects', async () => {
    await open('settings', { type: 'Native', customClientMetadata: { isDeviceFlow: true } });
    await eventually('Custom data');
    expect(text()).not.toContain('Redirect URIs');
    expect(text()).toContain('Device flow');
  });

  test('the profile is saved only when it fits, under the version that was read', async () => {
    await open('security');
    await eventually('FAPI 2.0');
    await choose('FAPI 2.0 Security Profile');
    await press('Save changes');
    expect(text()).toContain('Some demands are not met yet');
    expect(sent).toEqual([]);
    await press('Choose the settings that fit');
    await enter(field('jwks') as never, set({ ...ec, d: 'secret' }));
    expect(text()).toContain('Key 1 contains its private part');
    await press('Save changes');
    expect(sent).toEqual([]);
    await press('Keep the public parts only');
    expect(text()).toContain('one · EC P-256');
    await press('Save changes');
    expect(sent).toEqual([{
      ifMatch: 'W/"v7"',
      body: {
        oidcClientMetadata: { ...plain.oidcClientMetadata, tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [ec] } },
        customClientMetadata: { dpop: 'required', securityProfile: 'fapi2' },
      },
    }]);
    await eventually('Security profile');
    expect(text()).not.toContain('You have unsaved changes');
  });

  test('a signing key that the profile does not permit is told before anything is sent', async () => {
    algorithm = 'ES384';
    await open('security', { oidcClientMetadata: { ...plain.oidcClientMetadata, tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [ec] } }, customClientMetadata: { dpop: 'required' } });
    await eventually('The tenant signs with ES256, EdDSA or PS256');
    await choose('FAPI 2.0 Security Profile');
    await press('Save changes');
    expect(text()).toContain('Some demands are not met yet');
    expect(sent).toEqual([]);
    expect(document.querySelector('a[href="/signing-keys"]')).not.toBeNull();
  });

  test('pushed requests can be demanded without the profile', async () => {
    await open('security');
    await eventually('Pushed authorization requests');
    await choose('Accept pushed requests only');
    await press('Save changes');
    expect(sent).toMatchObject([{ body: { oidcClientMetadata: { requirePushedAuthorizationRequests: true }, customClientMetadata: {} } }]);
  });

  test('what the server refuses is told at its field', async () => {
    await open('security', { oidcClientMetadata: { ...plain.oidcClientMetadata, tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [ec] } } });
    await eventually('JSON Web Key Set');
    refusal = { code: 'guard.invalid_input', message: 'no', data: { issues: [{ path: ['oidcClientMetadata', 'jwks', 'keys', 0], message: 'Not on its curve' }] } };
    await choose('Required');
    await press('Save changes');
    expect(text()).toContain('Not on its curve');
    expect(field('jwks').getAttribute('aria-invalid')).toBe('true');
  });

  test('a change of another administrator is not overwritten', async () => {
    await open('tokens');
    await eventually('Token exchange');
    application = { ...plain, customClientMetadata: { idTokenTtl: 600 } };
    version = 'W/"v8"';
    await choose('Allow token exchange');
    await press('Save changes');
    await eventually('Another administrator has changed this meanwhile');
    await press('Load newest version');
    await pause();
    expect(field('idTokenTtl').value).toBe('600');
    await press('Save changes');
    expect(sent).toMatchObject([{ ifMatch: 'W/"v8"', body: { customClientMetadata: { idTokenTtl: 600, allowTokenExchange: true } } }]);
  });

  test('expired secrets are named', async () => {
    secrets = [{ name: 'Old', value: 'x', createdAt: 0, expiresAt: 1 }, { name: 'New', value: 'y', createdAt: 0, expiresAt: null }];
    await open('security');
    await eventually('because it has expired: Old');
  });

  test('a front-channel address is on the origin of a redirect, and is no plain http', async () => {
    await open('settings');
    await eventually('Front-channel logout URI');
    await enter(field('frontchannelLogoutUri'), 'https://other.example/out');
    await enter(field('backchannelLogoutUri'), 'http://shop.example/out');
    await press('Save changes');
    expect(text()).toContain('same origin as one of the redirect URIs');
    expect(text()).toContain('Enter an https:// address');
    expect(sent).toEqual([]);
  });

  test('endpoints are those of the discovery document that fit the application', async () => {
    await open('credentials', { type: 'MachineToMachine' });
    await eventually('https://id.example/oidc/token');
    expect(text()).toContain('Issuer');
    expect(text()).not.toContain('/oidc/me');
    expect(text()).not.toContain('/device/auth');
  });
});
