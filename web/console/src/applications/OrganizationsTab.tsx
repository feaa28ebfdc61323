import { Anchor, Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { IconBuilding, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application, Organization, RoleName } from '../api/types';
import { EditRoles } from '../organizations/EditRoles';
import { OrganizationLogo } from '../organizations/OrganizationLogo';
import { useOrganizationChanges } from '../organizations/queries';
import { RoleChips } from '../organizations/RoleChips';
import { RolesSelect } from '../organizations/RolesSelect';
import { RowMenu } from '../ui/RowMenu';
import { useAsked } from '../organizations/useAsked';
import { AssignModal } from '../ui/AssignModal';
import { Danger } from '../ui/Danger';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { SearchField } from '../ui/SearchField';
import { byWords, useList } from '../ui/useList';

type Joined = Organization & { organizationRoles: RoleName[] };

/** Organizations that a machine-to-machine application acts in, with its roles there. */
export function OrganizationsTab({ application: { id, name } }: { application: Application }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const changes = useOrganizationChanges();
  const list = useList<Joined>({ key: ['applications', id, 'organizations'], path: `/applications/${encodeURIComponent(id)}/organizations`, searched: byWords });
  const [adding, setAdding] = useState(false);
  const [roles, setRoles] = useState<RoleName[]>([]);
  const asked = useAsked<'roles' | 'remove', Joined>();
  const exclude = useMemo(() => new Set(list.data?.items.map((each) => each.id)), [list.data]);
  const again = () => queries.invalidateQueries({ queryKey: ['applications', id, 'organizations'] });
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('access.organizations.add')}</Button>;
  return (
    <>
      {list.some && (
        <Group justify="space-between" mb="md" gap="sm">
          <SearchField list={list} label={t('organizations.search')} />
          {add}
        </Group>
      )}
      <DataTable<Joined>
        {...list.table}
        label={t('access.tabs.organizations')}
        empty={<EmptyState icon={<IconBuilding size={24} />} title={t('access.organizations.empty')} text={t('access.organizations.emptyText')} action={add} />}
        columns={[
          {
            key: 'name',
            label: t('organizations.columns.name'),
            cell: (row) => (
              <Group gap="sm" wrap="nowrap">
                <OrganizationLogo organization={row} />
                <div style={{ minWidth: 0 }}>
                  <Anchor component={Link} to={`/organizations/${row.id}`} c="inherit" fw={550}>{row.name}</Anchor>
                  {row.description && <Text fz="xs" c="dimmed" lineClamp={1}>{row.description}</Text>}
                  <Group hiddenFrom="sm" mt={4}><RoleChips roles={row.organizationRoles} /></Group>
                </div>
              </Group>
            ),
          },
          { key: 'roles', label: t('organizations.columns.roles'), wide: true, width: 340, cell: (row) => <RoleChips roles={row.organizationRoles} /> },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (row) => (
              <RowMenu name={row.name}>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => asked.ask('roles', row)}>{t('organizations.roles.edit')}</Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => asked.ask('remove', row)}>{t('organizations.members.remove')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <AssignModal<Organization>
        opened={adding}
        onClose={() => {
          setRoles([]);
          setAdding(false);
        }}
        title={t('access.organizations.addTitle', { name })}
        label={t('organizations.title')}
        placeholder={t('organizations.search')}
        empty={t('access.organizations.none')}
        action={t('access.organizations.add')}
        source={{
          path: '/organizations',
          searchBy: 'q',
          row: (each) => ({ id: each.id, label: each.name, detail: each.description ?? undefined, icon: <OrganizationLogo organization={each} size={26} /> }),
          exclude,
        }}
        assign={async (ids) => {
          try {
            for (const organization of ids) await changes.addMachines(organization, [id], roles.map((role) => role.id));
          } finally {
            await again();
          }
        }}
      >
        <RolesSelect type="MachineToMachine" label={t('organizations.roles.label')} description={t('access.organizations.rolesText')} value={roles} onChange={setRoles} />
      </AssignModal>
      <EditRoles
        type="MachineToMachine"
        opened={asked.isOpen('roles')}
        name={name}
        title={t('access.organizations.rolesTitle', { name, organization: asked.row?.name })}
        roles={asked.row?.organizationRoles ?? []}
        onClose={asked.close}
        save={async (before, after) => {
          await changes.setMachineRoles(asked.row!.id, id, before, after);
          await again();
        }}
      />
      <Danger
        opened={asked.isOpen('remove')}
        onClose={asked.close}
        title={t('organizations.members.removeTitle', { name, organization: asked.row?.name })}
        text={t('organizations.machines.removeText')}
        action={t('organizations.machines.removeAction')}
        act={async () => {
          await changes.removeMachine(asked.row!.id, id);
          await again();
          notifications.show({ message: t('organizations.removed', { name: asked.row!.name }) });
        }}
      />
    </>
  );
}
