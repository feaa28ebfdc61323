import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { contains, type Query } from '../api/client';
import { useApi } from '../api/context';

/** How one entry of a picker is shown. */
export interface PickerRow {
  id: string;
  label: string;
  detail?: string | undefined;
  icon?: ReactNode;
}

/** Any paged list of the Management API to pick from. */
export interface PickerSource<T> {
  path: string;
  /** Filters of the list, such as `excludeRoleId`. */
  query?: Query;
  /** The parameter that searches: most lists take patterns as `search`, those of organizations plain words as `q`. */
  searchBy?: 'search' | 'q';
  row: (item: T) => PickerRow;
  /** Ids that are not offered, where the list itself cannot leave them out. */
  exclude?: ReadonlySet<string>;
  /** Whether an entry is offered at all; for what the list cannot filter for. */
  offered?: (item: T) => boolean;
}

export const pageSize = 20;

/** Reads a list page by page, as far as somebody looks, and searches it on the server. */
export function usePicker<T>(source: PickerSource<T>, typed: string) {
  const api = useApi();
  const { path, query = {}, searchBy = 'search', exclude } = source;
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useInfiniteQuery({
    queryKey: ['picker', path, query, search],
    initialPageParam: 1,
    placeholderData: keepPreviousData,
    // Who opens it again wants to see what has changed since.
    gcTime: 0,
    queryFn: ({ pageParam }) =>
      api.page<T>(path, { ...query, page: pageParam, page_size: pageSize, [searchBy]: searchBy === 'q' ? search : contains(search) }),
    getNextPageParam: (last, pages) => (last.items.length === pageSize && pages.length * pageSize < last.total ? pages.length + 1 : undefined),
  });
  const items = useMemo(() => {
    // Rows move while pages are read; one that comes twice is shown once.
    const byId = new Map(found.data?.pages.flatMap((page) => page.items).map((item) => [source.row(item).id, item]));
    exclude?.forEach((id) => byId.delete(id));
    return [...byId.values()].filter((item) => source.offered?.(item) ?? true);
    // `row` and `offered` are made anew with every render, and say the same each time.
  }, [found.data, exclude]);
  return {
    items,
    search,
    /** Nothing to show yet, or what is shown belongs to other words. */
    loading: found.isPending || found.isPlaceholderData || search !== typed.trim(),
    error: found.error,
    retry: () => void found.refetch(),
    hasMore: found.hasNextPage,
    loadingMore: found.isFetchingNextPage,
    more: () => {
      if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
    },
  };
}
