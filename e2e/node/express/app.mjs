// A web program with the unmodified `@logto/express` from npm, and `@logto/node` below it for what the routes do not offer.
import { handleAuthRoutes, withLogto } from '@logto/express';
import NodeClient from '@logto/node';
import express from 'express';
import session from 'express-session';

const { CLIENT_ID, CLIENT_SECRET, ENDPOINT, HOME_URL, ORGANIZATION, PORT, RESOURCE, SCOPES } = process.env;
const config = {
  endpoint: ENDPOINT,
  appId: CLIENT_ID,
  appSecret: CLIENT_SECRET,
  baseUrl: HOME_URL.replace(/\/$/, ''),
  resources: [RESOURCE],
  scopes: ['email', 'urn:logto:scope:organizations', 'urn:logto:scope:organization_roles', ...SCOPES.split(' ')],
};

const app = express();
app.use(session({ name: `session-${PORT}`, secret: 'not-a-secret-of-anybody', resave: false, saveUninitialized: false }));
app.use(handleAuthRoutes(config));

app.get('/', withLogto(config), (request, response) => {
  const { isAuthenticated, claims } = request.user;
  response.send(isAuthenticated ? `<p id="sub">${claims.sub}</p>` : 'Not authenticated');
});

app.get('/userinfo', withLogto({ ...config, fetchUserInfo: true }), (request, response) => {
  response.json(request.user.userInfo);
});

app.get(
  '/tokens',
  withLogto({ ...config, getAccessToken: true, resource: RESOURCE, getOrganizationToken: true }),
  (request, response) => {
    const { accessToken, organizationTokens } = request.user;
    response.json({ resource: accessToken, organization: organizationTokens[ORGANIZATION] });
  },
);

const node = (request) =>
  new NodeClient(config, {
    navigate: () => {},
    storage: {
      getItem: async (key) => request.session[key] ?? null,
      setItem: async (key, value) => void (request.session[key] = value),
      removeItem: async (key) => void delete request.session[key],
    },
  });

app.get('/refresh', async (request, response) => {
  const client = node(request);
  const before = await client.getRefreshToken();
  await client.clearAccessToken();
  response.json({ refreshed: await client.getAccessToken(RESOURCE), before, after: await client.getRefreshToken() });
});

app.get('/refused', async (request, response) => {
  const { name, code, message } = await node(request).getOrganizationToken('nobodys').catch((refusal) => refusal);
  response.json({ name, code, message });
});

app.listen(Number(PORT), '127.0.0.1');
