import { ActionIcon, Anchor, Group, Menu, Skeleton, Stack, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronLeft, IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { Danger } from '../ui/Danger';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { useEmail, useEmailChanges, type Connector } from './queries';
import { SettingsForm } from './SettingsForm';
import { TemplatesTab } from './TemplatesTab';

const tabs = ['settings', 'templates'] as const;

/** The mail server, and what its messages say. */
export function EmailPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = 'settings' } = useParams();
  const found = useEmail();
  const connector = found.data?.connector ?? null;
  if (!tabs.some((each) => each === tab)) return <Navigate to="/connectors/email" replace />;
  if (found.data && !connector && tab !== 'settings') return <Navigate to="/connectors/email" replace />;
  const reload = async () => (await found.refetch({ throwOnError: true })).data!;
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/connectors" fz="sm" c="dimmed">
        <Group gap={2}><IconChevronLeft size={15} />{t('connectors.title')}</Group>
      </Anchor>
      <PageHead title={t('connectors.email')} text={t('connectors.emailText')} action={connector && <More connector={connector} />} />
      {found.error && !found.data && <Problem error={found.error} retry={() => void found.refetch()} />}
      {connector && (
        <Tabs value={tab} onChange={(next) => void navigate(next === 'settings' ? '/connectors/email' : `/connectors/email/${next}`)}>
          <Tabs.List>
            {tabs.map((each) => <Tabs.Tab key={each} value={each}>{t(`connectors.${each}.tab`)}</Tabs.Tab>)}
          </Tabs.List>
        </Tabs>
      )}
      {!found.data && !found.error && <Skeleton h={480} radius="lg" />}
      {found.data && tab === 'settings' && <SettingsForm key={connector?.id ?? 'new'} email={found.data} reload={reload} />}
      {found.data && connector && tab === 'templates' && <TemplatesTab email={found.data} reload={reload} />}
    </Stack>
  );
}

function More({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { remove } = useEmailChanges();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}><IconDots size={18} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('connectors.delete.action')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('connectors.delete.title')}
        text={t('connectors.delete.text')}
        action={t('connectors.delete.action')}
        name={connector.config.host}
        act={async () => {
          await navigate('/connectors', { replace: true, state: { nothingToSave: true } });
          await remove(connector.id);
          notifications.show({ message: t('connectors.delete.done') });
        }}
      />
    </>
  );
}
