import { ActionIcon, Anchor, Button, Card, Group, Menu, Skeleton, Stack, Tabs, Text, Title } from '@mantine/core';
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
import { useTitle } from '../ui/useTitle';
import type { Application } from '../api/types';
import { ApplicationIcon } from './ApplicationIcon';
import { CredentialsTab } from './CredentialsTab';
import { useApplication, useApplicationChanges } from './queries';
import { SettingsTab } from './SettingsTab';
import { TokensTab } from './TokensTab';
import { TypeChip } from './TypeChip';

const tabs = ['settings', 'credentials', 'tokens'] as const;

export function ApplicationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '', tab = 'settings' } = useParams();
  const found = useApplication(id);
  const application = found.data;
  useTitle(application?.name);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!tabs.some((each) => each === tab)) return <Navigate to={`/applications/${id}`} replace />;
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/applications" fz="sm" c="dimmed">
        <Group gap={2}><IconChevronLeft size={15} />{t('applications.title')}</Group>
      </Anchor>
      {application ? <HeaderCard application={application} /> : <Skeleton h={92} radius="lg" />}
      <Tabs value={tab} onChange={(value) => void navigate(`/applications/${id}/${value}`)} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`applications.details.tabs.${each}`)}</Tabs.Tab>)}
        </Tabs.List>
        {application ? (
          <>
            <Tabs.Panel value="settings"><SettingsTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="credentials"><CredentialsTab application={application} /></Tabs.Panel>
            <Tabs.Panel value="tokens"><TokensTab application={application} /></Tabs.Panel>
          </>
        ) : <Skeleton h={320} radius="lg" />}
      </Tabs>
    </Stack>
  );
}

function HeaderCard({ application }: { application: Application }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useApplicationChanges();
  const [deleting, setDeleting] = useState(false);
  const guides = frameworks.filter((framework) => framework.type === application.type);
  return (
    <Card>
      <Group justify="space-between" gap="md">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0, flex: '1 1 300px' }}>
          <ApplicationIcon type={application.type} size={48} />
          <div style={{ minWidth: 0 }}>
            <Title order={1} fz={20} lh="28px" style={{ overflowWrap: 'anywhere' }}>{application.name}</Title>
            <Group gap="sm" mt={4}>
              <TypeChip type={application.type} />
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
