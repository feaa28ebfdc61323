import { Anchor, Badge, Box, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconUserShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { RoleIcon, RoleTypeChip } from '../roles/RoleChips';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { SearchField } from '../ui/SearchField';
import { byWords, useList } from '../ui/useList';
import type { OrganizationRoleOverview } from './queries';

export function TemplateRoles() {
  const { t } = useTranslation();
  const list = useList<OrganizationRoleOverview>({ key: ['organization-roles'], path: '/organization-roles', searched: byWords });
  const create = <Button component={Link} to="/organization-template/create" leftSection={<IconPlus size={16} />}>{t('template.create')}</Button>;
  return (
    <>
      {list.some && (
        <Group mb="md" gap="sm" justify="space-between">
          <SearchField list={list} label={t('template.search')} />
          {create}
        </Group>
      )}
      <DataTable<OrganizationRoleOverview>
        label={t('template.tabs.roles')}
        {...list.table}
        empty={<EmptyState icon={<IconUserShield size={24} />} title={t('template.empty.title')} text={t('template.empty.text')} action={create} />}
        columns={[
          { key: 'name', label: t('roles.columns.name'), cell: (row) => <Name role={row} /> },
          { key: 'type', label: t('roles.columns.type'), wide: true, width: 170, cell: (row) => <RoleTypeChip type={row.type} /> },
          { key: 'permissions', label: t('template.columns.permissions'), wide: true, width: '38%', cell: (row) => <Permissions role={row} /> },
        ]}
      />
    </>
  );
}

function Name({ role }: { role: OrganizationRoleOverview }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <RoleIcon type={role.type} />
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={`/organization-template/roles/${role.id}`} c="inherit" fw={550}>{role.name}</Anchor>
        {role.description && <Text fz="xs" c="dimmed">{role.description}</Text>}
        <Box hiddenFrom="sm" mt={4}><RoleTypeChip type={role.type} /></Box>
      </div>
    </Group>
  );
}

const shown = 4;

function Permissions({ role }: { role: OrganizationRoleOverview }) {
  const { t } = useTranslation();
  const names = [...role.scopes.map(({ name }) => name), ...role.resourceScopes.map(({ name, resource }) => `${resource.name}: ${name}`)];
  if (names.length === 0) return <Text c="dimmed">{t('ui.none')}</Text>;
  return (
    <Group gap={6} title={names.join(', ')}>
      {names.slice(0, shown).map((name) => <Badge key={name} variant="default" radius="sm" tt="none" fw={450}>{name}</Badge>)}
      {names.length > shown && <Text fz="xs" c="dimmed">{t('template.more', { count: names.length - shown })}</Text>}
    </Group>
  );
}
