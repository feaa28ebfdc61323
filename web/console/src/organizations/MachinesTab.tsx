import { Anchor, Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconPlus, IconRobot, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application, MachineMember, Organization, RoleName } from '../api/types';
import { ApplicationIcon } from '../applications/ApplicationIcon';
import { pickApplications } from '../applications/pick';
import { AssignModal } from '../ui/AssignModal';
import { Danger } from '../ui/Danger';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { RowMenu } from '../ui/RowMenu';
import { SearchField } from '../ui/SearchField';
import { byWords, useList } from '../ui/useList';
import { EditRoles } from './EditRoles';
import { pathOf, useOrganizationChanges } from './queries';
import { RoleChips } from './RoleChips';
import { RolesSelect } from './RolesSelect';
import { useAsked } from './useAsked';

/** Services and scripts that act within the organization. */
export function MachinesTab({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const { id } = organization;
  const list = useList<MachineMember>({ key: ['organizations', id, 'applications'], path: `${pathOf(id)}/applications`, searched: byWords });
  const [adding, setAdding] = useState(false);
  const asked = useAsked<'roles' | 'remove', MachineMember>();
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('organizations.machines.add')}</Button>;
  const name = asked.row?.name ?? '';
  return (
    <>
      {list.some && (
        <Group justify="space-between" mb="md" gap="sm">
          <SearchField list={list} label={t('applications.search')} />
          {add}
        </Group>
      )}
      <DataTable<MachineMember>
        {...list.table}
        label={t('organizations.tabs.machines')}
        empty={<EmptyState icon={<IconRobot size={24} />} title={t('organizations.machines.empty')} text={t('organizations.machines.emptyText')} action={add} />}
        columns={[
          { key: 'name', label: t('applications.columns.name'), cell: (row) => <Machine machine={row} /> },
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
      <AddMachines organization={organization} opened={adding} onClose={() => setAdding(false)} />
      <EditRoles
        type="MachineToMachine"
        opened={asked.isOpen('roles')}
        name={name}
        roles={asked.row?.organizationRoles ?? []}
        onClose={asked.close}
        save={async (before, after) => {
          await changes.setMachineRoles(id, asked.row!.id, before, after);
          notifications.show({ message: t('organizations.roles.saved', { name }) });
        }}
      />
      <Danger
        opened={asked.isOpen('remove')}
        onClose={asked.close}
        title={t('organizations.members.removeTitle', { name, organization: organization.name })}
        text={t('organizations.machines.removeText')}
        action={t('organizations.machines.removeAction')}
        act={async () => {
          await changes.removeMachine(id, asked.row!.id);
          notifications.show({ message: t('organizations.removed', { name }) });
        }}
      />
    </>
  );
}

function Machine({ machine }: { machine: MachineMember }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <ApplicationIcon type={machine.type} />
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={`/applications/${machine.id}`} c="inherit" fw={550}>{machine.name}</Anchor>
        {machine.description && <Text fz="xs" c="dimmed" lineClamp={1}>{machine.description}</Text>}
        <Group hiddenFrom="sm" mt={4}><RoleChips roles={machine.organizationRoles} /></Group>
      </div>
    </Group>
  );
}

function AddMachines({ organization: { id, name }, opened, onClose }: { organization: Organization; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const [roles, setRoles] = useState<RoleName[]>([]);
  const close = () => {
    setRoles([]);
    onClose();
  };
  return (
    <AssignModal<Application>
      opened={opened}
      onClose={close}
      title={t('organizations.machines.addTitle', { name })}
      label={t('applications.type.MachineToMachine')}
      placeholder={t('applications.search')}
      empty={t('organizations.machines.allIn')}
      action={t('organizations.machines.add')}
      source={pickApplications({ types: 'MachineToMachine', excludeOrganizationId: id })}
      assign={async (ids) => {
        await changes.addMachines(id, ids, roles.map((role) => role.id));
        notifications.show({ message: t('organizations.machines.added', { count: ids.length }) });
      }}
    >
      <RolesSelect type="MachineToMachine" label={t('organizations.roles.label')} description={t('organizations.roles.forAll')} value={roles} onChange={setRoles} />
    </AssignModal>
  );
}
