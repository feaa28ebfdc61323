// What tokens cost whose user has many roles and belongs to many organizations, over the wire. Node 20, no packages.
//   BASE_URL=http://localhost:3001 CLIENT_ID=… CLIENT_SECRET=… SERVER_PID=… POSTGRES_PID=… node bench/tokens.mjs
// The client may call the Management API. POSTGRES_PID is the first line of <data folder>/postgres/…/postmaster.pid.
import { base, basic, bearer, call, json, measure, signIn, token, user } from './wire.mjs';

const organizations = Number(process.env.ORGANIZATIONS ?? 200);
const roles = Number(process.env.ROLES ?? 50);

const machine = await token(
  { grant_type: 'client_credentials', scope: 'all', resource: 'https://default.logto.app/api' },
  basic(process.env.CLIENT_ID, process.env.CLIENT_SECRET),
);
const api = bearer(machine.access_token);
const run = Date.now().toString(36);
const redirectUri = 'http://localhost:9999/callback';
const indicator = `https://api-${run}.example.com`;

const app = await json('POST', '/api/applications', { name: `tokens ${run}`, type: 'Traditional', oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] } }, api);
const [secret] = await json('GET', `/api/applications/${app.id}/secrets`, undefined, api);
const resource = await json('POST', '/api/resources', { name: run, indicator }, api);
const scopes = [];
for (let i = 0; i < roles; i++) scopes.push(await json('POST', `/api/resources/${resource.id}/scopes`, { name: `do:${i}`, description: '' }, api));
const username = `tokens_${run}`;
const { id: userId } = await user(username, api);
const held = [];
for (let i = 0; i < roles; i++) {
  const role = await json('POST', '/api/roles', { name: `role ${i} ${run}`, description: 'bench', scopeIds: [scopes[i].id, scopes[(i + 1) % roles].id] }, api);
  held.push(role.id);
}
await json('POST', `/api/users/${userId}/roles`, { roleIds: held }, api);
const organizationScope = await json('POST', '/api/organization-scopes', { name: `invite:${run}` }, api);
const organizationRoles = [];
for (let i = 0; i < 2; i++) {
  organizationRoles.push(await json('POST', '/api/organization-roles', {
    name: `organization role ${i} ${run}`, organizationScopeIds: [organizationScope.id], resourceScopeIds: scopes.slice(0, 10).map((scope) => scope.id),
  }, api));
}
let organization;
for (let i = 0; i < organizations; i++) {
  organization = await json('POST', '/api/organizations', { name: `Organization ${i} ${run}` }, api);
  await json('POST', `/api/organizations/${organization.id}/users`, { userIds: [userId] }, api);
  await json('POST', `/api/organizations/${organization.id}/users/roles`, { userIds: [userId], organizationRoleIds: organizationRoles.map((role) => role.id) }, api);
}

async function tokens(scope, indicators) {
  const query = new URLSearchParams({ client_id: app.id, redirect_uri: redirectUri, response_type: 'code', prompt: 'consent', scope, state: 's' });
  for (const one of indicators) query.append('resource', one);
  const { code } = await signIn(username, query);
  return token({ grant_type: 'authorization_code', redirect_uri: redirectUri, code }, basic(app.id, secret.value));
}

const all = scopes.map((scope) => scope.name).join(' ');
const plain = await tokens('openid offline_access profile', []);
const rich = await tokens(`openid offline_access profile roles urn:logto:scope:organizations urn:logto:scope:organization_roles invite:${run} ${all}`, [indicator, 'urn:logto:resource:organizations']);
const refresh = (from, more) => token({ grant_type: 'refresh_token', refresh_token: from.refresh_token, ...more }, basic(app.id, secret.value));
const sample = await refresh(rich, { organization_id: organization.id, scope: `invite:${run}` });
if (sample.scope !== `invite:${run}`) throw new Error(`Not what roles give: ${sample.scope}`);
console.log(`ID token with ${organizations} organizations and ${roles} roles: ${rich.id_token.length} characters`);

await measure('an ordinary refresh', () => refresh(plain, {}));
await measure(`an access token for an API, ${roles} roles, no ID token`, () => refresh(rich, { resource: indicator, scope: all }));
await measure('an access token for an organization, no ID token', () => refresh(rich, { organization_id: organization.id, scope: `invite:${run}` }));
await measure('an access token for an API in the name of an organization, no ID token', () => refresh(rich, { organization_id: organization.id, resource: indicator, scope: all }));
await measure('all of it: API, organization, and an ID token with every organization and role', () => refresh(rich, { organization_id: organization.id, resource: indicator }));
const opaque = await refresh(rich, {});
await measure('userinfo with every organization and role', () => call('GET', `${base}/oidc/me`, bearer(opaque.access_token)));
process.exit(0);
