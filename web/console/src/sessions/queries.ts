import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';

/** Seconds after the last use. */
export interface SessionConfig {
  ttl: number;
}

const path = '/configs/oidc/session';
const key = ['session-config'];

export function useSessionConfig() {
  const api = useApi();
  return useQuery({ queryKey: key, queryFn: () => api.get<SessionConfig>(path) });
}

export function useSessionConfigChange() {
  const api = useApi();
  const queries = useQueryClient();
  return async (config: SessionConfig) => {
    const made = await api.patch<SessionConfig>(path, config);
    queries.setQueryData(key, made);
    return made;
  };
}
