import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { useEffect } from 'react';
import { Api } from '../api/client';
import { ApiContext } from '../api/context';
import { ApiError } from '../api/errors';
import { Forbidden, Refused, SignInFailed, Unreachable, Waiting } from './Doorstep';
import { session } from './session';
import { Shell } from './Shell';

/** Errors after which only a new sign-in helps: the session ended, or its refresh token did. */
function isSignedOut(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 401;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code === 'not_authenticated' || code === 'invalid_grant' || code.startsWith('oidc.'));
}

async function open() {
  if (!(await session.isSignedIn())) return null;
  const origin = await session.managedOrigin();
  const token = async (fresh?: boolean) => {
    try {
      return await session.token(fresh);
    } catch (error) {
      if (!isSignedOut(error)) throw error;
      await session.signIn();
      return new Promise<string>(() => {}); // the browser is leaving
    }
  };
  const api = new Api({ origin, token, language: () => i18next.language });
  await api.get('/applications', { page: 1, page_size: 1 }); // may this account manage the tenant at all?
  return { api, person: await session.person() };
}

/** Lets into the console who is signed in; sends everyone else to the sign-in page. */
export function Gate() {
  const opening = useQuery({ queryKey: ['gate'], queryFn: open, staleTime: Infinity, refetchOnWindowFocus: false });
  const leaving = opening.data === null || isSignedOut(opening.error);
  const entry = useQuery({ queryKey: ['gate', 'leave'], queryFn: () => session.signIn().then(() => true), enabled: leaving, retry: false, staleTime: Infinity });
  useEffect(() => {
    // Signing out in one tab signs out the others.
    const watch = (event: StorageEvent) => {
      if (event.key?.endsWith(':idToken') && event.newValue === null) window.location.assign('/console');
    };
    window.addEventListener('storage', watch);
    return () => window.removeEventListener('storage', watch);
  }, []);

  if (entry.error) return <Unreachable origin={window.location.origin} retry={() => void entry.refetch()} />;
  if (opening.isPending || leaving) return <Waiting />;
  if (opening.error instanceof ApiError && opening.error.status === 403) return <Forbidden />;
  const error = opening.error;
  if (error instanceof TypeError || (error instanceof ApiError && error.status === 0)) {
    return <Unreachable origin={window.location.origin} retry={() => void opening.refetch()} />;
  }
  if (error instanceof ApiError) return <Refused error={error} retry={() => void opening.refetch()} />;
  if (error || !opening.data) return <SignInFailed error={error} />;
  return (
    <ApiContext.Provider value={opening.data.api}>
      <Shell person={opening.data.person} />
    </ApiContext.Provider>
  );
}
