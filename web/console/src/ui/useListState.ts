import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

/** Search, filters and page of a list live in the address, so that back, reload and a shared link work. */
export function useListState(names: readonly string[] = []) {
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const [typed, setTyped] = useState(search);
  const write = (changes: Record<string, string | null>) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [key, value] of Object.entries(changes)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
      return next;
    }, { replace: true });
  const settle = useDebouncedCallback((text: string) => write({ search: text.trim(), page: null }), 250);
  const filters = Object.fromEntries(names.map((name) => [name, params.get(name)]));
  return {
    search,
    typed,
    setTyped: (text: string) => {
      setTyped(text);
      settle(text);
    },
    page: Math.max(1, Math.trunc(Number(params.get('page'))) || 1),
    setPage: (page: number) => write({ page: page > 1 ? String(page) : null }),
    filters: filters as Record<string, string | null>,
    setFilter: (name: string, value: string | null) => write({ [name]: value, page: null }),
    setFilters: (changes: Record<string, string | null>) => write({ ...changes, page: null }),
    filtered: !!search || names.some((name) => params.get(name)),
    clear: () => {
      setTyped('');
      write(Object.fromEntries([...names, 'search', 'page'].map((name) => [name, null])));
    },
  };
}
