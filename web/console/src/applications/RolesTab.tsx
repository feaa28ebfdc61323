import { Anchor, Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconShieldLock, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application, Role } from '../api/types';
import { RowMenu } from '../ui/RowMenu';
import { useAsked } from '../organizations/useAsked';
import { AssignModal } from '../ui/AssignModal';
import { Danger } from '../ui/Danger';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import { useRoleChanges } from './access';

/** Roles that a machine-to-machine application holds by itself. */
export function RolesTab({ application: { id, name } }: { application: Application }) {
  const { t } = useTranslation();
  const changes = useRoleChanges(id);
  const list = useList<Role>({ key: ['applications', id, 'roles'], path: changes.path });
  const [adding, setAdding] = useState(false);
  const asked = useAsked<'remove', Role>();
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('access.roles.add')}</Button>;
  return (
    <>
      {list.some && (
        <Group justify="space-between" mb="md" gap="sm">
          <SearchField list={list} label={t('access.roles.search')} />
          {add}
        </Group>
      )}
      <DataTable<Role>
        {...list.table}
        label={t('access.tabs.roles')}
        empty={<EmptyState icon={<IconShieldLock size={24} />} title={t('access.roles.empty')} text={t('access.roles.emptyText')} action={add} />}
        columns={[
          {
            key: 'name',
            label: t('applications.columns.name'),
            cell: (role) => (
              <div style={{ minWidth: 0 }}>
                <Anchor component={Link} to={`/roles/${role.id}`} c="inherit" fw={550}>{role.name}</Anchor>
                <Text fz="xs" c="dimmed" lineClamp={1}>{role.description}</Text>
              </div>
            ),
          },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (role) => (
              <RowMenu name={role.name}>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => asked.ask('remove', role)}>{t('access.roles.remove')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <AssignModal<Role>
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('access.roles.addTitle', { name })}
        label={t('access.tabs.roles')}
        empty={t('access.roles.none')}
        action={t('access.roles.add')}
        source={{
          path: '/roles',
          query: { type: 'MachineToMachine', excludeApplicationId: id },
          row: (role) => ({ id: role.id, label: role.name, detail: role.description }),
        }}
        assign={changes.add}
      />
      <Danger
        opened={asked.isOpen('remove')}
        onClose={asked.close}
        title={t('access.roles.removeTitle', { role: asked.row?.name, name })}
        text={t('access.roles.removeText')}
        action={t('access.roles.remove')}
        act={async () => {
          await changes.remove(asked.row!.id);
          notifications.show({ message: t('organizations.removed', { name: asked.row!.name }) });
        }}
      />
    </>
  );
}
