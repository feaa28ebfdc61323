import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { contains } from '../api/client';
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

export const pageSize = 20;

export function useUsers(options: { page: number; search: string }) {
  const api = useApi();
  return useQuery({
    queryKey: ['users', options],
    placeholderData: keepPreviousData,
    queryFn: () => api.page<User>('/users', { page: options.page, page_size: pageSize, search: contains(options.search) }),
  });
}

export function useUser(id: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ['users', id],
    enabled: !!id,
    queryFn: () => api.get<User>(`/users/${encodeURIComponent(id!)}`, { includeSsoIdentities: true }),
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
    update: async (id: string, patch: UserPatch) => {
      const updated = await api.patch<User>(path(id), patch);
      await changed();
      return updated;
    },
    setPassword: async (id: string, password: string) => {
      await api.patch(`${path(id)}/password`, { password });
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
