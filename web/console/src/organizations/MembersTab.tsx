import { Anchor, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconUserMinus, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Member, Organization, RoleName, User } from '../api/types';
import { AssignModal } from '../ui/AssignModal';
import { Danger } from '../ui/Danger';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { SearchField } from '../ui/SearchField';
import { byWords, useList } from '../ui/useList';
import { pickUsers } from '../users/pick';
import { callName } from '../users/queries';
import { UserAvatar } from '../users/UserAvatar';
import { EditRoles } from './EditRoles';
import { pathOf, useOrganizationChanges } from './queries';
import { RoleChips } from './RoleChips';
import { RoleFilter, RolesSelect } from './RolesSelect';
import { useAsked } from './useAsked';

export function MembersTab({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const { id } = organization;
  const list = useList<Member>({
    key: ['organizations', id, 'users'],
    path: `${pathOf(id)}/users`,
    filters: ['role'],
    query: ({ role }) => ({ organizationRoleId: role }),
    searched: byWords,
  });
  const [adding, setAdding] = useState(false);
  const asked = useAsked<'roles' | 'remove', Member>();
  const add = <Button leftSection={<IconUserPlus size={16} />} onClick={() => setAdding(true)}>{t('organizations.members.add')}</Button>;
  const name = asked.row ? callName(asked.row) : '';
  return (
    <>
      {list.some && (
        <Group justify="space-between" mb="md" gap="sm">
          <Group gap="sm" style={{ flex: '1 1 320px' }}>
            <SearchField list={list} label={t('organizations.members.search')} width={300} />
            <RoleFilter type="User" value={list.filters.role ?? null} onChange={(role) => list.setFilter('role', role)} />
          </Group>
          {add}
        </Group>
      )}
      <DataTable<Member>
        {...list.table}
        label={t('organizations.tabs.members')}
        empty={(
          <EmptyState
            icon={<IconUsers size={24} />}
            title={t('organizations.members.empty')}
            text={t('organizations.members.emptyText')}
            action={(
              <Group gap="xs" justify="center">
                {add}
                <Button variant="default" component={Link} to={`/organizations/${id}/invitations`}>{t('organizations.invitations.invite')}</Button>
              </Group>
            )}
          />
        )}
        columns={[
          { key: 'member', label: t('organizations.columns.member'), cell: (row) => <Person member={row} /> },
          { key: 'roles', label: t('organizations.columns.roles'), wide: true, width: 300, cell: (row) => <RoleChips roles={row.organizationRoles} /> },
          { key: 'lastSignIn', label: t('organizations.columns.lastSignIn'), wide: true, width: 140, cell: (row) => <RelativeTime at={row.lastSignInAt} /> },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (row) => (
              <RowMenu name={callName(row)}>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => asked.ask('roles', row)}>{t('organizations.roles.edit')}</Menu.Item>
                <Menu.Item color="red" leftSection={<IconUserMinus size={16} />} onClick={() => asked.ask('remove', row)}>{t('organizations.members.remove')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <AddMembers organization={organization} opened={adding} onClose={() => setAdding(false)} />
      <EditRoles
        type="User"
        opened={asked.isOpen('roles')}
        name={name}
        roles={asked.row?.organizationRoles ?? []}
        onClose={asked.close}
        save={async (before, after) => {
          await changes.setMemberRoles(id, asked.row!.id, before, after);
          notifications.show({ message: t('organizations.roles.saved', { name }) });
        }}
      />
      <Danger
        opened={asked.isOpen('remove')}
        onClose={asked.close}
        title={t('organizations.members.removeTitle', { name, organization: organization.name })}
        text={t('organizations.members.removeText')}
        action={t('organizations.members.removeAction')}
        act={async () => {
          await changes.removeMember(id, asked.row!.id);
          notifications.show({ message: t('organizations.removed', { name }) });
        }}
      />
    </>
  );
}

function Person({ member }: { member: Member }) {
  const { t } = useTranslation();
  const name = callName(member);
  const below = [member.username, member.primaryEmail, member.primaryPhone && `+${member.primaryPhone}`].find((each) => each && each !== name);
  return (
    <Group gap="sm" wrap="nowrap">
      <UserAvatar user={member} />
      <div style={{ minWidth: 0 }}>
        <Group gap={8}>
          <Anchor component={Link} to={`/users/${member.id}`} c="inherit" fw={550}>{name}</Anchor>
          {member.isSuspended && <Badge color="red" variant="light" radius="sm" tt="none" fw={550}>{t('users.suspended')}</Badge>}
        </Group>
        {below && <Text fz="xs" c="dimmed">{below}</Text>}
        <Group hiddenFrom="sm" mt={4}><RoleChips roles={member.organizationRoles} /></Group>
      </div>
    </Group>
  );
}

function AddMembers({ organization: { id, name }, opened, onClose }: { organization: Organization; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const [roles, setRoles] = useState<RoleName[]>([]);
  const close = () => {
    setRoles([]);
    onClose();
  };
  return (
    <AssignModal<User>
      opened={opened}
      onClose={close}
      title={t('organizations.members.addTitle', { name })}
      label={t('users.title')}
      placeholder={t('users.search')}
      empty={t('organizations.members.allIn')}
      action={t('organizations.members.add')}
      source={pickUsers({ excludeOrganizationId: id })}
      assign={async (ids) => {
        await changes.addMembers(id, ids, roles.map((role) => role.id));
        notifications.show({ message: t('organizations.members.added', { count: ids.length }) });
      }}
    >
      <RolesSelect type="User" label={t('organizations.roles.label')} description={t('organizations.roles.forAll')} value={roles} onChange={setRoles} />
    </AssignModal>
  );
}
