import { Anchor, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconRobot, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application, User } from '../api/types';
import { ApplicationIcon } from '../applications/ApplicationIcon';
import { pickApplications } from '../applications/pick';
import { AssignModal } from '../ui/AssignModal';
import { CopyText } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { RelativeTime } from '../ui/RelativeTime';
import { RemoveButton } from '../ui/RemoveButton';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import type { PickerSource } from '../ui/usePicker';
import { pickUsers } from '../users/pick';
import { callName } from '../users/queries';
import { UserAvatar } from '../users/UserAvatar';
import { rolePath, useRoleChanges, type Role } from './queries';

export function HoldersTab({ role }: { role: Role }) {
  const { t } = useTranslation();
  return role.type === 'User' ? (
    <Holders<User>
      role={role}
      kind="users"
      nameOf={callName}
      source={pickUsers({ excludeRoleId: role.id })}
      columns={[
        { key: 'user', label: t('roles.holders.user'), cell: (row) => <UserCell user={row} /> },
        { key: 'id', label: t('users.columns.id'), wide: true, width: 190, cell: (row) => <CopyText value={row.id} what={t('users.columns.id')} /> },
        { key: 'lastSignIn', label: t('users.columns.lastSignIn'), wide: true, width: 150, cell: (row) => <RelativeTime at={row.lastSignInAt} /> },
      ]}
    />
  ) : (
    <Holders<Application>
      role={role}
      kind="applications"
      nameOf={(application) => application.name}
      source={pickApplications({ types: 'MachineToMachine', excludeRoleId: role.id })}
      columns={[
        {
          key: 'name',
          label: t('applications.columns.name'),
          cell: (row) => (
            <Group gap="sm" wrap="nowrap">
              <ApplicationIcon type={row.type} />
              <Anchor component={Link} to={`/applications/${row.id}`} c="inherit" fw={550}>{row.name}</Anchor>
            </Group>
          ),
        },
        { key: 'id', label: t('applications.columns.id'), wide: true, width: 250, cell: (row) => <CopyText value={row.id} what={t('applications.columns.id')} /> },
      ]}
    />
  );
}

function UserCell({ user }: { user: User }) {
  const name = callName(user);
  const below = [user.username, user.primaryEmail].find((each) => each && each !== name);
  return (
    <Group gap="sm" wrap="nowrap">
      <UserAvatar user={user} />
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={`/users/${user.id}`} c="inherit" fw={550}>{name}</Anchor>
        {below && <Text fz="xs" c="dimmed">{below}</Text>}
      </div>
    </Group>
  );
}

interface HoldersProps<T extends { id: string }> {
  role: Role;
  kind: 'users' | 'applications';
  nameOf: (row: T) => string;
  source: PickerSource<T>;
  columns: Column<T>[];
}

/** Who holds the role; more are given it, and from each it can be taken. */
function Holders<T extends { id: string }>({ role, kind, nameOf, source, columns }: HoldersProps<T>) {
  const { t } = useTranslation();
  const changes = useRoleChanges();
  const list = useList<T>({ key: ['role-parts'], path: `${rolePath(role.id)}/${kind}` });
  const [assigning, setAssigning] = useState(false);
  const [removing, setRemoving] = useState<T>();
  const assign = <Button leftSection={<IconPlus size={16} />} onClick={() => setAssigning(true)}>{t(`roles.holders.${kind}.assign`)}</Button>;
  const name = removing && nameOf(removing);
  return (
    <>
      {list.some && (
        <Group mb="md" gap="sm" justify="space-between">
          <SearchField list={list} label={t(`roles.holders.${kind}.search`)} />
          {assign}
        </Group>
      )}
      <DataTable<T>
        label={t(`roles.tabs.${kind}`)}
        {...list.table}
        empty={<EmptyState icon={kind === 'users' ? <IconUsers size={24} /> : <IconRobot size={24} />} title={t(`roles.holders.${kind}.emptyTitle`)} text={t(`roles.holders.${kind}.emptyText`)} action={assign} />}
        columns={[
          ...columns,
          { key: 'actions', label: t('ui.actions'), labelHidden: true, width: 60, cell: (row) => <RemoveButton what={nameOf(row)} onClick={() => setRemoving(row)} /> },
        ]}
      />
      <AssignModal<T>
        opened={assigning}
        onClose={() => setAssigning(false)}
        title={t(`roles.holders.${kind}.assignTitle`, { name: role.name })}
        label={t(`roles.tabs.${kind}`)}
        placeholder={t(`roles.holders.${kind}.search`)}
        empty={t(`roles.holders.${kind}.nobodyLeft`)}
        source={source}
        assign={async (ids) => {
          await changes.addHolders(role, ids);
          notifications.show({ message: t(`roles.holders.${kind}.assigned`, { count: ids.length }) });
        }}
      />
      <Danger
        opened={!!removing}
        onClose={() => setRemoving(undefined)}
        title={t('roles.holders.removeTitle', { role: role.name, name })}
        text={t('roles.holders.removeText', { name })}
        action={t('roles.holders.remove')}
        act={async () => {
          await changes.removeHolder(role, removing!.id);
          notifications.show({ message: t('roles.holders.removed', { name, role: role.name }) });
        }}
      />
    </>
  );
}
