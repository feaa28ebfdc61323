import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import { ApiError } from '../api/errors';
import type { AccessRules, ApplicationLook, ConsentScopes } from '../api/types';

const pathOf = (id: string) => `/applications/${encodeURIComponent(id)}`;

/** Data of users that an application may ask for, in the words of the wire. */
export const userScopes = [
  'profile',
  'email',
  'phone',
  'address',
  'custom_data',
  'identities',
  'roles',
  'urn:logto:scope:organizations',
  'urn:logto:scope:organization_roles',
  'urn:logto:scope:sessions',
  'urn:logto:scope:trusted_devices',
] as const;

export type ConsentKind = 'user-scopes' | 'resource-scopes' | 'organization-resource-scopes' | 'organization-scopes';

const bodies = {
  'user-scopes': 'userScopes',
  'resource-scopes': 'resourceScopes',
  'organization-resource-scopes': 'organizationResourceScopes',
  'organization-scopes': 'organizationScopes',
} as const;

/** What a third-party application may ask users for. */
export function useConsentScopes(id: string) {
  return useConsentScopesAt(`${pathOf(id)}/user-consent-scopes`, ['applications', id, 'user-consent-scopes']);
}

/** The same of whoever is at that path. */
export function useConsentScopesAt(path: string, key: readonly string[]) {
  const api = useApi();
  const queries = useQueryClient();
  const after = async (act: Promise<unknown>) => {
    await act;
    await queries.invalidateQueries({ queryKey: key });
  };
  return {
    found: useQuery({ queryKey: key, queryFn: () => api.get<ConsentScopes>(path) }),
    add: (kind: ConsentKind, ids: string[]) => after(api.post(path, { [bodies[kind]]: ids })),
    remove: (kind: ConsentKind, scope: string) => after(api.delete(`${path}/${kind}/${encodeURIComponent(scope)}`)),
  };
}

/** Roles of a machine-to-machine application. */
export function useRoleChanges(id: string) {
  const api = useApi();
  const queries = useQueryClient();
  const path = `${pathOf(id)}/roles`;
  const after = async (act: Promise<unknown>) => {
    await act;
    await queries.invalidateQueries({ queryKey: ['applications', id] });
  };
  return {
    path,
    add: (roleIds: string[]) => after(api.post(path, { roleIds })),
    remove: (role: string) => after(api.delete(`${path}/${encodeURIComponent(role)}`)),
  };
}

/** Who may use an application; each change names the version that it was made from. */
export function useAccessRules(id: string) {
  const api = useApi();
  const queries = useQueryClient();
  const key = ['applications', id, 'access-control'];
  const path = `${pathOf(id)}/access-control`;
  const found = useQuery({ queryKey: key, queryFn: () => api.tagged<AccessRules>(path) });
  const replace = async (change: (rules: AccessRules) => AccessRules) => {
    if (!found.data) return;
    try {
      await api.put(path, change(found.data.value), found.data.tag);
    } finally {
      await queries.invalidateQueries({ queryKey: key });
    }
  };
  const enable = async (appLevelAccessControlEnabled: boolean) => {
    await api.patch(pathOf(id), { appLevelAccessControlEnabled });
    await queries.invalidateQueries({ queryKey: ['applications', id] });
  };
  return { found, replace, enable };
}

const plain: ApplicationLook = { color: {}, branding: {}, customCss: null, termsOfUseUrl: null, privacyPolicyUrl: null, displayName: null };

/** How an application shows itself on the sign-in pages; nothing set is as good as none. */
export function useLook(id: string) {
  const api = useApi();
  const path = `${pathOf(id)}/sign-in-experience`;
  const found = useQuery({
    queryKey: ['application-look', id],
    // A form that is being filled in must not get a newer tag than the values it began with.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async () => {
      try {
        return await api.tagged<ApplicationLook>(path);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return { value: plain, tag: null };
        throw error;
      }
    },
  });
  return { found, save: (look: Partial<ApplicationLook>) => api.put(path, look, found.data?.tag) };
}
