import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:3000/logto/sign-in-callback',
  postSignOutUri: 'http://localhost:3000',
  steps: [
    install('npm install @logto/express express express-session'),
    uris,
    code('program', 'express', file('app.mjs', 'javascript', `
import { handleAuthRoutes, withLogto } from '@logto/express';
import express from 'express';
import session from 'express-session';

const config = {
  endpoint: '@@endpoint@@',
  appId: '@@appId@@',
  appSecret: '@@appSecret@@',
  baseUrl: '@@origin@@',
};

const app = express();
app.use(session({
  secret: '@@random@@',
  resave: false,
  saveUninitialized: false,
  cookie: { maxAge: 14 * 24 * 60 * 60 * 1000, sameSite: 'lax' },
}));
app.use(handleAuthRoutes(config));

app.get('/', withLogto(config), (request, response) => {
  const { isAuthenticated, claims } = request.user;
  response.type('html').send(
    isAuthenticated
      ? \`Signed in as \${claims.username ?? claims.sub}. <a href="/logto/sign-out">Sign out</a>\`
      : 'Not signed in. <a href="/logto/sign-in">Sign in</a> or <a href="/logto/sign-up">sign up</a>.',
  );
});

app.listen(@@port@@);
`)),
    run('node app.mjs'),
  ],
};
