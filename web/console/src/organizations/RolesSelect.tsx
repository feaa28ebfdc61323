import { Anchor, MultiSelect, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/context';
import type { Role, RoleName } from '../api/types';

const offered = 50;

/** The first organization roles; where there are more than fit a list, the server searches for what is typed. */
function useRoles(type: Role['type'], typed: string) {
  const api = useApi();
  const [search] = useDebouncedValue(typed.trim(), 200);
  const ask = (q: string) => ({
    queryKey: ['organization-roles', 'offered', q],
    placeholderData: keepPreviousData,
    queryFn: () => api.page<Role>('/organization-roles', { page: 1, page_size: offered, q }),
  });
  const first = useQuery(ask(''));
  const isLong = (first.data?.total ?? 0) > offered;
  const found = useQuery({ ...ask(search), enabled: isLong && search !== '' });
  const roles = [...(first.data?.items ?? []), ...(isLong && search ? (found.data?.items ?? []) : [])].filter((role) => role.type === type);
  return { roles, isComplete: !!first.data && !isLong };
}

/** One that may not be among the first. */
function useRole(id: string | null): Role | undefined {
  const api = useApi();
  return useQuery({ queryKey: ['organization-roles', id], enabled: id !== null, queryFn: () => api.get<Role>(`/organization-roles/${encodeURIComponent(id!)}`) }).data;
}

export interface RolesSelectProps {
  type: Role['type'];
  label: string;
  description?: string;
  value: RoleName[];
  onChange: (roles: RoleName[]) => void;
  autoFocus?: boolean;
}

/** Any number of the organization roles of one type. */
export function RolesSelect({ type, label, description, value, onChange, autoFocus }: RolesSelectProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { roles, isComplete } = useRoles(type, typed);
  const known = new Map([...value, ...roles].map(({ id, name }) => [id, { id, name }]));
  if (isComplete && known.size === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {t(`organizations.roles.none.${type}`)} <Anchor component={Link} to="/organization-template">{t('organizations.empty.template')}</Anchor>
      </Text>
    );
  }
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={value.length === 0 ? t('organizations.roles.choose') : undefined}
      data={[...known.values()].map(({ id, name }) => ({ value: id, label: name }))}
      value={value.map(({ id }) => id)}
      onChange={(ids) => onChange(ids.flatMap((id) => known.get(id) ?? []))}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      hidePickedOptions
      clearable
      clearButtonProps={{ 'aria-label': t('ui.clear') }}
      maxDropdownHeight={200}
      openOnFocus={false}
      nothingFoundMessage={typed ? t('ui.noMatch.title') : undefined}
      data-autofocus={autoFocus || undefined}
    />
  );
}

/** One role to filter a list by. */
export function RoleFilter({ type, value, onChange }: { type: Role['type']; value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { roles } = useRoles(type, typed);
  const data = [...new Map(roles.map(({ id, name }) => [id, { value: id, label: name }])).values()];
  const chosen = useRole(value && !data.some((each) => each.value === value) ? value : null);
  if (chosen) data.push({ value: chosen.id, label: chosen.name });
  return (
    <Select
      w={{ base: '100%', xs: 220 }}
      aria-label={t('organizations.columns.roles')}
      placeholder={t('organizations.roles.any')}
      clearable
      clearButtonProps={{ 'aria-label': t('ui.clear') }}
      searchable
      onSearchChange={setTyped}
      nothingFoundMessage={t('ui.noMatch.title')}
      data={data}
      value={value}
      onChange={onChange}
    />
  );
}
