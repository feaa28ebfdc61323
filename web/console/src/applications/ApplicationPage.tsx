import { ActionIcon, Anchor, Badge, Button, Card, Group, Menu, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBook, IconChevronLeft, IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/errors';
import { Missing } from '../app/Broken';
import { frameworks } from '../guides/frameworks';
import { CopyText } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { Problem } from '../ui/Problem';
import { TabsList } from '../ui/TabsList';
import { useTitle } from '../ui/useTitle';
import type { Application } from '../api/types';
import { AccessTab } from './AccessTab';
import { ApplicationIcon } from './ApplicationIcon';
import { CredentialsTab } from './CredentialsTab';
import { LookTab } from './LookTab';
import { isDevice } from './oauth';
import { OrganizationsTab } from './OrganizationsTab';
import { PermissionsTab } from './PermissionsTab';
import { useApplication, useApplicationChanges } from './queries';
import { RolesTab } from './RolesTab';
import { SecurityTab } from './SecurityTab';
import { SettingsTab } from './SettingsTab';
import { ThirdPartyChip } from './ThirdPartyChip';
import { TokensTab } from './TokensTab';
import { TypeChip } from './TypeChip';

type Tab = 'settings' | 'credentials' | 'security' | 'tokens' | 'permissions' | 'roles' | 'organizations' | 'access' | 'branding';

/** What there is to set depends on whether users sign in to it, and on whose it is. */
function tabsOf({ type, isThirdParty }: Application): Tab[] {
  const protocol: Tab[] = ['settings', 'credentials', ...(type === 'SAML' ? [] : ['security' as const]), 'tokens'];
  if (type === 'MachineToMachine') return [...protocol, 'roles', 'organizations'];
  return [...protocol, ...(isThirdParty ? ['permissions' as const] : []), 'access', 'branding'];
}

export function ApplicationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '', tab = 'settings' } = useParams();
  const found = useApplication(id);
  const application = found.data;
  useTitle(application?.name);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const tabs = application ? tabsOf(application) : undefined;
  if (tabs && !tabs.some((each) => each === tab)) return <Navigate to={`/applications/${id}`} replace />;
  const named = (each: Tab) => {
    if (each === 'security') return t('oauth.tab');
    return each === 'settings' || each === 'credentials' || each === 'tokens' ? t(`applications.details.tabs.${each}`) : t(`access.tabs.${each}`);
  };
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/applications" fz="sm" c="dimmed">
        <Group gap={2}><IconChevronLeft size={15} />{t('applications.title')}</Group>
      </Anchor>
      {application ? <HeaderCard application={application} /> : <Skeleton h={92} radius="lg" />}
      {application && tabs
        ? (
          <Tabs value={tab} onChange={(value) => void navigate(`/applications/${id}/${value}`)} keepMounted={false}>
            <TabsList open={tab}>
              {tabs.map((each) => <Tabs.Tab key={each} value={each}>{named(each)}</Tabs.Tab>)}
            </TabsList>
            <Tabs.Panel value="settings"><SettingsTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="credentials"><CredentialsTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="security"><SecurityTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="tokens"><TokensTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="permissions"><PermissionsTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="roles"><RolesTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="organizations"><OrganizationsTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="access"><AccessTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="branding"><LookTab application={application} /></Tabs.Panel>
          </Tabs>
        )
        : <Skeleton h={320} radius="lg" />}
    </Stack>
  );
}

function HeaderCard({ application }: { application: Application }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useApplicationChanges();
  const [deleting, setDeleting] = useState(false);
  const guides = isDevice(application) ? [] : frameworks.filter((framework) => framework.type === application.type);
  return (
    <Card>
      <Group justify="space-between" gap="md">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0, flex: '1 1 300px' }}>
          <ApplicationIcon type={application.type} size={48} />
          <div style={{ minWidth: 0 }}>
            <Title order={1} fz={20} lh="28px" style={{ overflowWrap: 'anywhere' }}>{application.name}</Title>
            <Group gap="sm" mt={4}>
              <TypeChip type={application.type} />
              {application.isThirdParty && <ThirdPartyChip source={application.source} />}
              {isDevice(application) && <Badge variant="light" color="gray" radius="sm" tt="none" fw={550} fz={12}>{t('oauth.device.chip')}</Badge>}
              <Group gap={6} wrap="nowrap" style={{ minWidth: 0 }}>
                <Text fz="xs" c="dimmed" style={{ flexShrink: 0 }}>{t('applications.columns.id')}</Text>
                <CopyText value={application.id} what={t('applications.columns.id')} />
              </Group>
            </Group>
          </div>
        </Group>
        <Group gap="xs">
          {guides.length > 0 && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" leftSection={<IconBook size={16} />}>{t('applications.details.pickGuide')}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {guides.map((framework) => (
                  <Menu.Item key={framework.id} component={Link} to={`/applications/${application.id}/guide/${framework.id}`}>{framework.name}</Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}><IconDots size={18} /></ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('applications.details.delete')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      <Danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('applications.details.deleteTitle', { name: application.name })}
        text={t('applications.details.deleteText')}
        action={t('applications.details.delete')}
        name={application.name}
        act={async () => {
          await changes.remove(application.id);
          await navigate('/applications', { replace: true, state: { nothingToSave: true } });
          notifications.show({ message: t('applications.details.deleted', { name: application.name }) });
        }}
      />
    </Card>
  );
}
