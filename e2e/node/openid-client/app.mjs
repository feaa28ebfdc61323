// A web program with `openid-client` from npm: the standards, and what this library checks of them.
import express from 'express';
import session from 'express-session';
import * as client from 'openid-client';

const { CLIENT_ID, CLIENT_SECRET, ENDPOINT, HOME_URL, ORGANIZATION, PORT, RESOURCE, SCOPES } = process.env;
const config = await client.discovery(new URL(ENDPOINT + '/oidc'), CLIENT_ID, undefined, client.ClientSecretBasic(CLIENT_SECRET), {
  execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
});

const app = express();
app.use(session({ name: `session-${PORT}`, secret: 'not-a-secret-of-anybody', resave: false, saveUninitialized: false }));

app.get('/', (request, response) => {
  const { claims } = request.session;
  response.send(claims ? `<p id="sub">${claims.sub}</p>` : 'Not authenticated');
});

const authorization = async (request) => {
  const verifier = client.randomPKCECodeVerifier();
  const asked = { verifier, state: client.randomState(), nonce: client.randomNonce() };
  request.session.asked = asked;
  return {
    redirect_uri: HOME_URL + 'callback',
    scope: `openid profile email offline_access urn:logto:scope:organizations ${SCOPES}`,
    resource: RESOURCE,
    prompt: 'consent',
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
};

app.get('/sign-in', async (request, response) => {
  response.redirect(client.buildAuthorizationUrl(config, await authorization(request)).href);
});

app.get('/sign-in-pushed', async (request, response) => {
  response.redirect((await client.buildAuthorizationUrlWithPAR(config, await authorization(request))).href);
});

app.get('/callback', async (request, response) => {
  const { verifier, state, nonce } = request.session.asked;
  const tokens = await client.authorizationCodeGrant(config, new URL(request.originalUrl, HOME_URL), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  request.session.claims = tokens.claims();
  keep(request, tokens);
  response.redirect('/');
});

const keep = (request, tokens) => {
  request.session.idToken = tokens.id_token ?? request.session.idToken;
  request.session.refreshToken = tokens.refresh_token ?? request.session.refreshToken;
  return tokens;
};
const refresh = async (request, parameters) =>
  keep(request, await client.refreshTokenGrant(config, request.session.refreshToken, parameters));

app.get('/userinfo', async (request, response) => {
  const { access_token: token } = await refresh(request);
  response.json(await client.fetchUserInfo(config, token, request.session.claims.sub));
});

app.get('/tokens', async (request, response) => {
  const resource = await refresh(request, { resource: RESOURCE });
  const organization = await refresh(request, { organization_id: ORGANIZATION });
  response.json({ resource: resource.access_token, organization: organization.access_token });
});

app.get('/refresh', async (request, response) => {
  const before = request.session.refreshToken;
  const { access_token: refreshed, scope } = await refresh(request, { resource: RESOURCE });
  response.json({ refreshed, scope, before, after: request.session.refreshToken });
});

app.get('/refused', async (request, response) => {
  const { name, error, error_description } = await refresh(request, { organization_id: 'nobodys' }).catch((refusal) => refusal);
  response.json({ name, code: error, message: error_description });
});

// A token is active, is revoked, and is active no more (RFC 7662, RFC 7009).
app.get('/revoked', async (request, response) => {
  const { access_token: token } = await refresh(request);
  const { active: before } = await client.tokenIntrospection(config, token);
  await client.tokenRevocation(config, token);
  const { active: after } = await client.tokenIntrospection(config, token);
  response.json({ before, after });
});

app.get('/sign-out', async (request, response) => {
  const { idToken } = request.session;
  await client.tokenRevocation(config, request.session.refreshToken);
  request.session.destroy(() =>
    response.redirect(
      client.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: HOME_URL }).href,
    ),
  );
});

app.listen(Number(PORT), '127.0.0.1');
