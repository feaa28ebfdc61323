import { Anchor, Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconShieldPlus, IconTrash, IconUserShield } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Role, User } from '../api/types';
import { useAsked } from '../organizations/useAsked';
import { AssignModal } from '../ui/AssignModal';
import { Danger } from '../ui/Danger';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { RowMenu } from '../ui/RowMenu';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import { usePeopleChanges } from './people';
import { callName } from './queries';

export function RolesTab({ user }: { user: User }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const list = useList<Role>({ key: ['users', user.id, 'roles'], path: `/users/${encodeURIComponent(user.id)}/roles` });
  const [assigning, setAssigning] = useState(false);
  const asked = useAsked<'remove', Role>();
  const name = callName(user);
  const role = asked.row?.name ?? '';
  const assign = <Button leftSection={<IconShieldPlus size={16} />} onClick={() => setAssigning(true)}>{t('people.roles.assign')}</Button>;
  return (
    <>
      {list.some && <Group justify="space-between" mb="md" gap="sm"><SearchField list={list} label={t('people.roles.search')} />{assign}</Group>}
      <DataTable<Role>
        {...list.table}
        label={t('people.tabs.roles')}
        empty={<EmptyState icon={<IconUserShield size={24} />} title={t('people.roles.empty')} text={t('people.roles.emptyText')} action={assign} />}
        columns={[
          { key: 'role', label: t('people.roles.role'), cell: (row) => <Anchor component={Link} to={`/roles/${row.id}`} c="inherit" fw={550}>{row.name}</Anchor> },
          { key: 'description', label: t('people.roles.description'), wide: true, cell: (row) => <Text fz="sm" c="dimmed">{row.description}</Text> },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (row) => (
              <RowMenu name={row.name}>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => asked.ask('remove', row)}>{t('people.roles.remove')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <AssignModal<Role>
        opened={assigning}
        onClose={() => setAssigning(false)}
        title={t('people.roles.assignTitle', { name })}
        label={t('people.tabs.roles')}
        placeholder={t('people.roles.search')}
        empty={t('people.roles.allHeld')}
        action={t('people.roles.assign')}
        source={{ path: '/roles', query: { excludeUserId: user.id, type: 'User' }, row: (each) => ({ id: each.id, label: each.name, detail: each.description }) }}
        assign={async (ids) => {
          await changes.assignRoles(ids);
          notifications.show({ message: t('people.roles.assigned', { count: ids.length }) });
        }}
      />
      <Danger
        opened={asked.isOpen('remove')}
        onClose={asked.close}
        title={t('people.roles.removeTitle', { name, role })}
        text={t('people.roles.removeText')}
        action={t('people.roles.remove')}
        act={async () => {
          await changes.removeRole(asked.row!.id);
          notifications.show({ message: t('people.roles.removed', { role }) });
        }}
      />
    </>
  );
}
