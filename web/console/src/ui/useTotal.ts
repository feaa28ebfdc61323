import { useQuery } from '@tanstack/react-query';
import type { Query } from '../api/client';
import { useApi } from '../api/context';

/** How many entries a list has; to say what an act affects before it is done. */
export function useTotal(path: string, query: Query, enabled: boolean): number | undefined {
  const api = useApi();
  return useQuery({
    queryKey: ['total', path, query],
    enabled,
    staleTime: 0,
    gcTime: 0,
    queryFn: async () => (await api.page(path, { ...query, page: 1, page_size: 1 })).total,
  }).data;
}
