// A web program with `openid-client` from npm that keeps the FAPI 2.0 Security Profile: private_key_jwt, pushed requests, DPoP.
import express from 'express';
import * as client from 'openid-client';

const { CLIENT_ID, ENDPOINT, HOME_URL, PORT, PRIVATE_JWK } = process.env;
const jwk = JSON.parse(PRIVATE_JWK);
const key = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const config = await client.discovery(
  new URL(ENDPOINT + '/oidc'),
  CLIENT_ID,
  { use_mtls_endpoint_aliases: false },
  client.PrivateKeyJwt({ key, kid: jwk.kid }),
  { execute: [client.allowInsecureRequests] },
);
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));

let asked;
let tokens;
const app = express();

app.get('/', (request, response) => {
  response.send(tokens ? `<p id="sub">${tokens.claims().sub}</p>` : 'Not authenticated');
});

app.get('/sign-in', async (request, response) => {
  const verifier = client.randomPKCECodeVerifier();
  asked = { verifier, state: client.randomState(), nonce: client.randomNonce() };
  const url = await client.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: HOME_URL + 'callback',
      scope: 'openid profile email offline_access',
      prompt: 'consent',
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    },
    { DPoP },
  );
  response.redirect(url.href);
});

app.get('/callback', async (request, response) => {
  tokens = await client.authorizationCodeGrant(
    config,
    new URL(request.originalUrl, HOME_URL),
    { pkceCodeVerifier: asked.verifier, expectedState: asked.state, expectedNonce: asked.nonce, idTokenExpected: true },
    undefined,
    { DPoP },
  );
  response.redirect('/');
});

app.get('/told', async (request, response) => {
  const { access_token: token, refresh_token: refreshToken, token_type: type } = tokens;
  const userinfo = await client.fetchUserInfo(config, token, tokens.claims().sub, { DPoP });
  const bearer = await fetch(ENDPOINT + '/oidc/me', { headers: { authorization: `Bearer ${token}` } });
  const refreshed = await client.refreshTokenGrant(config, refreshToken, undefined, { DPoP });
  const introspected = await client.tokenIntrospection(config, refreshed.access_token);
  response.json({
    type,
    email: userinfo.email,
    bearer: bearer.status,
    rotated: refreshed.refresh_token !== refreshToken,
    bound: introspected.cnf?.jkt === (await DPoP.calculateThumbprint()),
  });
});

app.listen(Number(PORT), '127.0.0.1');
