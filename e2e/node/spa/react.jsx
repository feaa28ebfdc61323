// A program in the browser with the unmodified `@logto/react` from npm.
import { LogtoProvider, useHandleSignInCallback, useLogto } from '@logto/react';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

const { config, home, organization, resource } = await (await fetch('/settings.json')).json();

function Callback() {
  const { error } = useHandleSignInCallback(() => location.replace('/'));
  return <p id="callback">{error ? error.message : 'Signing in'}</p>;
}

function Home() {
  const { isAuthenticated, isLoading, signIn, signOut } = useLogto();
  if (isAuthenticated) {
    return (
      <>
        <Tokens />
        <button onClick={() => signOut(home)}>Sign out</button>
      </>
    );
  }
  return (
    <>
      <p id="who">{isLoading ? 'Loading' : 'Not authenticated'}</p>
      <button onClick={() => signIn(home + 'callback')}>Sign in</button>
      <button onClick={() => signIn({ redirectUri: home + 'callback', firstScreen: 'register' })}>Register</button>
    </>
  );
}

function Tokens() {
  const logto = useLogto();
  const [told, setTold] = useState({});
  useEffect(() => {
    (async () => {
      const { sub } = await logto.getIdTokenClaims();
      const { email } = await logto.fetchUserInfo();
      const tokens = {
        resource: await logto.getAccessToken(resource),
        organization: await logto.getOrganizationToken(organization),
      };
      await logto.clearAccessToken();
      setTold({ sub, email, ...tokens, refreshed: await logto.getAccessToken(resource) });
      // the hooks hand a refusal on as `error`
      await logto.getOrganizationToken('nobodys');
    })();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once
  }, []);
  return (
    <>
      {Object.entries(told).map(([id, text]) => (
        <p id={id} key={id}>
          {text}
        </p>
      ))}
      <p id="refused">{logto.error && `${logto.error.name} ${logto.error.code}`}</p>
    </>
  );
}

createRoot(document.getElementById('root')).render(
  <LogtoProvider config={config}>{location.pathname === '/callback' ? <Callback /> : <Home />}</LogtoProvider>,
);
