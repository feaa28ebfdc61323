// A web program with the unmodified `@logto/sveltekit` from npm.
import { env } from '$env/dynamic/private';
import { handleLogto } from '@logto/sveltekit';

const config = {
  endpoint: env.ENDPOINT,
  appId: env.CLIENT_ID,
  appSecret: env.CLIENT_SECRET,
  resources: [env.RESOURCE],
  scopes: ['email', 'urn:logto:scope:organizations', ...(env.SCOPES ?? '').split(' ')],
};

export const handle = handleLogto(config, {
  encryptionKey: 'not-a-secret-of-anybody-but-long-enough',
  cookieKey: `logto_${env.CLIENT_ID}`,
});
