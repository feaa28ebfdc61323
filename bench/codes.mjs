// What a code costs over the wire: one issued to a browser that is signed in, and one exchanged for tokens, by Node and, with
// WRK=1, by wrk for DURATION seconds (CODES=16000 are enough for 8), which leaves more of the machine to the server.
//   BASE_URL=http://localhost:3001 CLIENT_ID=… CLIENT_SECRET=… SERVER_PID=… POSTGRES_PID=… node bench/codes.mjs
// The client may call the Management API.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { base, basic, bearer, call, concurrency, json, postgres, seconds, server, token } from './wire.mjs';

const api = bearer((await token(
  { grant_type: 'client_credentials', scope: 'all', resource: 'https://default.logto.app/api' },
  basic(process.env.CLIENT_ID, process.env.CLIENT_SECRET),
)).access_token);
const run = Date.now().toString(36);
const codes = Number(process.env.CODES ?? 8000);
const redirectUri = 'http://localhost:9999/callback';
const app = await json('POST', '/api/applications', { name: `codes ${run}`, type: 'Traditional', oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] } }, api);
const [secret] = await json('GET', `/api/applications/${app.id}/secrets`, undefined, api);
const password = `Sp3cial-${run}-pass`;

const verifier = crypto.randomBytes(32).toString('base64url');
const query = new URLSearchParams({
  client_id: app.id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid profile', state: 's',
  code_challenge: crypto.createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
});

/** Some browsers, each with a user who is signed in: one session would be one row that all wait for. */
async function browser(number) {
  const jar = new Map();
  const username = `codes_${run}_${number}`;
  await json('POST', '/api/users', { username, password }, api);
  await call('GET', `${base}/oidc/auth?${query}`, { jar });
  await json('PUT', '/api/experience', { interactionEvent: 'SignIn' }, { jar });
  const { verificationId } = await json('POST', '/api/experience/verification/password', { identifier: { type: 'username', value: username }, password }, { jar });
  await json('POST', '/api/experience/identification', { verificationId }, { jar });
  let { redirectTo: next } = await json('POST', '/api/experience/submit', undefined, { jar });
  while (!next.startsWith(redirectUri)) next = (await call('GET', new URL(next, base), { jar })).location;
  return jar;
}

const browsers = [];
for (let i = 0; i < 32; i++) browsers.push(await browser(i));

async function all(name, work) {
  const before = [server(), postgres()];
  const begun = performance.now();
  const times = [];
  let next = 0;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (next < codes) {
      const i = next++;
      const asked = performance.now();
      await work(i);
      times.push(performance.now() - asked);
    }
  }));
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
  const cpu = (now, then) => ((now - then) / codes).toFixed(2);
  console.log(`${name}: ${(codes / (performance.now() - begun) * 1000).toFixed(0)}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, CPU ms: server ${cpu(server(), before[0])}, PostgreSQL ${cpu(postgres(), before[1])}`);
}

async function issue(phase) {
  const issued = [];
  await all(`${phase}: a code issued to a browser that is signed in`, async (i) => {
    const { location } = await call('GET', `${base}/oidc/auth?${query}`, { jar: browsers[i % browsers.length] });
    issued[i] = new URL(location).searchParams.get('code');
  });
  return issued;
}

for (const phase of ['warm-up', 'measured']) {
  const issued = await issue(phase);
  await all(`${phase}: a code exchanged for access and ID token`, (i) => token(
    { grant_type: 'authorization_code', redirect_uri: redirectUri, code: issued[i], code_verifier: verifier },
    basic(app.id, secret.value),
  ));
}

if (process.env.WRK) {
  const folder = fs.mkdtempSync('/tmp/codes-');
  const file = `${folder}/codes`;
  for (const phase of ['warm-up by wrk', 'by wrk']) {
    const issued = await issue(phase);
    fs.writeFileSync(file, issued.join('\n'));
    const before = [server(), postgres()];
    const script = new URL('codes.lua', import.meta.url).pathname;
    const { stdout, stderr } = spawnSync('wrk', ['-t1', `-c${concurrency}`, `-d${seconds}s`, '-s', script, `${base}/oidc/token`], {
      encoding: 'utf8',
      env: {
        ...process.env, CODES_FILE: file, AUTHORIZATION: basic(app.id, secret.value).authorization,
        FORM: `${new URLSearchParams({ grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier })}`,
      },
    });
    const said = /(\d+) codes, .*/.exec(stdout) ?? [stderr, NaN];
    const cpu = (now, then) => ((now - then) / said[1]).toFixed(2);
    console.log(`${phase}: ${said[0]}, CPU ms: server ${cpu(server(), before[0])}, PostgreSQL ${cpu(postgres(), before[1])}`);
  }
  fs.rmSync(folder, { recursive: true });
}
