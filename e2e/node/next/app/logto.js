const { CLIENT_ID, CLIENT_SECRET, ENDPOINT, HOME_URL, RESOURCE, SCOPES } = process.env;

export const home = HOME_URL;

export const logtoConfig = {
  endpoint: ENDPOINT,
  appId: CLIENT_ID,
  appSecret: CLIENT_SECRET,
  baseUrl: HOME_URL?.replace(/\/$/, ''),
  cookieSecret: 'not-a-secret-of-anybody-but-long-enough',
  cookieSecure: HOME_URL?.startsWith('https:'),
  resources: [RESOURCE],
  scopes: ['email', 'urn:logto:scope:organizations', ...(SCOPES ?? '').split(' ')],
};
