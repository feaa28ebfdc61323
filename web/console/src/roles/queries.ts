import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import type { ApplicationType } from '../api/types';
import type { Resource, Scope } from '../resources/queries';

export const roleTypes = ['User', 'MachineToMachine'] as const;
export type RoleType = (typeof roleTypes)[number];

export interface Role {
  id: string;
  name: string;
  description: string;
  type: RoleType;
  isDefault: boolean;
}

/** A role of the list, with who holds it. */
export interface RoleOverview extends Role {
  usersCount: number;
  featuredUsers: { id: string; avatar: string | null; name: string | null }[];
  applicationsCount: number;
  featuredApplications: { id: string; name: string; type: ApplicationType }[];
}

export interface RoleScope extends Scope {
  resource: Resource;
}

export interface NewRole {
  name: string;
  description: string;
  type: RoleType;
  isDefault: boolean;
  scopeIds: string[];
}

/** Who can hold a role of each type, in the words of the addresses. */
export const holdersOf = { User: 'users', MachineToMachine: 'applications' } as const;

export const rolePath = (id: string) => `/roles/${encodeURIComponent(id)}`;

/** With the tag of its version; read once for each visit, so that the form and the tag are of one age. */
export function useRole(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['roles', 'one', id],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () => api.tagged<Role>(rolePath(id)),
  });
}

export function useRoleChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const listsChanged = () => queries.invalidateQueries({ queryKey: ['roles', 'list'] });
  /** What a role gives, and who holds it, also stands in the list of roles. */
  const partsChanged = () => Promise.all([queries.invalidateQueries({ queryKey: ['role-parts'] }), listsChanged()]);
  return {
    create: async (body: NewRole) => {
      const made = await api.post<Role>('/roles', body);
      await listsChanged();
      return made;
    },
    update: async (id: string, patch: Partial<Pick<Role, 'name' | 'description' | 'isDefault'>>, tag: string | null) => {
      await api.patch(rolePath(id), patch, tag);
      await listsChanged();
    },
    remove: async (id: string) => {
      await api.delete(rolePath(id));
      await listsChanged();
    },
    addScopes: async (id: string, scopeIds: string[]) => {
      await api.post(`${rolePath(id)}/scopes`, { scopeIds });
      await partsChanged();
    },
    removeScope: async (id: string, scopeId: string) => {
      await api.delete(`${rolePath(id)}/scopes/${encodeURIComponent(scopeId)}`);
      await partsChanged();
    },
    addHolders: async ({ id, type }: Role, ids: string[]) => {
      await api.post(`${rolePath(id)}/${holdersOf[type]}`, type === 'User' ? { userIds: ids } : { applicationIds: ids });
      await partsChanged();
    },
    removeHolder: async ({ id, type }: Role, holderId: string) => {
      await api.delete(`${rolePath(id)}/${holdersOf[type]}/${encodeURIComponent(holderId)}`);
      await partsChanged();
    },
  };
}
