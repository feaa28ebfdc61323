import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';

/** Where a user is signed in; times of the payload in seconds. */
export interface UserSession {
  payload: {
    uid: string;
    loginTs: number;
    exp: number;
    authorizations?: Record<string, { grantId?: string; persistsLogout?: boolean }>;
  };
  lastSubmission: { signInContext?: Record<string, string>; verificationRecords?: { type: string }[] } | null;
  clientId: string | null;
  expiresAt: number;
}

/** An application that a user has let in. */
export interface UserGrant {
  id: string;
  payload: { iat: number };
  expiresAt: number;
  application: { id: string; name: string };
}

export interface PersonalAccessToken {
  name: string;
  value: string;
  createdAt: number;
  expiresAt: number | null;
}

export type FactorType = 'Totp' | 'WebAuthn' | 'BackupCode' | 'EmailVerificationCode' | 'PhoneVerificationCode';

export interface Factor {
  id: string;
  type: FactorType;
  createdAt: string;
  lastUsedAt?: string;
  name?: string;
  remainCodes?: number;
}

export interface NewTotp {
  type: 'Totp';
  secret: string;
  secretQrCode: string;
}

export interface NewBackupCodes {
  type: 'BackupCode';
  codes: string[];
}

const pathOf = (id: string) => `/users/${encodeURIComponent(id)}`;

function usePart<T>(id: string, part: string, unwrap: (answer: any) => T) {
  const api = useApi();
  return useQuery({ queryKey: ['users', id, part], queryFn: async () => unwrap(await api.get(`${pathOf(id)}/${part}`)) });
}

export const useSessions = (id: string) => usePart<UserSession[]>(id, 'sessions', ({ sessions }) => sessions);
export const useGrants = (id: string) => usePart<UserGrant[]>(id, 'grants', ({ grants }) => grants);
export const useTokens = (id: string) => usePart<PersonalAccessToken[]>(id, 'personal-access-tokens', (tokens) => tokens);
export const useFactors = (id: string) => usePart<Factor[]>(id, 'mfa-verifications', (factors) => factors);

/** Everything that changes what hangs on a user. */
export function usePeopleChanges(id: string) {
  const api = useApi();
  const queries = useQueryClient();
  const path = pathOf(id);
  const run = async <T>(parts: string[], act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      await Promise.all(parts.map((part) => queries.invalidateQueries({ queryKey: ['users', id, part] })));
    }
  };
  const signIns = ['sessions', 'grants'];
  const tokens = ['personal-access-tokens'];
  const factors = ['mfa-verifications'];
  return {
    assignRoles: (roleIds: string[]) => run(['roles'], api.post(`${path}/roles`, { roleIds })),
    removeRole: (role: string) => run(['roles'], api.delete(`${path}/roles/${encodeURIComponent(role)}`)),
    endSession: (uid: string, everything: boolean) =>
      run(signIns, api.delete(`${path}/sessions/${encodeURIComponent(uid)}${everything ? '?revokeGrantsTarget=all' : ''}`)),
    endSessions: () => run(signIns, api.delete(`${path}/sessions`)),
    revokeGrant: (grant: string) => run(signIns, api.delete(`${path}/grants/${encodeURIComponent(grant)}`)),
    createToken: (name: string, expiresAt: number | null) =>
      run(tokens, api.post<PersonalAccessToken>(`${path}/personal-access-tokens`, { name, ...(expiresAt === null ? {} : { expiresAt }) })),
    // A name may hold what no address can, so it goes in the body.
    renameToken: (currentName: string, name: string) => run(tokens, api.patch(`${path}/personal-access-tokens`, { currentName, name })),
    deleteToken: (name: string) => run(tokens, api.post(`${path}/personal-access-tokens/delete`, { name })),
    addFactor: <T extends NewTotp | NewBackupCodes>(type: T['type']) => run(factors, api.post<T>(`${path}/mfa-verifications`, { type })),
    removeFactor: (factor: string) => run(factors, api.delete(`${path}/mfa-verifications/${encodeURIComponent(factor)}`)),
    unlinkIdentity: async (target: string) => {
      await api.delete(`${path}/identities/${encodeURIComponent(target)}`);
      await queries.invalidateQueries({ queryKey: ['users', id] });
    },
  };
}
