import { Anchor, Box, Button, Group, Select, Text } from '@mantine/core';
import { IconPlus, IconUserShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import { roleTypes, type RoleOverview } from './queries';
import { DefaultChip, RoleIcon, RoleTypeChip } from './RoleChips';

export function RolesPage() {
  const { t } = useTranslation();
  const list = useList<RoleOverview>({ key: ['roles'], path: '/roles', filters: ['type'], query: ({ type }) => ({ type }) });
  const create = <Button component={Link} to="/roles/create" leftSection={<IconPlus size={16} />}>{t('roles.create')}</Button>;
  return (
    <>
      <PageHead title={t('roles.title')} text={t('roles.text')} action={create} />
      <Group mb="md" gap="sm">
        <SearchField list={list} label={t('roles.search')} />
        <Select
          w={{ base: '100%', xs: 200 }}
          aria-label={t('roles.filter.label')}
          placeholder={t('roles.filter.all')}
          clearable
          data={roleTypes.map((value) => ({ value, label: t(`roles.type.${value}`) }))}
          value={list.filters.type}
          onChange={(value) => list.setFilter('type', value)}
        />
      </Group>
      <DataTable<RoleOverview>
        label={t('roles.title')}
        {...list.table}
        empty={<EmptyState icon={<IconUserShield size={24} />} title={t('roles.empty.title')} text={t('roles.empty.text')} action={create} />}
        columns={[
          { key: 'name', label: t('roles.columns.name'), cell: (row) => <Name role={row} /> },
          { key: 'type', label: t('roles.columns.type'), wide: true, width: 200, cell: (row) => <RoleTypeChip type={row.type} /> },
          { key: 'holders', label: t('roles.columns.holders'), wide: true, width: 180, cell: (row) => <Holders role={row} /> },
        ]}
      />
      <Outlet />
    </>
  );
}

function Name({ role }: { role: RoleOverview }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <RoleIcon type={role.type} />
      <div style={{ minWidth: 0 }}>
        <Group gap={8}>
          <Anchor component={Link} to={`/roles/${role.id}`} c="inherit" fw={550}>{role.name}</Anchor>
          <DefaultChip role={role} />
        </Group>
        <Text fz="xs" c="dimmed">{role.description}</Text>
        <Box hiddenFrom="sm" mt={4}><RoleTypeChip type={role.type} /></Box>
      </div>
    </Group>
  );
}

function Holders({ role }: { role: RoleOverview }) {
  const { t } = useTranslation();
  const count = role.type === 'User' ? role.usersCount : role.applicationsCount;
  const names = (role.type === 'User' ? role.featuredUsers : role.featuredApplications).map((each) => each.name ?? each.id);
  return (
    <Text span inherit c={count === 0 ? 'dimmed' : undefined} title={names.join(', ') + (count > names.length ? ', …' : '')}>
      {t(role.type === 'User' ? 'roles.users' : 'roles.applications', { count })}
    </Text>
  );
}
