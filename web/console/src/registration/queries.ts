import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';

export const clientTypes = ['Native', 'SPA', 'Traditional'] as const;
export type ClientType = (typeof clientTypes)[number];

export interface RegistrationSettings {
  enabled: boolean;
  requiresInitialAccessToken: boolean;
  types: ClientType[];
  allowsDeviceFlow: boolean;
  redirectHosts: string[];
  maxClients: number;
  attemptsPerHour: number;
  unusedLifetimeInDays: number;
}

export interface InitialAccessToken {
  id: string;
  name: string;
  uses: number;
  maxUses: number | null;
  types?: ClientType[];
  redirectHosts?: string[];
  /** Milliseconds since the epoch, like the next. */
  createdAt: number;
  expiresAt: number | null;
  /** In the answer that made it, and never again. */
  value?: string;
}

const path = '/configs/oidc/registration';
const tokens = `${path}/initial-access-tokens`;
export const registrationScopes = [`${path}/user-consent-scopes`, ['registration', 'user-consent-scopes']] as const;
export const cimdScopes = ['/cimd/user-consent-scopes', ['cimd', 'user-consent-scopes']] as const;

export function useRegistrationSettings() {
  const api = useApi();
  return useQuery({ queryKey: ['registration', 'settings'], queryFn: () => api.get<RegistrationSettings>(path) });
}

export function useInitialAccessTokens() {
  const api = useApi();
  return useQuery({ queryKey: ['registration', 'tokens'], queryFn: () => api.get<InitialAccessToken[]>(tokens) });
}

export function useCimd() {
  const api = useApi();
  return useQuery({ queryKey: ['cimd', 'settings'], queryFn: () => api.get<{ enabled: boolean }>('/configs/cimd') });
}

export function useRegistrationChanges() {
  const api = useApi();
  const queries = useQueryClient();
  return {
    save: async (patch: Partial<RegistrationSettings>) => {
      const saved = await api.patch<RegistrationSettings>(path, patch);
      queries.setQueryData(['registration', 'settings'], saved);
      return saved;
    },
    createToken: async (body: { name: string; maxUses: number | null; expiresAt: number | null }) => {
      const made = await api.post<InitialAccessToken>(tokens, body);
      await queries.invalidateQueries({ queryKey: ['registration', 'tokens'] });
      return made;
    },
    revokeToken: async (id: string) => {
      await api.delete(`${tokens}/${encodeURIComponent(id)}`);
      await queries.invalidateQueries({ queryKey: ['registration', 'tokens'] });
    },
    switchCimd: async (enabled: boolean) =>
      queries.setQueryData(['cimd', 'settings'], await api.patch<{ enabled: boolean }>('/configs/cimd', { enabled })),
  };
}
