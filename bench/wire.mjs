// What the scripts beside it share: asking over the wire, and what it costs the server. Node 20, no packages.
//   BASE_URL, CONCURRENCY, DURATION (s); SERVER_PID and POSTGRES_PID (first line of postmaster.pid) for CPU per request
import fs from 'node:fs';
import http from 'node:http';

export const base = process.env.BASE_URL ?? 'http://localhost:3001';
export const concurrency = Number(process.env.CONCURRENCY ?? 8);
export const seconds = Number(process.env.DURATION ?? 8);
export const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

export function call(method, url, { headers = {}, body, jar } = {}) {
  return new Promise((resolve, reject) => {
    const all = { ...headers, ...(jar ? { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; ') } : {}) };
    const request = http.request(url, { method, agent, headers: all }, (response) => {
      let text = '';
      response.on('data', (part) => (text += part));
      response.on('end', () => {
        for (const cookie of response.headers['set-cookie'] ?? []) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
          jar?.set(name, value);
        }
        resolve({ status: response.statusCode, location: response.headers.location, text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

export async function json(method, path, data, options = {}) {
  const headers = { ...options.headers, ...(data ? { 'content-type': 'application/json' } : {}) };
  const answer = await call(method, base + path, { ...options, headers, body: data && JSON.stringify(data) });
  if (answer.status > 299) throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${answer.text}`), answer);
  return answer.text.startsWith('{') || answer.text.startsWith('[') ? JSON.parse(answer.text) : undefined;
}

export async function token(form, headers = {}) {
  const answer = await call('POST', `${base}/oidc/token`, {
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: `${new URLSearchParams(form)}`,
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}

export const basic = (id, secret) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
export const bearer = (value) => ({ headers: { authorization: `Bearer ${value}` } });

// Of one process, or of all children of one; in milliseconds.
const spent = (pid) => {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
export const server = () => (process.env.SERVER_PID ? spent(process.env.SERVER_PID) : NaN);
export const postgres = () => {
  if (!process.env.POSTGRES_PID) return NaN;
  const children = fs.readFileSync(`/proc/${process.env.POSTGRES_PID}/task/${process.env.POSTGRES_PID}/children`, 'utf8');
  return children.trim().split(/\s+/).reduce((sum, pid) => sum + spent(pid), 0);
};

/** Made by the Management API, with the password that `signIn` types. */
export const user = (username, api) => json('POST', '/api/users', { username, password: password(username) }, api);
const password = (username) => `Sp3cial-${username}-pass`;

/** A browser's cookies after a sign-in by password, and the code it ended with. */
export async function signIn(username, query) {
  const jar = new Map();
  await call('GET', `${base}/oidc/auth?${query}`, { jar });
  await json('PUT', '/api/experience', { interactionEvent: 'SignIn' }, { jar });
  const { verificationId } = await json('POST', '/api/experience/verification/password', { identifier: { type: 'username', value: username }, password: password(username) }, { jar });
  await json('POST', '/api/experience/identification', { verificationId }, { jar });
  const { redirectTo } = await json('POST', '/api/experience/submit', undefined, { jar });
  return { jar, code: await code(jar, redirectTo) };
}

/** The code at the end of the redirects that begin at an address. */
export async function code(jar, from) {
  let next = new URL(from, base);
  while (!next.searchParams.get('code')) next = new URL((await call('GET', next, { jar })).location, base);
  return next.searchParams.get('code');
}

export async function measure(name, work) {
  for (const phase of ['warm-up', 'measured']) {
    const end = Date.now() + seconds * 1000;
    const before = [server(), postgres()];
    let done = 0;
    await Promise.all(Array.from({ length: concurrency }, async () => {
      while (Date.now() < end) {
        await work();
        done++;
      }
    }));
    if (phase === 'measured') {
      console.log(`${name}: ${(done / seconds).toFixed(0)}/s, CPU ms: server ${((server() - before[0]) / done).toFixed(2)}, PostgreSQL ${((postgres() - before[1]) / done).toFixed(2)}`);
    }
  }
}
