import { Anchor, Button, Group, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { IconBuildingPlus, IconBuildings, IconPencil, IconUserMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Organization, RoleName, User } from '../api/types';
import { EditRoles } from '../organizations/EditRoles';
import { useOrganizationChanges } from '../organizations/queries';
import { RoleChips } from '../organizations/RoleChips';
import { RolesSelect } from '../organizations/RolesSelect';
import { useAsked } from '../organizations/useAsked';
import { AssignModal } from '../ui/AssignModal';
import { Danger } from '../ui/Danger';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { RowMenu } from '../ui/RowMenu';
import { SearchField } from '../ui/SearchField';
import { byWords, useList } from '../ui/useList';
import { callName } from './queries';

type Joined = Organization & { organizationRoles: RoleName[] };

export function OrganizationsTab({ user }: { user: User }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const queries = useQueryClient();
  const key = ['users', user.id, 'organizations'];
  const changed = () => queries.invalidateQueries({ queryKey: key });
  const list = useList<Joined>({ key, path: `/users/${encodeURIComponent(user.id)}/organizations`, searched: byWords });
  const [joining, setJoining] = useState(false);
  const asked = useAsked<'roles' | 'leave', Joined>();
  const name = callName(user);
  const organization = asked.row?.name ?? '';
  const join = <Button leftSection={<IconBuildingPlus size={16} />} onClick={() => setJoining(true)}>{t('people.organizations.add')}</Button>;
  return (
    <>
      {list.some && <Group justify="space-between" mb="md" gap="sm"><SearchField list={list} label={t('organizations.search')} />{join}</Group>}
      <DataTable<Joined>
        {...list.table}
        label={t('people.tabs.organizations')}
        empty={<EmptyState icon={<IconBuildings size={24} />} title={t('people.organizations.empty')} text={t('people.organizations.emptyText')} action={join} />}
        columns={[
          {
            key: 'organization',
            label: t('organizations.columns.name'),
            cell: (row) => (
              <>
                <Anchor component={Link} to={`/organizations/${row.id}`} c="inherit" fw={550}>{row.name}</Anchor>
                <Group hiddenFrom="sm" mt={4}><RoleChips roles={row.organizationRoles} /></Group>
              </>
            ),
          },
          { key: 'roles', label: t('organizations.columns.roles'), wide: true, width: 360, cell: (row) => <RoleChips roles={row.organizationRoles} /> },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (row) => (
              <RowMenu name={row.name}>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => asked.ask('roles', row)}>{t('organizations.roles.edit')}</Menu.Item>
                <Menu.Item color="red" leftSection={<IconUserMinus size={16} />} onClick={() => asked.ask('leave', row)}>{t('organizations.members.remove')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <Join user={user} opened={joining} joined={list.data?.items ?? []} onClose={() => setJoining(false)} onJoined={changed} />
      <EditRoles
        type="User"
        opened={asked.isOpen('roles')}
        name={name}
        title={t('people.organizations.rolesTitle', { name, organization })}
        roles={asked.row?.organizationRoles ?? []}
        onClose={asked.close}
        save={async (before, after) => {
          await changes.setMemberRoles(asked.row!.id, user.id, before, after).finally(changed);
          notifications.show({ message: t('organizations.roles.saved', { name }) });
        }}
      />
      <Danger
        opened={asked.isOpen('leave')}
        onClose={asked.close}
        title={t('organizations.members.removeTitle', { name, organization })}
        text={t('organizations.members.removeText')}
        action={t('organizations.members.removeAction')}
        act={async () => {
          await changes.removeMember(asked.row!.id, user.id);
          await changed();
          notifications.show({ message: t('people.organizations.left', { organization }) });
        }}
      />
    </>
  );
}

interface JoinProps {
  user: User;
  opened: boolean;
  joined: Organization[];
  onClose: () => void;
  onJoined: () => Promise<void>;
}

/** The list of organizations cannot leave out those of a user; those in sight are, and to join twice changes nothing. */
function Join({ user, opened, joined, onClose, onJoined }: JoinProps) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const [roles, setRoles] = useState<RoleName[]>([]);
  const close = () => {
    setRoles([]);
    onClose();
  };
  return (
    <AssignModal<Organization>
      opened={opened}
      onClose={close}
      title={t('people.organizations.addTitle', { name: callName(user) })}
      label={t('organizations.title')}
      placeholder={t('organizations.search')}
      action={t('people.organizations.add')}
      max={20}
      source={{ path: '/organizations', searchBy: 'q', exclude: new Set(joined.map(({ id }) => id)), row: ({ id, name, description }) => ({ id, label: name, detail: description ?? id }) }}
      assign={async (ids) => {
        for (const id of ids) await changes.addMembers(id, [user.id], roles.map((role) => role.id)).finally(onJoined);
        notifications.show({ message: t('people.organizations.added', { count: ids.length }) });
      }}
    >
      <RolesSelect type="User" label={t('organizations.roles.label')} description={t('people.organizations.forAll')} value={roles} onChange={setRoles} />
    </AssignModal>
  );
}
