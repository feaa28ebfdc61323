import { notifications } from '@mantine/notifications';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import type { Resource, Scope } from '../resources/queries';
import { AddScopes } from '../roles/AddScopes';
import { GivenScopes } from '../roles/GivenScopes';
import { ResourceLink } from '../roles/RolePermissions';
import { AssignModal } from '../ui/AssignModal';
import { useList } from '../ui/useList';
import { pickOrganizationScopes } from './pick';
import { organizationRolePath, useTemplateChanges, type OrganizationRole, type OrganizationScope } from './queries';

const unsearched = () => ({});

/** What the role permits within the organization itself. */
export function OrganizationPermissions({ role }: { role: OrganizationRole }) {
  const { t } = useTranslation();
  const changes = useTemplateChanges();
  const path = `${organizationRolePath(role.id)}/scopes`;
  const list = useList<OrganizationScope>({ key: ['organization-role-parts'], path, searched: unsearched });
  return (
    <GivenScopes<OrganizationScope>
      name={role.name}
      list={list}
      text={t('template.permissionsText')}
      remove={(scope) => changes.removeRoleScope(role.id, scope.id)}
      adding={(opened, onClose) => opened && <AddOrganizationScopes role={role} held={path} onClose={onClose} />}
    />
  );
}

function AddOrganizationScopes({ role, held, onClose }: { role: OrganizationRole; held: string; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const changes = useTemplateChanges();
  const has = useQuery({ queryKey: ['organization-role-parts', 'held', held], gcTime: 0, queryFn: () => api.get<OrganizationScope[]>(held) }).data;
  const exclude = useMemo(() => new Set(has?.map((scope) => scope.id)), [has]);
  return (
    <AssignModal<OrganizationScope>
      opened
      onClose={onClose}
      title={t('roles.permissions.addTo', { name: role.name })}
      label={t('template.tabs.permissions')}
      placeholder={t('resources.scopes.search')}
      empty={t('template.form.noScopes')}
      action={t('roles.permissions.add')}
      source={pickOrganizationScopes(exclude)}
      assign={async (ids) => {
        await changes.addScopes(role.id, ids);
        notifications.show({ message: t('roles.permissions.added', { count: ids.length }) });
      }}
    />
  );
}

/** What it permits at API resources, for tokens that are issued for the organization. */
export function ApiPermissions({ role }: { role: OrganizationRole }) {
  const { t } = useTranslation();
  const changes = useTemplateChanges();
  const path = `${organizationRolePath(role.id)}/resource-scopes`;
  const list = useList<Scope>({ key: ['organization-role-parts'], path, searched: unsearched });
  const nameOf = useResourceNames(list.table.rows);
  return (
    <GivenScopes<Scope>
      name={role.name}
      list={list}
      text={t('template.apiPermissionsText')}
      columns={[{ key: 'resource', label: t('roles.permissions.resource'), width: '35%', cell: (row) => <ResourceLink id={row.resourceId} name={nameOf(row.resourceId)} /> }]}
      remove={(scope) => changes.removeResourceScope(role.id, scope.id)}
      adding={(opened, onClose) => (
        <AddScopes opened={opened} onClose={onClose} name={role.name} held={path} withManagement={role.type === 'MachineToMachine'} add={(ids) => changes.addResourceScopes(role.id, ids)} />
      )}
    />
  );
}

/** The list tells the ids of the resources only. */
function useResourceNames(scopes: Scope[] | undefined): (id: string) => string | undefined {
  const api = useApi();
  const ids = [...new Set(scopes?.map((scope) => scope.resourceId))];
  const found = useQueries({
    queries: ids.map((id) => ({ queryKey: ['resources', 'name', id], staleTime: 60_000, queryFn: () => api.get<Resource>(`/resources/${encodeURIComponent(id)}`) })),
  });
  return (id) => found[ids.indexOf(id)]?.data?.name;
}
