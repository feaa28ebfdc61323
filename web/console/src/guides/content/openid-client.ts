import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:3000/callback',
  postSignOutUri: 'http://localhost:3000/',
  steps: [
    install('npm install openid-client express express-session'),
    uris,
    code('program', 'openidClient', file('app.mjs', 'javascript', `
import express from 'express';
import session from 'express-session';
import * as client from 'openid-client';

const issuer = new URL('@@endpoint@@/oidc');
const config = await client.discovery(issuer, '@@appId@@', undefined, client.ClientSecretBasic('@@appSecret@@'), {
  execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
});

const app = express();
app.use(session({ secret: '@@random@@', resave: false, saveUninitialized: false, cookie: { sameSite: 'lax' } }));

app.get('/', (request, response) => {
  const { claims } = request.session;
  response.type('text').send(claims ? \`Signed in as \${claims.sub}. Go to /sign-out.\` : 'Not signed in. Go to /sign-in.');
});

app.get('/sign-in', async (request, response) => {
  const verifier = client.randomPKCECodeVerifier();
  const asked = { verifier, state: client.randomState(), nonce: client.randomNonce() };
  request.session.asked = asked;
  response.redirect(client.buildAuthorizationUrl(config, {
    redirect_uri: '@@redirectUri@@',
    scope: 'openid profile email',
    state: asked.state,
    nonce: asked.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).href);
});

app.get('@@callbackPath@@', async (request, response) => {
  const { verifier, state, nonce } = request.session.asked;
  const tokens = await client.authorizationCodeGrant(config, new URL(request.originalUrl, '@@origin@@'), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  request.session.claims = tokens.claims();
  request.session.idToken = tokens.id_token;
  response.redirect('/');
});

app.get('/sign-out', (request, response) => {
  const { idToken } = request.session;
  request.session.destroy(() => response.redirect(client.buildEndSessionUrl(config, {
    id_token_hint: idToken,
    post_logout_redirect_uri: '@@postSignOutUri@@',
  }).href));
});

app.listen(@@port@@);
`)),
    run('node app.mjs'),
  ],
};
