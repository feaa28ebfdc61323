import { useMutation, useQuery, useQueryClient, keepPreviousData } from '@tanstack/react-query';
import { contains } from '../api/client';
import { useApi } from '../api/context';
import type { Application, ApplicationSecret, ApplicationType, CustomClientMetadata, OidcClientMetadata, Role } from '../api/types';

export interface ApplicationPatch {
  name?: string;
  description?: string | null;
  oidcClientMetadata?: OidcClientMetadata;
  customClientMetadata?: CustomClientMetadata;
  customData?: Record<string, unknown>;
}

export const pageSize = 20;

export function useApplications(options: { page: number; search: string; type: ApplicationType | null }) {
  const api = useApi();
  return useQuery({
    queryKey: ['applications', options],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const pattern = contains(options.search);
      return api.page<Application>('/applications', {
        page: options.page,
        page_size: pageSize,
        'search.name': pattern,
        'search.id': pattern,
        types: options.type,
      });
    },
  });
}

export function useApplication(id: string) {
  const api = useApi();
  return useQuery({ queryKey: ['applications', id], queryFn: () => api.get<Application>(`/applications/${encodeURIComponent(id)}`) });
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
    create: async (body: { name: string; type: ApplicationType; description?: string; oidcClientMetadata?: OidcClientMetadata }) => {
      const made = await api.post<Application>('/applications', body);
      await changed();
      return made;
    },
    update: async (id: string, patch: ApplicationPatch) => {
      const updated = await api.patch<Application>(path(id), patch);
      queries.setQueryData(['applications', id], updated);
      await changed();
      return updated;
    },
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
