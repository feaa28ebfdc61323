import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';

export interface Scope {
  id: string;
  resourceId: string;
  name: string;
  description: string | null;
  createdAt: number;
}

export interface Resource {
  id: string;
  name: string;
  indicator: string;
  isDefault: boolean;
  /** Seconds. */
  accessTokenTtl: number;
  scopes?: Scope[];
}

const builtIn = new Set(['management-api', 'default-api', 'me-api']);

/** The program's own: it may be looked at, and given to machines. */
export function isManagementApi(resource: Pick<Resource, 'id'>): boolean {
  return builtIn.has(resource.id);
}

const path = (id: string) => `/resources/${encodeURIComponent(id)}`;
const scopePath = (scope: Pick<Scope, 'id' | 'resourceId'>) => `${path(scope.resourceId)}/scopes/${encodeURIComponent(scope.id)}`;

/** With the tag of its version; read once for each visit, so that the form and the tag are of one age. */
export function useResource(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['resources', 'one', id],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () => api.tagged<Resource>(path(id)),
  });
}

export interface ResourceChange {
  name?: string;
  accessTokenTtl?: number;
  isDefault?: boolean;
}

export function useResourceChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const listsChanged = () => queries.invalidateQueries({ queryKey: ['resources', 'list'] });
  const scopesChanged = () => queries.invalidateQueries({ queryKey: ['scopes'] });
  return {
    create: async (body: { name: string; indicator: string }) => {
      const made = await api.post<Resource>('/resources', body);
      await listsChanged();
      return made;
    },
    /** Whether it is the default is an address of its own; the version is checked once, with what comes first. */
    update: async (id: string, { isDefault, ...patch }: ResourceChange, tag: string | null) => {
      const patches = Object.keys(patch).length > 0;
      if (patches) await api.patch(path(id), patch, tag);
      if (isDefault !== undefined) await api.patch(`${path(id)}/is-default`, { isDefault }, patches ? null : tag);
      await listsChanged();
    },
    remove: async (id: string) => {
      await api.delete(path(id));
      await listsChanged();
    },
    addScope: async (resourceId: string, body: { name: string; description: string }) => {
      await api.post(`${path(resourceId)}/scopes`, body);
      await scopesChanged();
    },
    updateScope: async (scope: Scope, body: { name: string; description: string }) => {
      await api.patch(scopePath(scope), body);
      await scopesChanged();
    },
    removeScope: async (scope: Scope) => {
      await api.delete(scopePath(scope));
      await scopesChanged();
    },
  };
}
