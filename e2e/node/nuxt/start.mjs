// Nuxt reads its settings from variables with names of its own.
const { CLIENT_ID, CLIENT_SECRET, ENDPOINT, ORGANIZATION, RESOURCE, SCOPES } = process.env;
Object.assign(process.env, {
  HOST: '127.0.0.1',
  NUXT_RESOURCE: RESOURCE,
  NUXT_ORGANIZATION: ORGANIZATION,
  NUXT_LOGTO_ENDPOINT: ENDPOINT,
  NUXT_LOGTO_APP_ID: CLIENT_ID,
  NUXT_LOGTO_APP_SECRET: CLIENT_SECRET,
  NUXT_LOGTO_COOKIE_NAME: `logto_${CLIENT_ID}`,
  NUXT_LOGTO_RESOURCES: JSON.stringify([RESOURCE]),
  NUXT_LOGTO_SCOPES: JSON.stringify(['email', 'urn:logto:scope:organizations', ...SCOPES.split(' ')]),
});
await import('./dist/program/server/index.mjs');
