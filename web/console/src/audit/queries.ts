import { useQuery } from '@tanstack/react-query';
import type { Query } from '../api/client';
import { useApi } from '../api/context';
import type { Log } from '../api/types';

export interface LogFilter {
  logKey?: string | null;
  userId?: string | null;
  applicationId?: string | null;
  /** One of the spans of `spans`. */
  span?: string | null;
}

const hour = 3_600_000;
export const spans = { hour, day: 24 * hour, week: 168 * hour, month: 720 * hour } as const;

/** A span is told from now, so the query is made when the list is read. */
export function logQuery({ span, logKey, userId, applicationId }: LogFilter): Query {
  const length = spans[span as keyof typeof spans] as number | undefined;
  return { logKey, userId, applicationId, start_time: length && Date.now() - length };
}

export function useLog(id: string) {
  const api = useApi();
  return useQuery({ queryKey: ['logs', id], queryFn: () => api.get<Log>(`/logs/${encodeURIComponent(id)}`) });
}
