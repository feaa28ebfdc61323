import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import type { SignInExperience } from '../api/types';

const queryKey = ['sign-in-exp'];

export function useExperience() {
  const api = useApi();
  return useQuery({ queryKey, queryFn: () => api.get<SignInExperience>('/sign-in-exp') });
}

export function useExperienceChange() {
  const api = useApi();
  const queries = useQueryClient();
  return async (patch: Partial<SignInExperience>) => {
    const saved = await api.patch<SignInExperience>('/sign-in-exp', patch);
    queries.setQueryData(queryKey, saved);
    return saved;
  };
}
