import { BrowserStorage, createRequester, generateCodeChallenge, generateCodeVerifier, generateState, Prompt } from '@logto/browser';
import { StandardLogtoClient } from '@logto/client';

/** Audience of the Management API of the tenant managed: fixed, whatever its real host. */
const managementApi = 'https://default.logto.app/api';
const base = '/console';
const returnKey = 'ostiary-console-return';

export interface Session {
  isSignedIn: () => Promise<boolean>;
  /** Leaves for the sign-in page; comes back to the address asked for. */
  signIn: () => Promise<void>;
  /** Finishes a sign-in at the callback address; answers the address to go on to. */
  finishSignIn: (callbackUri: string) => Promise<string>;
  signOut: () => Promise<void>;
  token: (fresh?: boolean) => Promise<string>;
  person: () => Promise<{ name: string; username: string }>;
  /** Origin of the tenant managed. */
  managedOrigin: () => Promise<string>;
}

const appId = 'admin-console';

/** The library's own client for browsers, but for one thing: what checks signatures is loaded when there is one to check. */
const client = new StandardLogtoClient(
  { endpoint: window.location.origin, appId, prompt: Prompt.Consent, resources: [managementApi], scopes: ['all'] },
  {
    requester: createRequester(fetch),
    navigate: (url) => window.location.assign(url),
    storage: new BrowserStorage(appId),
    generateCodeChallenge,
    generateCodeVerifier,
    generateState,
  },
  (self) => ({
    async verifyIdToken(idToken) {
      const [{ verifyIdToken }, { issuer, jwksUri }] = await Promise.all([import('./idToken'), self.getOidcConfig()]);
      await verifyIdToken(idToken, appId, issuer, jwksUri);
    },
  }),
);

/**
 * Refresh tokens rotate, and a token used twice ends the session. So only one refresh may be in
 * flight in all tabs together; the token is read from the shared storage inside the lock.
 */
function alone<T>(act: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return act(); // plain http beyond localhost: one tab guards itself
  return navigator.locks.request('ostiary-console-tokens', act) as Promise<T>;
}

export const session: Session = {
  isSignedIn: () => client.isAuthenticated(),

  async signIn() {
    const { pathname, search } = window.location;
    if (!pathname.startsWith(`${base}/callback`)) sessionStorage.setItem(returnKey, pathname + search);
    await client.signIn({ redirectUri: `${window.location.origin}${base}/callback` });
  },

  async finishSignIn(callbackUri) {
    await client.handleSignInCallback(callbackUri);
    const target = sessionStorage.getItem(returnKey) ?? '';
    sessionStorage.removeItem(returnKey);
    return target.startsWith(`${base}/`) ? target.slice(base.length) : '/';
  },

  signOut: () => client.signOut(`${window.location.origin}${base}`),

  token: (fresh) =>
    alone(async () => {
      if (fresh) await client.clearAccessToken();
      return client.getAccessToken(managementApi);
    }),

  async person() {
    const { name, username, sub } = await client.getIdTokenClaims();
    return { name: name ?? username ?? sub, username: username ?? sub };
  },

  async managedOrigin() {
    const response = await fetch('/api/.well-known/endpoints/default');
    if (!response.ok) throw new Error(`endpoints: ${response.status}`);
    const { user } = (await response.json()) as { user: string };
    return new URL(user).origin;
  },
};
