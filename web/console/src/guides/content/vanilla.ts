import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:5173/callback',
  postSignOutUri: 'http://localhost:5173/',
  steps: [
    code('project', 'ownProject', shell('npm create vite@latest bookstore -- --template vanilla --no-interactive\ncd bookstore && npm install')),
    install('npm install @logto/browser'),
    uris,
    code('program', 'spaPage', file('src/main.js', 'javascript', `
import LogtoClient from '@logto/browser';

const client = new LogtoClient({ endpoint: '@@endpoint@@', appId: '@@appId@@' });

if (window.location.pathname === '@@callbackPath@@') {
  await client.handleSignInCallback(window.location.href);
  window.location.replace('/');
} else {
  await show();
}

async function show() {
  const text = document.createElement('p');
  const button = document.createElement('button');
  if (await client.isAuthenticated()) {
    const claims = await client.getIdTokenClaims();
    text.textContent = \`Signed in as \${claims.username ?? claims.sub}\`;
    button.textContent = 'Sign out';
    button.onclick = () => client.signOut('@@postSignOutUri@@');
  } else {
    text.textContent = 'Not signed in';
    button.textContent = 'Sign in';
    button.onclick = () => client.signIn('@@redirectUri@@');
  }
  document.body.replaceChildren(text, button);
}
`)),
    run('npm run dev -- --port @@port@@'),
  ],
};
