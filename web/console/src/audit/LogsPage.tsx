import { Button, Group, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contains } from '../api/client';
import { useApi } from '../api/context';
import type { Application, User } from '../api/types';
import { PageHead } from '../ui/PageHead';
import { useListState } from '../ui/useListState';
import { callName } from '../users/queries';
import { filterNames, LogTable } from './LogTable';
import { spans } from './queries';

export function LogsPage() {
  const { t, i18n } = useTranslation();
  const list = useListState(filterNames);
  const events = i18n.getResource(i18n.language, 'words', 'audit.events') as Record<string, string>;
  return (
    <>
      <PageHead title={t('audit.title')} text={t('audit.text')} />
      <Group mb="md" gap="sm">
        <Select
          w={{ base: '100%', xs: 260 }}
          searchable
          clearable
          aria-label={t('audit.filter.event')}
          placeholder={t('audit.filter.anyEvent')}
          data={Object.entries(events).map(([value, label]) => ({ value, label }))}
          value={list.filters.logKey}
          onChange={(value) => list.setFilter('logKey', value)}
        />
        <Finder<Application>
          label={t('audit.filter.application')}
          placeholder={t('audit.filter.anyApplication')}
          path="/applications"
          nameOf={(application) => application.name}
          value={list.filters.applicationId ?? null}
          onChange={(value) => list.setFilter('applicationId', value)}
        />
        <Finder<User>
          label={t('audit.filter.user')}
          placeholder={t('audit.filter.anyUser')}
          path="/users"
          nameOf={callName}
          value={list.filters.userId ?? null}
          onChange={(value) => list.setFilter('userId', value)}
        />
        <Select
          w={{ base: '100%', xs: 160 }}
          clearable
          aria-label={t('audit.filter.time')}
          placeholder={t('audit.filter.anyTime')}
          data={(Object.keys(spans) as (keyof typeof spans)[]).map((value) => ({ value, label: t(`audit.filter.${value}`) }))}
          value={list.filters.span}
          onChange={(value) => list.setFilter('span', value)}
        />
        {list.filtered && <Button variant="subtle" color="gray" onClick={list.clear}>{t('ui.clearFilters')}</Button>}
      </Group>
      <LogTable />
    </>
  );
}

interface FinderProps<T> {
  label: string;
  placeholder: string;
  path: string;
  nameOf: (found: T) => string;
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Picks one of many by typing; the server searches. */
function Finder<T extends { id: string }>({ label, placeholder, path, nameOf, value, onChange }: FinderProps<T>) {
  const api = useApi();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, 200);
  const found = useQuery({
    queryKey: ['finder', path, settled],
    placeholderData: keepPreviousData,
    queryFn: () => api.page<T>(path, { page: 1, page_size: 10, search: contains(settled) }),
  });
  const chosen = useQuery({ queryKey: ['finder', path, 'one', value], enabled: !!value, queryFn: () => api.get<T>(`${path}/${encodeURIComponent(value!)}`) });
  const options = new Map((found.data?.items ?? []).map((each) => [each.id, nameOf(each)]));
  if (value) options.set(value, chosen.data ? nameOf(chosen.data) : value);
  return (
    <Select
      w={{ base: '100%', xs: 200 }}
      searchable
      clearable
      aria-label={label}
      placeholder={placeholder}
      data={[...options].map(([id, name]) => ({ value: id, label: name }))}
      filter={({ options: all }) => all}
      onSearchChange={(text) => setTyped(value && text === options.get(value) ? '' : text)}
      value={value}
      onChange={onChange}
    />
  );
}
