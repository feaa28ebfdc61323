import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useList } from '../ui/useList';
import { AddScopes } from './AddScopes';
import { GivenScopes } from './GivenScopes';
import { rolePath, useRoleChanges, type Role, type RoleScope } from './queries';

/** What the role gives, over all resources. */
export function RolePermissions({ role }: { role: Role }) {
  const { t } = useTranslation();
  const changes = useRoleChanges();
  const path = `${rolePath(role.id)}/scopes`;
  const list = useList<RoleScope>({ key: ['role-parts'], path });
  return (
    <GivenScopes<RoleScope>
      name={role.name}
      list={list}
      searchable
      text={t('roles.permissions.empty.text')}
      columns={[{ key: 'resource', label: t('roles.permissions.resource'), width: '35%', cell: (row) => <ResourceLink id={row.resource.id} name={row.resource.name} /> }]}
      remove={(scope) => changes.removeScope(role.id, scope.id)}
      adding={(opened, onClose) => (
        <AddScopes opened={opened} onClose={onClose} name={role.name} held={path} withManagement={role.type === 'MachineToMachine'} add={(ids) => changes.addScopes(role.id, ids)} />
      )}
    />
  );
}

export function ResourceLink({ id, name }: { id: string; name: string | undefined }) {
  return name ? <Anchor component={Link} to={`/api-resources/${id}`} fz="sm">{name}</Anchor> : <Text c="dimmed" fz="sm">{id}</Text>;
}
