import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { contains, type Query } from '../api/client';
import { useApi } from '../api/context';
import { useListState } from './useListState';

export const pageSize = 20;

export interface ListOptions {
  /** The first words of its key: what is to be read again when something of that name has changed. Names what `query` closes over. */
  key: readonly unknown[];
  path: string;
  /** Names of the filters that live in the address. */
  filters?: readonly string[];
  /** What else the list is asked, given its filters. */
  query?: Query | ((filters: Record<string, string | null>) => Query);
  /** How the list is searched; by default all its fields, for what is typed. */
  searched?: (search: string) => Query;
}

/** The words as they are typed; for lists that take no patterns. */
export const byWords = (search: string): Query => ({ q: search });
const byPattern = (search: string): Query => ({ search: contains(search) });

/** A paged list of the Management API, searched and filtered by the server, with its place in the address. */
export function useList<T extends { id: string }>({ key, path, filters = [], query = {}, searched = byPattern }: ListOptions) {
  const api = useApi();
  const state = useListState(filters);
  const found = useQuery({
    queryKey: [...key, 'list', path, typeof query === 'function' ? state.filters : query, state.search, state.page],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const asked = typeof query === 'function' ? query(state.filters) : query;
      return api.page<T>(path, { ...asked, ...searched(state.search), page: state.page, page_size: pageSize });
    },
  });
  // The last row of the last page may have been removed, or the address is old.
  const beyond = !found.isPlaceholderData && found.data?.items.length === 0 && found.data.total > 0 && state.page > 1;
  const last = Math.max(1, Math.ceil((found.data?.total ?? 0) / pageSize));
  useEffect(() => {
    if (beyond) state.setPage(last);
  });
  return {
    ...state,
    data: found.data,
    /** There is something, or there may be: a search that finds nothing does not make the list empty. */
    some: !!found.data && (found.data.total > 0 || state.filtered),
    /** What a DataTable wants to know. */
    table: {
      rows: beyond ? undefined : found.data?.items,
      rowKey: (row: T) => row.id,
      total: found.data?.total ?? 0,
      page: state.page,
      pageSize,
      onPage: state.setPage,
      onClear: state.filtered ? state.clear : undefined,
      stale: found.isPlaceholderData,
      error: found.error,
      retry: () => void found.refetch(),
    },
  };
}
