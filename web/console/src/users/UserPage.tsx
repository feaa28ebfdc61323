import { ActionIcon, Alert, Badge, Button, Card, Group, Menu, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBan, IconDots, IconKey, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/errors';
import type { User } from '../api/types';
import { Missing } from '../app/Broken';
import { LogTable } from '../audit/LogTable';
import { CopyText } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { BackLink } from '../ui/DetailsHead';
import { Problem } from '../ui/Problem';
import { TabsList } from '../ui/TabsList';
import { useTitle } from '../ui/useTitle';
import { GrantsTab } from './GrantsTab';
import { OrganizationsTab } from './OrganizationsTab';
import { callName, useUser, useUserChanges } from './queries';
import { ResetPassword } from './ResetPassword';
import { RolesTab } from './RolesTab';
import { SessionsTab } from './SessionsTab';
import { TokensTab } from './TokensTab';
import { UserAvatar } from './UserAvatar';
import { UserSettings } from './UserSettings';

const tabs = ['settings', 'roles', 'organizations', 'sessions', 'grants', 'tokens', 'logs'] as const;

export function UserPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '', tab = 'settings' } = useParams();
  const found = useUser(id);
  const [resetting, setResetting] = useState(false);
  const user = found.data?.value;
  useTitle(user && callName(user));
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!tabs.some((each) => each === tab)) return <Navigate to={`/users/${id}`} replace />;
  return (
    <Stack gap="md">
      <BackLink to="/users" label={t('users.title')} />
      {user ? <HeaderCard user={user} onReset={() => setResetting(true)} /> : <Skeleton h={92} radius="lg" />}
      {user?.isSuspended && <Alert color="red" variant="light" icon={<IconBan />}>{t('users.details.suspendedNote')}</Alert>}
      <Tabs value={tab} onChange={(value) => void navigate(`/users/${id}/${value}`)} keepMounted={false}>
        <TabsList open={tab}>
          {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`people.tabs.${each}`)}</Tabs.Tab>)}
        </TabsList>
        {user ? (
          <>
            <Tabs.Panel value="settings">
              <UserSettings
                key={id}
                user={user}
                tag={found.data!.tag}
                reload={async () => (await found.refetch({ throwOnError: true })).data!.value}
                onReset={() => setResetting(true)}
              />
            </Tabs.Panel>
            <Tabs.Panel value="roles"><RolesTab user={user} /></Tabs.Panel>
            <Tabs.Panel value="organizations"><OrganizationsTab user={user} /></Tabs.Panel>
            <Tabs.Panel value="sessions"><SessionsTab user={user} /></Tabs.Panel>
            <Tabs.Panel value="grants"><GrantsTab user={user} /></Tabs.Panel>
            <Tabs.Panel value="tokens"><TokensTab user={user} /></Tabs.Panel>
            <Tabs.Panel value="logs"><LogTable fixed={{ userId: user.id }} /></Tabs.Panel>
          </>
        ) : <Skeleton h={320} radius="lg" />}
      </Tabs>
      {user && <ResetPassword user={user} opened={resetting} onClose={() => setResetting(false)} />}
    </Stack>
  );
}

function HeaderCard({ user, onReset }: { user: User; onReset: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useUserChanges();
  const [asking, setAsking] = useState<'suspend' | 'delete'>();
  const name = callName(user);
  const reactivate = async () => {
    await changes.suspend(user.id, false);
    notifications.show({ message: t('users.details.reactivated', { name }) });
  };
  return (
    <Card>
      <Group justify="space-between" gap="md" wrap="nowrap" align="flex-start">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
          <UserAvatar user={user} size={48} />
          <div style={{ minWidth: 0 }}>
            <Group gap="sm">
              <Title order={1} fz={20} lh="28px" style={{ overflowWrap: 'anywhere' }}>{name}</Title>
              {user.isSuspended && <Badge color="red" variant="light" radius="sm" tt="none" fw={550}>{t('users.suspended')}</Badge>}
            </Group>
            <Group gap={6} wrap="nowrap" mt={4}>
              <Text fz="xs" c="dimmed" style={{ flexShrink: 0 }}>{t('users.columns.id')}</Text>
              <CopyText value={user.id} what={t('users.columns.id')} />
            </Group>
          </div>
        </Group>
        <Group gap="xs">
          {user.isSuspended && <Button variant="default" leftSection={<IconPlayerPlay size={16} />} onClick={() => void reactivate()}>{t('users.details.reactivate')}</Button>}
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}><IconDots size={18} /></ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconKey size={16} />} onClick={onReset}>{t('users.details.reset')}</Menu.Item>
              {!user.isSuspended && <Menu.Item leftSection={<IconBan size={16} />} onClick={() => setAsking('suspend')}>{t('users.details.suspend')}</Menu.Item>}
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsking('delete')}>{t('users.details.delete')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      <Danger
        opened={asking === 'suspend'}
        onClose={() => setAsking(undefined)}
        title={t('users.details.suspendTitle', { name })}
        text={t('users.details.suspendText')}
        action={t('users.details.suspendAction')}
        act={async () => {
          await changes.suspend(user.id, true);
          notifications.show({ message: t('users.details.suspended', { name }) });
        }}
      />
      <Danger
        opened={asking === 'delete'}
        onClose={() => setAsking(undefined)}
        title={t('users.details.deleteTitle', { name })}
        text={t('users.details.deleteText')}
        action={t('users.details.delete')}
        name={name}
        act={async () => {
          await changes.remove(user.id);
          await navigate('/users', { replace: true, state: { nothingToSave: true } });
          notifications.show({ message: t('users.details.deleted', { name }) });
        }}
      />
    </Card>
  );
}
