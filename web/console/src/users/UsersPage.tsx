import { Anchor, Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import type { User } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { NoMatch } from '../ui/NoMatch';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { useListState } from '../ui/useListState';
import { callName, pageSize, useUsers } from './queries';
import { UserAvatar } from './UserAvatar';

export function UsersPage() {
  const { t } = useTranslation();
  const list = useListState();
  const found = useUsers({ page: list.page, search: list.search });
  const create = <Button component={Link} to="/users/create" leftSection={<IconUserPlus size={16} />}>{t('users.create')}</Button>;
  return (
    <>
      <PageHead title={t('users.title')} text={t('users.text')} action={create} />
      <TextInput
        mb="md"
        w={{ base: '100%', xs: 420 }}
        type="search"
        aria-label={t('users.search')}
        placeholder={t('users.search')}
        leftSection={<IconSearch size={16} />}
        value={list.typed}
        onChange={(event) => list.setTyped(event.currentTarget.value)}
      />
      <DataTable<User>
        label={t('users.title')}
        rows={found.data?.items}
        rowKey={(row) => row.id}
        total={found.data?.total ?? 0}
        page={list.page}
        pageSize={pageSize}
        onPage={list.setPage}
        stale={found.isPlaceholderData}
        error={found.error}
        retry={() => void found.refetch()}
        empty={list.filtered ? (
          <NoMatch onClear={list.clear} />
        ) : (
          <EmptyState icon={<IconUsers size={24} />} title={t('users.empty.title')} text={t('users.empty.text')} action={create} />
        )}
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
