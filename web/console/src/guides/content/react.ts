import type { Guide } from '../guide';
import { code, file, install, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:5173/callback',
  postSignOutUri: 'http://localhost:5173/',
  steps: [
    code('project', 'ownProject', shell('npm create vite@latest bookstore -- --template react-ts --no-interactive\ncd bookstore && npm install')),
    install('npm install @logto/react'),
    uris,
    code('provider', 'spaProvider', file('src/main.tsx', 'tsx', `
import { LogtoProvider } from '@logto/react';
import { createRoot } from 'react-dom/client';
import App from './App';

createRoot(document.getElementById('root')!).render(
  <LogtoProvider config={{ endpoint: '@@endpoint@@', appId: '@@appId@@' }}>
    <App />
  </LogtoProvider>,
);
`)),
    code('page', 'spaPage', file('src/App.tsx', 'tsx', `
import { type IdTokenClaims, useHandleSignInCallback, useLogto } from '@logto/react';
import { useEffect, useState } from 'react';

export default function App() {
  return window.location.pathname === '@@callbackPath@@' ? <Callback /> : <Home />;
}

function Callback() {
  const { error } = useHandleSignInCallback(() => window.location.replace('/'));
  return <p>{error ? error.message : 'Signing in'}</p>;
}

function Home() {
  const { isAuthenticated, getIdTokenClaims, signIn, signOut } = useLogto();
  const [user, setUser] = useState<IdTokenClaims>();
  useEffect(() => {
    if (isAuthenticated) void getIdTokenClaims().then(setUser);
  }, [isAuthenticated, getIdTokenClaims]);
  return isAuthenticated ? (
    <p>
      Signed in as {user?.username ?? user?.sub}{' '}
      <button onClick={() => void signOut('@@postSignOutUri@@')}>Sign out</button>
    </p>
  ) : (
    <p>
      Not signed in <button onClick={() => void signIn('@@redirectUri@@')}>Sign in</button>
    </p>
  );
}
`)),
    run('npm run dev -- --port @@port@@'),
  ],
};
