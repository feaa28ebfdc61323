// What it costs to prove oneself by more than a secret: client_credentials by client_secret_basic, by private_key_jwt, with
// a DPoP proof, and with both.
//   BASE_URL=http://localhost:3001 CLIENT_ID=… CLIENT_SECRET=… SERVER_PID=… POSTGRES_PID=… node bench/clients.mjs
// The client may call the Management API. Node signs an ES256 for each assertion and proof and takes its share of the machine:
// the server's CPU is what counts.
import crypto from 'node:crypto';
import { base, basic, bearer, json, measure, token } from './wire.mjs';

const api = bearer((await token(
  { grant_type: 'client_credentials', scope: 'all', resource: 'https://default.logto.app/api' },
  basic(process.env.CLIENT_ID, process.env.CLIENT_SECRET),
)).access_token);
const run = Date.now().toString(36);
const resource = `https://clients-${run}.example.com`;
await json('POST', '/api/resources', { name: run, indicator: resource }, api);

const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
const application = async (name, oidc) => json('POST', '/api/applications', {
  name: `${name} ${run}`, type: 'MachineToMachine',
  oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [], ...oidc }, customClientMetadata: { dpop: 'optional' },
}, api);
const plain = await application('secret', {});
const [secret] = await json('GET', `/api/applications/${plain.id}/secrets`, undefined, api);
const keyed = await application('key', { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [{ kty, crv, x, y, kid: 'k' }] } });

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(header, claims) {
  const input = `${encoded({ alg: 'ES256', ...header })}.${encoded(claims)}`;
  return `${input}.${crypto.sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
const now = () => Math.floor(Date.now() / 1000);
const proof = () => ({ dpop: jwt({ typ: 'dpop+jwt', jwk: { kty, crv, x, y } }, { jti: crypto.randomUUID(), htm: 'POST', htu: `${base}/oidc/token`, iat: now() }) });
const assertion = () => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: jwt({ kid: 'k' }, { iss: keyed.id, sub: keyed.id, aud: `${base}/oidc`, jti: crypto.randomUUID(), iat: now(), exp: now() + 60 }),
});
const ask = (form, headers) => token({ grant_type: 'client_credentials', resource, ...form }, headers);

await measure('client_secret_basic', () => ask({}, basic(plain.id, secret.value)));
await measure('client_secret_basic and a DPoP proof', () => ask({}, { ...basic(plain.id, secret.value), ...proof() }));
await measure('private_key_jwt', () => ask({ client_id: keyed.id, ...assertion() }));
await measure('private_key_jwt and a DPoP proof', () => ask({ client_id: keyed.id, ...assertion() }, proof()));
process.exit(0);
