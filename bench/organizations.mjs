// How long lists, searches and changes of organizations and their members take, by the data of organizations.sql.
//   BASE_URL=http://localhost:3001 CLIENT_ID=ci CLIENT_SECRET=… node bench/organizations.mjs [requests each]
const base = process.env.BASE_URL ?? 'http://localhost:3001';
const each = Number(process.argv[2] ?? 400);
const workers = Number(process.env.CONCURRENCY ?? 4);

const grant = await fetch(`${base}/oidc/token`, {
  method: 'POST',
  headers: {
    authorization: `Basic ${Buffer.from(`${process.env.CLIENT_ID}:${process.env.CLIENT_SECRET}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: 'grant_type=client_credentials&resource=https://default.logto.app/api&scope=all',
});
const { access_token: token } = await grant.json();

async function call(method, path, body) {
  const answer = await fetch(`${base}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
  return { text, total: answer.headers.get('total-number') };
}

const big = 'orgbig000001';
const some = JSON.parse((await call('GET', '/organizations?page_size=100&page=3')).text).map(({ id }) => id);
const users = JSON.parse((await call('GET', '/users?page_size=100')).text).map(({ id }) => id);
const member = JSON.parse((await call('GET', `/organizations/${big}/users?page_size=1`)).text)[0].id;
const words = ['baker', 'quinn', 'zorn', 'anna', 'tara', 'young'];
const pick = (list, i) => list[i % list.length];

const cases = {
  'organizations, first page': () => call('GET', '/organizations?page=1'),
  'organizations, first page with members': () => call('GET', '/organizations?page=1&showFeatured=true'),
  'organizations, search of 50': () => call('GET', '/organizations?q=foo&page=1'),
  'organizations, search of thousands': (i) => call('GET', `/organizations?q=${pick(['cedar', 'works', 'iris'], i)}&page=1`),
  'organizations, search of one': (i) => call('GET', `/organizations?q=${10000 + i}&page=1`),
  'members of an organization of 100': (i) => call('GET', `/organizations/${pick(some, i)}/users?page=1`),
  'members of one with 100 000': () => call('GET', `/organizations/${big}/users?page=1`),
  'members of one with 100 000, search': (i) => call('GET', `/organizations/${big}/users?page=1&q=${pick(words, i)}`),
  'members of one with 100 000, search of none': (i) => call('GET', `/organizations/${big}/users?page=1&q=nobody${i}`),
  'members of one with 100 000, of a role': (i) => call('GET', `/organizations/${big}/users?page=1&organizationRoleId=loadorgrole${1 + (i % 8)}`),
  'organizations of a user': (i) => call('GET', `/users/${pick(users, i)}/organizations`),
  'roles of a member': () => call('GET', `/organizations/${big}/users/${member}/roles`),
  'users who are no members, search': (i) => call('GET', `/users?page=1&excludeOrganizationId=${big}&search=%25${pick(words, i)}%25`),
  'users, first page': () => call('GET', '/users?page=1'),
  'users, search of 100': () => call('GET', '/users?page=1&search=%25foo%25'),
  'roles, first page': () => call('GET', '/roles?page=1'),
  'dashboard': (i) => call('GET', pick(['/dashboard/users/total', '/dashboard/users/new', '/dashboard/users/active'], i)),
  'a member added': (i) => call('POST', `/organizations/${pick(some, i)}/users`, { userIds: [pick(users, Math.floor(i / some.length))] }).catch(unlessMember),
  'a role given': (i) => call('POST', `/organizations/${pick(some, i)}/users/roles`, {
    userIds: [pick(users, Math.floor(i / some.length))],
    organizationRoleIds: ['loadorgrole9'],
  }),
};

function unlessMember(error) {
  if (!String(error).includes('unique_integrity_violation')) throw error;
}

console.log('| what | p50 ms | p99 ms | most ms |\n| --- | --: | --: | --: |');
for (const [name, request] of Object.entries(cases)) {
  for (let i = 0; i < 20 && !/added|given/.test(name); i++) await request(i);
  const times = [];
  let next = 0;
  await Promise.all(Array.from({ length: workers }, async () => {
    while (next < each) {
      const i = next++;
      const begun = performance.now();
      await request(i);
      times.push(performance.now() - begun);
    }
  }));
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  console.log(`| ${name} | ${at(0.5)} | ${at(0.99)} | ${times.at(-1).toFixed(1)} |`);
}
