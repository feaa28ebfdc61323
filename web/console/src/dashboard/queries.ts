import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '../api/context';

/** A figure, and by how many it is more than in the span of the same length before. */
export interface Count {
  count: number;
  delta: number;
}

export interface Day {
  /** `yyyy-mm-dd`, in UTC. */
  date: string;
  count: number;
}

export interface Active {
  dauCurve: Day[];
  dau: Count;
  wau: Count;
  mau: Count;
}

const staleTime = 60_000;

export function useFigures() {
  const api = useApi();
  return useQuery({
    queryKey: ['dashboard', 'users'],
    staleTime,
    queryFn: async () => {
      const [{ totalUserCount: total }, { today, last7Days }] = await Promise.all([
        api.get<{ totalUserCount: number }>('/dashboard/users/total'),
        api.get<{ today: Count; last7Days: Count }>('/dashboard/users/new'),
      ]);
      return { total, today, last7Days };
    },
  });
}

/** Of the days up to the one given; without one up to today. */
export function useActive(until: string | null) {
  const api = useApi();
  return useQuery({
    queryKey: ['dashboard', 'active', until],
    staleTime,
    placeholderData: keepPreviousData,
    queryFn: () => api.get<Active>('/dashboard/users/active', { date: until }),
  });
}
