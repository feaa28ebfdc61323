// A web program with the unmodified `@logto/next` from npm: server actions on this page, route handlers beside it.
import { getLogtoContext, signIn, signOut } from '@logto/next/server-actions';
import { home, logtoConfig } from './logto';

export default async function Home() {
  const { isAuthenticated, claims } = await getLogtoContext(logtoConfig);
  return isAuthenticated ? (
    <form
      action={async () => {
        'use server';
        await signOut(logtoConfig, home);
      }}
    >
      <p id="sub">{claims?.sub}</p>
      <button>Sign out</button>
    </form>
  ) : (
    <form
      action={async () => {
        'use server';
        await signIn(logtoConfig, { redirectUri: home + 'callback' });
      }}
    >
      Not authenticated <button>Sign in</button>
    </form>
  );
}
