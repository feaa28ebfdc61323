import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import type { RoleType } from '../roles/queries';

/** A permission that roles give within an organization. */
export interface OrganizationScope {
  id: string;
  name: string;
  description: string | null;
}

export interface OrganizationRole {
  id: string;
  name: string;
  description: string | null;
  type: RoleType;
}

/** A role of the list, with what it gives. */
export interface OrganizationRoleOverview extends OrganizationRole {
  scopes: { id: string; name: string }[];
  resourceScopes: { id: string; name: string; resource: { id: string; name: string } }[];
}

export interface NewOrganizationRole {
  name: string;
  description?: string;
  type: RoleType;
  organizationScopeIds: string[];
  resourceScopeIds: string[];
}

export const organizationRolePath = (id: string) => `/organization-roles/${encodeURIComponent(id)}`;
const scopePath = (id: string) => `/organization-scopes/${encodeURIComponent(id)}`;

/** With the tag of its version; read once for each visit, so that the form and the tag are of one age. */
export function useOrganizationRole(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['organization-roles', 'one', id],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () => api.tagged<OrganizationRole>(organizationRolePath(id)),
  });
}

export function useTemplateChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const rolesChanged = () => queries.invalidateQueries({ queryKey: ['organization-roles', 'list'] });
  const partsChanged = () => Promise.all([queries.invalidateQueries({ queryKey: ['organization-role-parts'] }), rolesChanged()]);
  /** A permission also stands at the roles that give it. */
  const scopesChanged = () => Promise.all([queries.invalidateQueries({ queryKey: ['organization-scopes'] }), partsChanged()]);
  return {
    createRole: async (body: NewOrganizationRole) => {
      const made = await api.post<OrganizationRole>('/organization-roles', body);
      await rolesChanged();
      return made;
    },
    updateRole: async (id: string, patch: { name?: string; description?: string | null }, tag: string | null) => {
      await api.patch(organizationRolePath(id), patch, tag);
      await rolesChanged();
    },
    removeRole: async (id: string) => {
      await api.delete(organizationRolePath(id));
      await rolesChanged();
    },
    addScopes: async (id: string, organizationScopeIds: string[]) => {
      await api.post(`${organizationRolePath(id)}/scopes`, { organizationScopeIds });
      await partsChanged();
    },
    removeRoleScope: async (id: string, scopeId: string) => {
      await api.delete(`${organizationRolePath(id)}/scopes/${encodeURIComponent(scopeId)}`);
      await partsChanged();
    },
    addResourceScopes: async (id: string, scopeIds: string[]) => {
      await api.post(`${organizationRolePath(id)}/resource-scopes`, { scopeIds });
      await partsChanged();
    },
    removeResourceScope: async (id: string, scopeId: string) => {
      await api.delete(`${organizationRolePath(id)}/resource-scopes/${encodeURIComponent(scopeId)}`);
      await partsChanged();
    },
    createScope: async (body: { name: string; description: string }) => {
      await api.post('/organization-scopes', body);
      await scopesChanged();
    },
    updateScope: async ({ id }: OrganizationScope, body: { name: string; description: string }) => {
      await api.patch(scopePath(id), body);
      await scopesChanged();
    },
    removeScope: async (id: string) => {
      await api.delete(scopePath(id));
      await scopesChanged();
    },
  };
}
