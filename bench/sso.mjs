// What a sign-in by enterprise SSO costs the server, over the wire, with a provider that costs next to nothing; then the
// look-up of an address' domain among many connectors. Node 20, no packages.
//   BASE_URL=http://localhost:3001 CLIENT_ID=… CLIENT_SECRET=… SERVER_PID=… node bench/sso.mjs [connectors]
// The client may call the Management API; the server needs OUTBOUND_ALLOWED_NETWORKS=127.0.0.1.
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { agent, base, call, json } from './wire.mjs';

const concurrency = Number(process.env.CONCURRENCY ?? 4);
const seconds = Number(process.env.DURATION ?? 15);

// The provider: constants, and one signature a sign-in.
const key = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' };
const asked = {};
const provider = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, issuer);
  asked[pathname] = (asked[pathname] ?? 0) + 1;
  let form = '';
  request.on('data', (part) => (form += part));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[pathname]?.(new URLSearchParams(form)) ?? {}));
  });
});
await new Promise((resolve) => provider.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${provider.address().port}`;
const b64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function idToken(code) {
  const [sub, nonce] = code.split('~');
  const now = Math.floor(Date.now() / 1000);
  const head = b64({ alg: 'ES256', kid: 'k' });
  const body = `${head}.${b64({ iss: issuer, aud: 'bench', sub, nonce, iat: now, exp: now + 300, name: 'Ada', email: `${sub}@acme.test`, email_verified: true })}`;
  return `${body}.${crypto.sign('sha256', body, { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
const answers = {
  '/.well-known/openid-configuration': () => ({
    issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ['ES256'],
  }),
  '/jwks': () => ({ keys: [jwk] }),
  '/token': (form) => ({ access_token: 'a'.repeat(800), token_type: 'Bearer', expires_in: 3600, id_token: idToken(form.get('code')) }),
};

// What is needed, over the Management API.
const basic = Buffer.from(`${process.env.CLIENT_ID}:${process.env.CLIENT_SECRET}`).toString('base64');
const granted = await call('POST', `${base}/oidc/token`, {
  headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=client_credentials&scope=all&resource=https%3A%2F%2Fdefault.logto.app%2Fapi',
});
const api = { headers: { authorization: `Bearer ${JSON.parse(granted.text).access_token}` } };
const run = Date.now().toString(36);
const redirectUri = 'http://localhost:9999/callback';
const app = await json('POST', '/api/applications', { name: `sso ${run}`, type: 'SPA', oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] } }, api);
const config = { clientId: 'bench', clientSecret: 'secret', issuer };
const connector = await json('POST', '/api/sso-connectors', { providerName: 'OIDC', connectorName: `bench ${run}`, config, domains: ['acme.test'] }, api);
await json('PATCH', '/api/sign-in-exp', { singleSignOnEnabled: true }, api);

async function begin() {
  const jar = new Map();
  const verifier = crypto.randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: app.id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid profile', state: 's',
    code_challenge: crypto.createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  });
  await call('GET', `${base}/oidc/auth?${query}`, { jar });
  await json('PUT', '/api/experience', { interactionEvent: 'SignIn' }, { jar });
  return { jar, verifier };
}

async function signIn(sub) {
  const { jar, verifier } = await begin();
  const way = `/api/experience/verification/sso/${connector.id}`;
  const callback = `${base}/callback/${connector.id}`;
  const { authorizationUri, verificationId } = await json('POST', `${way}/authorization-uri`, { state: 'state', redirectUri: callback }, { jar });
  const code = `${sub}~${new URL(authorizationUri).searchParams.get('nonce')}`;
  await json('POST', `${way}/verify`, { verificationId, connectorData: { code, state: 'state', redirectUri: callback } }, { jar });
  try {
    await json('POST', '/api/experience/identification', { verificationId }, { jar });
  } catch (unknown) {
    if (unknown.status !== 404) throw unknown;
    await json('PUT', '/api/experience/interaction-event', { interactionEvent: 'Register' }, { jar });
    await json('POST', '/api/experience/identification', { verificationId }, { jar });
  }
  let { redirectTo: next } = await json('POST', '/api/experience/submit', undefined, { jar });
  while (!next.startsWith(redirectUri)) next = (await call('GET', new URL(next, base), { jar })).location;
  const body = new URLSearchParams({
    grant_type: 'authorization_code', client_id: app.id, redirect_uri: redirectUri, code: new URL(next).searchParams.get('code'), code_verifier: verifier,
  });
  const tokens = await call('POST', `${base}/oidc/token`, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `${body}` });
  if (tokens.status !== 200) throw new Error(tokens.text);
}

const cpu = () => {
  if (!process.env.SERVER_PID) return NaN;
  const fields = fs.readFileSync(`/proc/${process.env.SERVER_PID}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

async function measure(name, work) {
  for (const phase of ['warm-up', 'measured']) {
    const end = Date.now() + seconds * 1000;
    const before = cpu();
    let done = 0;
    await Promise.all(Array.from({ length: concurrency }, async () => {
      while (Date.now() < end) {
        await work();
        done++;
      }
    }));
    console.log(`${name}, ${phase}: ${(done / seconds).toFixed(1)}/s, ${((cpu() - before) / done).toFixed(2)} ms of server CPU each`);
  }
}

const people = Array.from({ length: 200 }, (_, i) => `user-${run}-${i}`);
for (const person of people) await signIn(person);
let turn = 0;
await measure('sign-in by SSO, the whole of it', () => signIn(people[turn++ % people.length]));
console.log('the provider was asked for', JSON.stringify(asked));

const many = Number(process.argv[2] ?? 10_000);
const left = Array.from({ length: many }, (_, i) => i);
await Promise.all(Array.from({ length: 8 }, async () => {
  for (let i = left.pop(); i !== undefined; i = left.pop()) {
    await json('POST', '/api/sso-connectors', { providerName: 'OIDC', connectorName: `bench ${run} ${i}`, config, domains: [`a${i}.${run}.test`, `b${i}.${run}.test`] }, api);
  }
}));
const { jar } = await begin();
await measure(`domain of an address among ${many} connectors`, () =>
  json('GET', `/api/experience/sso-connectors?email=ada@b${crypto.randomInt(many)}.${run}.test`, undefined, { jar }));
provider.close();
agent.destroy();
