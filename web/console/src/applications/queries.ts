import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Api } from '../api/client';
import { useApi } from '../api/context';
import type { Application, ApplicationSecret, ApplicationType, CustomClientMetadata, OidcClientMetadata, Role } from '../api/types';

export interface ApplicationPatch {
  name?: string;
  description?: string | null;
  oidcClientMetadata?: OidcClientMetadata;
  customClientMetadata?: CustomClientMetadata;
  customData?: Record<string, unknown>;
}

const applicationQuery = (api: Api, id: string) => ({
  queryKey: ['applications', id],
  queryFn: async () => {
    const { value, tag } = await api.tagged<Application>(`/applications/${encodeURIComponent(id)}`);
    return { ...value, tag };
  },
});

/** Not read again behind the back of a form that is being filled in: it names the version it began with. */
export function useApplication(id: string) {
  return useQuery({ ...applicationQuery(useApi(), id), refetchOnWindowFocus: false, refetchOnReconnect: false });
}

export function useSecrets(id: string, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['applications', id, 'secrets'],
    enabled,
    queryFn: () => api.get<ApplicationSecret[]>(`/applications/${encodeURIComponent(id)}/secrets`),
  });
}

/** Everything that changes applications; the lists follow by themselves. */
export function useApplicationChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: ['applications'] });
  const path = (id: string) => `/applications/${encodeURIComponent(id)}`;
  const secret = (id: string, name: string) => `${path(id)}/secrets/${encodeURIComponent(name)}`;
  return {
    create: async (body: { name: string; type: ApplicationType; description?: string; isThirdParty?: boolean; oidcClientMetadata?: OidcClientMetadata; customClientMetadata?: CustomClientMetadata }) => {
      const made = await api.post<Application>('/applications', body);
      await changed();
      return made;
    },
    /** @param tag of the version that the patch was made from */
    update: async (id: string, patch: ApplicationPatch, tag?: string | null) => {
      await api.patch<Application>(path(id), patch, tag);
      await changed();
    },
    /** As it is now, with its tag. */
    reload: (id: string) => queries.fetchQuery({ ...applicationQuery(api, id), staleTime: 0 }),
    remove: async (id: string) => {
      await api.delete(path(id));
      // The page of what is gone still looks at it for a moment, and must not ask for it again.
      await queries.invalidateQueries({ queryKey: ['applications'], predicate: ({ queryKey }) => queryKey[1] !== id });
    },
    createSecret: async (id: string, name: string, expiresAt: number | null) => {
      await api.post(`${path(id)}/secrets`, { name, ...(expiresAt === null ? {} : { expiresAt }) });
      await changed();
    },
    renameSecret: async (id: string, name: string, to: string) => {
      await api.patch(secret(id, name), { name: to });
      await changed();
    },
    revokeSecret: async (id: string, name: string) => {
      await api.delete(secret(id, name));
      await changed();
    },
  };
}

const managementRole = 'Logto Management API access';

/** Whether a machine-to-machine application holds the role for the Management API, and the switch for it. */
export function useManagementAccess(id: string, enabled: boolean) {
  const api = useApi();
  const queries = useQueryClient();
  const key = ['applications', id, 'management-access'];
  const held = useQuery({
    queryKey: key,
    enabled,
    queryFn: async () => {
      const [roles, own] = await Promise.all([
        api.get<Role[]>('/roles', { type: 'MachineToMachine', 'search.name': managementRole, 'mode.name': 'exact' }),
        api.get<Role[]>(`/applications/${encodeURIComponent(id)}/roles`),
      ]);
      const role = roles.find((each) => each.name === managementRole);
      return { role, granted: !!role && own.some((each) => each.id === role.id) };
    },
  });
  const change = useMutation({
    mutationFn: async (grant: boolean) => {
      const role = held.data?.role;
      if (!role) return;
      const path = `/applications/${encodeURIComponent(id)}/roles`;
      if (grant) await api.post(path, { roleIds: [role.id] });
      else await api.delete(`${path}/${encodeURIComponent(role.id)}`);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
  return { held, change };
}
