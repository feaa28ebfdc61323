import { Anchor, Badge, Box, Button, Group, Text } from '@mantine/core';
import { IconUpload, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import type { User } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import { callName } from './queries';
import { UserAvatar } from './UserAvatar';

export function UsersPage() {
  const { t } = useTranslation();
  const list = useList<User>({ key: ['users'], path: '/users' });
  const create = <Button component={Link} to="/users/create" leftSection={<IconUserPlus size={16} />}>{t('users.create')}</Button>;
  return (
    <>
      <PageHead title={t('users.title')} text={t('users.text')} action={<Group gap="xs"><Button component={Link} to="/users/import" variant="default" leftSection={<IconUpload size={16} />}>{t('people.import.action')}</Button>{create}</Group>} />
      <Box mb="md"><SearchField list={list} label={t('users.search')} width={420} /></Box>
      <DataTable<User>
        label={t('users.title')}
        {...list.table}
        empty={<EmptyState icon={<IconUsers size={24} />} title={t('users.empty.title')} text={t('users.empty.text')} action={create} />}
        columns={[
          { key: 'user', label: t('users.columns.user'), cell: (row) => <Person user={row} /> },
          { key: 'id', label: t('users.columns.id'), wide: true, width: 190, cell: (row) => <CopyText value={row.id} what={t('users.columns.id')} /> },
          { key: 'lastSignIn', label: t('users.columns.lastSignIn'), width: 150, cell: (row) => <RelativeTime at={row.lastSignInAt} /> },
          { key: 'created', label: t('users.columns.created'), wide: true, width: 150, cell: (row) => <RelativeTime at={row.createdAt} /> },
        ]}
      />
      <Outlet />
    </>
  );
}

function Person({ user }: { user: User }) {
  const { t } = useTranslation();
  const name = callName(user);
  const below = [user.username, user.primaryEmail, user.primaryPhone && `+${user.primaryPhone}`].find((each) => each && each !== name);
  return (
    <Group gap="sm" wrap="nowrap">
      <UserAvatar user={user} />
      <div style={{ minWidth: 0 }}>
        <Group gap={8}>
          <Anchor component={Link} to={`/users/${user.id}`} c="inherit" fw={550}>{name}</Anchor>
          {user.isSuspended && <Badge color="red" variant="light" radius="sm" tt="none" fw={550}>{t('users.suspended')}</Badge>}
        </Group>
        {below && <Text fz="xs" c="dimmed">{below}</Text>}
      </div>
    </Group>
  );
}
