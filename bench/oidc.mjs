// Token endpoint, userinfo and introspection over the wire, by wrk: as fast as they go, then at the rate that is asked of each.
//   BASE_URL=http://localhost:3001 CLIENT_ID=… CLIENT_SECRET=… SERVER_PID=… POSTGRES_PID=… CONCURRENCY=64 node bench/oidc.mjs [what …]
// On a slower machine than the goals are for, SHARE=0.6 asks for so much of their rates.
// The client may call the Management API. POSTGRES_PID is the first line of <data folder>/postgres/…/postmaster.pid.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { base, basic, bearer, call, code, concurrency, json, postgres, seconds, server, signIn, token, user } from './wire.mjs';

const api = bearer((await token(
  { grant_type: 'client_credentials', scope: 'all', resource: 'https://default.logto.app/api' },
  basic(process.env.CLIENT_ID, process.env.CLIENT_SECRET),
)).access_token);
const run = Date.now().toString(36);
const redirectUri = 'http://localhost:9999/callback';
const resource = `https://oidc-${run}.example.com`;
await json('POST', '/api/resources', { name: run, indicator: resource }, api);
const folder = fs.mkdtempSync('/tmp/oidc-');

async function application(type, oidc) {
  const { id } = await json('POST', '/api/applications', {
    name: `${type} ${run}`, type, oidcClientMetadata: { redirectUris: oidc ? [redirectUri] : [], postLogoutRedirectUris: [] },
  }, api);
  const [secret] = type === 'SPA' ? [] : await json('GET', `/api/applications/${id}/secrets`, undefined, api);
  return { id, authorization: secret ? basic(id, secret.value).authorization : '' };
}

const web = await application('Traditional', true);
const spa = await application('SPA', true);
const machine = await application('MachineToMachine', false);
const verifier = crypto.randomBytes(32).toString('base64url');
const query = (app, more) => new URLSearchParams({
  client_id: app.id, redirect_uri: redirectUri, response_type: 'code', scope: 'openid profile', state: 's',
  code_challenge: crypto.createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', ...more,
});
const exchange = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier };
const form = (fields) => `${new URLSearchParams(fields)}`;

/** Each with a user who is signed in: one session would be one row that all wait for. */
const browsers = [];
for (let i = 0; i < 32; i++) {
  const username = `oidc_${run}_${i}`;
  await user(username, api);
  browsers.push((await signIn(username, query(web))).jar);
}

async function many(count, work) {
  const made = [];
  let next = 0;
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (next < count) {
      const i = next++;
      made[i] = await work(i);
    }
  }));
  return made;
}

const codes = (count, app, more) =>
  many(count, (i) => code(browsers[i % browsers.length], `${base}/oidc/auth?${query(app, more)}`));
const tokens = async (count, app, more) => {
  const issued = await codes(count, app, more);
  return many(count, (i) => token({ ...exchange, client_id: app.id, code: issued[i] }, app.authorization ? { authorization: app.authorization } : {}));
};
const offline = { scope: 'openid profile offline_access', prompt: 'consent' };
const line = (authorization, fields = {}) => `${authorization}\t${form(fields)}`;

async function wrk(name, path, { requests, rate, method, once, rotating }) {
  fs.writeFileSync(`${folder}/requests`, requests.join('\n'));
  const before = [server(), postgres()];
  const env = {
    ...process.env, REQUESTS_FILE: `${folder}/requests`, METHOD: method ?? 'POST',
    ...(rate && { RATE: `${rate}` }), ...(once && { ONCE: '1' }), ...(rotating && { ROTATING: rotating }),
  };
  const script = new URL('requests.lua', import.meta.url).pathname;
  const said = await new Promise((resolve) => {
    let text = '';
    const child = spawn('wrk', ['-t1', `-c${concurrency}`, `-d${seconds}s`, '--timeout', '30s', '-s', script, base + path], { env });
    child.stdout.on('data', (part) => (text += part));
    child.stderr.on('data', (part) => (text += part));
    child.on('close', () => resolve(text));
  });
  const [told, count] = /(\d+) requests, .*/.exec(said) ?? [said, NaN];
  const cpu = (now, then) => ((now - then) / count).toFixed(2);
  console.log(`${name}: ${told}, CPU ms: server ${cpu(server(), before[0])}, PostgreSQL ${cpu(postgres(), before[1])}`);
}

/** What is asked, how often a second it is to be answered (the goal), and what makes the requests of one run. */
const kinds = {
  client_credentials: [4500, '/oidc/token', async () => ({ requests: [line(machine.authorization, { grant_type: 'client_credentials', resource })] })],
  refresh: [3000, '/oidc/token', async () => ({
    requests: (await tokens(concurrency, web, offline)).map(({ refresh_token }) => line(web.authorization, { grant_type: 'refresh_token', refresh_token })),
  })],
  rotating: [2000, '/oidc/token', async () => {
    const fields = { grant_type: 'refresh_token', client_id: spa.id };
    return {
      requests: (await tokens(concurrency * 2, spa, offline)).map(({ refresh_token }) => line('', { ...fields, refresh_token })),
      rotating: `${form(fields)}&refresh_token=`,
    };
  }],
  userinfo: [9000, '/oidc/me', async () => ({
    requests: (await tokens(800, web)).map(({ access_token }) => line(`Bearer ${access_token}`)), method: 'GET',
  })],
  introspection: [9000, '/oidc/token/introspection', async () => ({
    requests: (await tokens(800, web)).map(({ access_token }) => line(web.authorization, { token: access_token })),
  })],
  code: [1500, '/oidc/token', async (flatOut) => ({
    requests: (await codes((flatOut ? 2400 : 1600) * seconds, web)).map((issued) => line(web.authorization, { ...exchange, code: issued })), once: true,
  })],
};

const share = Number(process.env.SHARE ?? 1);
const asked = process.argv.slice(2);
for (const [name, [goal, path, make]] of Object.entries(kinds)) {
  if (asked.length && !asked.includes(name)) continue;
  await wrk(`${name}, warm-up`, path, await make(true));
  await wrk(`${name}, as fast as it goes`, path, await make(true));
  const rate = goal * share;
  await wrk(`${name}, ${rate} a second`, path, { ...(await make(false)), rate });
}
// A code of each by a browser, for comparison: the generator is Node and takes its share.
if (!asked.length || asked.includes('issue')) {
  const count = 8000;
  const before = [server(), postgres()];
  const begun = performance.now();
  await codes(count, web);
  console.log(`a code issued to a browser that is signed in, 16 at once: ${(count / (performance.now() - begun) * 1000).toFixed(0)}/s, CPU ms: server ${((server() - before[0]) / count).toFixed(2)}, PostgreSQL ${((postgres() - before[1]) / count).toFixed(2)}`);
}
fs.rmSync(folder, { recursive: true });
process.exit(0);
