import type { Session } from '../src/app/session';

/** A person who is always signed in, for work without a server. */
export const session: Session = {
  isSignedIn: async () => true,
  signIn: async () => undefined,
  finishSignIn: async () => '/',
  signOut: async () => window.location.assign('/console'),
  token: async () => 'mock',
  person: async () => ({ name: 'Admin Example', username: 'admin' }),
  managedOrigin: async () => window.location.origin,
};
