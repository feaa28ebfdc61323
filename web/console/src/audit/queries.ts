import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '../api/context';
import type { Log } from '../api/types';

export interface LogFilter {
  logKey?: string | null;
  userId?: string | null;
  applicationId?: string | null;
  /** One of the spans of `spans`. */
  span?: string | null;
}

export const pageSize = 20;
const hour = 3_600_000;
export const spans = { hour, day: 24 * hour, week: 168 * hour, month: 720 * hour } as const;

export function useLogs(filter: LogFilter, page: number) {
  const api = useApi();
  return useQuery({
    queryKey: ['logs', filter, page],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const span = spans[filter.span as keyof typeof spans] as number | undefined;
      return api.page<Log>('/logs', {
        page,
        page_size: pageSize,
        logKey: filter.logKey,
        userId: filter.userId,
        applicationId: filter.applicationId,
        start_time: span && Date.now() - span,
      });
    },
  });
}

export function useLog(id: string) {
  const api = useApi();
  return useQuery({ queryKey: ['logs', id], queryFn: () => api.get<Log>(`/logs/${encodeURIComponent(id)}`) });
}
