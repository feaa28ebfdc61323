import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { contains, type Api } from '../api/client';
import { useApi } from '../api/context';
import { ApiError } from '../api/errors';
import type { SsoConnector, SsoEndpoints, SsoProvider, SsoProviderName } from '../api/types';
import type { ConnectorPatch } from './fields';

const path = (id: string) => `/sso-connectors/${encodeURIComponent(id)}`;

/** The first connectors that a search finds. */
export function useConnectors(options: { search: string; size?: number; enabled?: boolean }) {
  const api = useApi();
  const { search, size = 20, enabled = true } = options;
  return useQuery({
    queryKey: ['sso-connectors', 'list', { search, size }],
    enabled,
    placeholderData: keepPreviousData,
    queryFn: () => api.page<SsoConnector>('/sso-connectors', { page: 1, page_size: size, search: contains(search) }),
  });
}

/**
 * One connector with its secret, and the tag of this version. It is read once for each visit and forgotten after it:
 * a form that is being filled in must not get a newer tag than the values it began with.
 */
export function useConnector(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['sso-connectors', 'one', id],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () => api.tagged<SsoConnector>(path(id)),
  });
}

export function useProviders() {
  const api = useApi();
  return useQuery({ queryKey: ['sso-connector-providers'], staleTime: 600_000, queryFn: () => api.get<SsoProvider[]>('/sso-connector-providers') });
}

export interface Discovered extends SsoEndpoints {
  /** What of the typed address is kept. */
  issuerToStore?: string;
}

/** A refusal is an answer, not a try. */
const discovery = (api: Api, providerName: SsoProviderName, issuer: string) => queryOptions({
  queryKey: ['sso-discovery', providerName, issuer],
  retry: false,
  staleTime: 60_000,
  queryFn: () => api.post<Discovered>('/sso-connectors/discovery', { providerName, issuer }),
});

/** What the provider says at its metadata address, asked once typing pauses. */
export function useDiscovery(providerName: SsoProviderName, issuer: string, enabled: boolean) {
  const api = useApi();
  const [settled] = useDebouncedValue(issuer.trim(), 600);
  const asked = useQuery({ ...discovery(api, providerName, settled), enabled: enabled && settled !== '', refetchOnWindowFocus: false });
  return { ...asked, waiting: enabled && issuer.trim() !== '' && (asked.isFetching || settled !== issuer.trim()) };
}

/** The issuer itself, where the whole address of its metadata was pasted, or a slash too many. */
export function useIssuerToStore(providerName: SsoProviderName) {
  const api = useApi();
  const queries = useQueryClient();
  return async (typed: string) => (await queries.fetchQuery(discovery(api, providerName, typed))).issuerToStore ?? typed;
}

export const faults = [
  'not_a_url', 'not_https', 'host_not_found', 'private_address', 'refused', 'timeout', 'tls', 'redirected', 'too_large', 'broken',
  'not_found', 'http_status', 'not_json', 'issuer_mismatch', 'missing_endpoint',
] as const;
export type DiscoveryFault = (typeof faults)[number];

/** Why the provider's settings could not be read, with the status it gave or the endpoint it lacks. */
export function faultOf(error: unknown): { fault: DiscoveryFault; detail?: string } | null {
  if (!(error instanceof ApiError) || error.code !== 'connector.invalid_config') return null;
  const { fault, status, missing } = (error.data ?? {}) as { fault?: string; status?: number; missing?: string };
  if (!faults.some((known) => known === fault)) return null;
  const detail = status === undefined ? missing : `HTTP ${status}`;
  return { fault: fault as DiscoveryFault, ...(detail ? { detail } : {}) };
}

export function useConnectorChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const listsChanged = () => queries.invalidateQueries({ queryKey: ['sso-connectors', 'list'] });
  return {
    create: async (providerName: SsoProviderName, connectorName: string) => {
      const made = await api.post<SsoConnector>('/sso-connectors', { providerName, connectorName });
      await listsChanged();
      return made;
    },
    update: async (id: string, patch: ConnectorPatch, tag: string | null) => {
      await api.patch(path(id), patch, tag);
      await listsChanged();
    },
    remove: async (id: string) => {
      await api.delete(path(id));
      await listsChanged();
    },
    /** The address of a trial sign-in; good for one visit. */
    test: async (id: string) => (await api.post<{ testUri: string }>(`${path(id)}/test`, {})).testUri,
  };
}
