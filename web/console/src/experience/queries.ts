import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import type { CustomUiAssets, SignInExperience } from '../api/types';

const queryKey = ['sign-in-exp'];

export function useExperience() {
  const api = useApi();
  return useQuery({ queryKey, queryFn: () => api.get<SignInExperience>('/sign-in-exp') });
}

/** Keeps a zip of pages; what it gives back is put in force like any other setting. */
export function useOwnPages() {
  const api = useApi();
  return async (file: File): Promise<CustomUiAssets> => {
    const { customUiAssetId: id } = await api.upload<{ customUiAssetId: string }>('/sign-in-exp/default/custom-ui-assets', file);
    return { id, createdAt: Date.now() };
  };
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
