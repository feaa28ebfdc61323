import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import type { User, UserProfile } from '../api/types';

export interface NewUser {
  username?: string;
  primaryEmail?: string;
  primaryPhone?: string;
  name?: string;
  password?: string;
}

export interface UserPatch {
  username?: string | null;
  primaryEmail?: string | null;
  primaryPhone?: string | null;
  name?: string | null;
  avatar?: string | null;
  profile?: UserProfile;
  customData?: Record<string, unknown>;
}

/** A user and the tag of this version. */
export function useUser(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['users', id, 'one'],
    refetchOnWindowFocus: false,
    queryFn: () => api.tagged<User>(`/users/${encodeURIComponent(id)}?includeSsoIdentities=true`),
  });
}

export function useHasPassword(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['users', id, 'has-password'],
    queryFn: () => api.get<{ hasPassword: boolean }>(`/users/${encodeURIComponent(id)}/has-password`),
  });
}

export function useUserChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: ['users'] });
  const path = (id: string) => `/users/${encodeURIComponent(id)}`;
  return {
    create: async (body: NewUser) => {
      const made = await api.post<User>('/users', body);
      await changed();
      return made;
    },
    update: async (id: string, patch: UserPatch, tag: string | null) => {
      await api.patch<User>(path(id), patch, tag);
      await changed();
    },
    setPassword: async (id: string, password: string, signOut: boolean) => {
      await api.patch(`${path(id)}/password`, { password, signOut });
      await changed();
    },
    suspend: async (id: string, isSuspended: boolean) => {
      await api.patch(`${path(id)}/is-suspended`, { isSuspended });
      await changed();
    },
    remove: async (id: string) => {
      await api.delete(path(id));
      // The page of who is gone still looks for a moment, and must not ask again.
      await queries.invalidateQueries({ queryKey: ['users'], predicate: ({ queryKey }) => queryKey[1] !== id });
    },
  };
}

/** What a person is called in lists: the best there is. */
export function callName(user: Pick<User, 'id' | 'name' | 'username' | 'primaryEmail' | 'primaryPhone'>): string {
  return user.name || user.username || user.primaryEmail || (user.primaryPhone ? `+${user.primaryPhone}` : '') || user.id;
}
