// @vitest-environment node
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type KeyLike } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyIdToken } from '../src/app/idToken';

const issuer = 'https://id.example/oidc';
let key: KeyLike;
let other: KeyLike;
let server: Server;

beforeAll(async () => {
  const pair = await generateKeyPair('ES384');
  key = pair.privateKey;
  other = (await generateKeyPair('ES384')).privateKey;
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'ES384', use: 'sig', kid: 'one' }] };
  server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => server.close());

const now = () => Math.floor(Date.now() / 1000);
const token = ({ audience = 'admin-console', from = issuer, at = now(), until = now() + 3600, signer = key } = {}) =>
  new SignJWT({}).setProtectedHeader({ alg: 'ES384', kid: 'one' }).setIssuer(from).setAudience(audience).setSubject('ada').setIssuedAt(at).setExpirationTime(until).sign(signer);
const verify = async (made: Promise<string>) => verifyIdToken(await made, 'admin-console', issuer, `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);

test('the server\u2019s own ID token for this console is accepted', async () => {
  await expect(verify(token())).resolves.toBeUndefined();
});

test('any other is refused: another audience, issuer or key, too old, from the future', async () => {
  await expect(verify(token({ audience: 'other' }))).rejects.toThrow(/aud/);
  await expect(verify(token({ from: 'https://evil.example' }))).rejects.toThrow(/iss/);
  await expect(verify(token({ signer: other }))).rejects.toThrow(/signature/);
  await expect(verify(token({ at: now() - 7200, until: now() - 3600 }))).rejects.toThrow(/exp/);
  await expect(verify(token({ at: now() - 600 }))).rejects.toThrow(/iat/);
  await expect(verify(token({ at: now() + 600 }))).rejects.toThrow(/iat/);
});
