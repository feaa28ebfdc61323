import { ActionIcon, Anchor, Card, Group, Menu, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronLeft, IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/errors';
import type { SsoConnector } from '../api/types';
import { Missing } from '../app/Broken';
import { useExperience } from '../experience/queries';
import { CopyText } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { Problem } from '../ui/Problem';
import { useTitle } from '../ui/useTitle';
import { missing } from './connectors';
import { ConnectorForm, tabs, type Tab } from './ConnectorForm';
import { ProviderLogo } from './ProviderLogo';
import { useConnector, useConnectorChanges } from './queries';
import { StatusChip } from './StatusChip';
import { SwitchedOff } from './SwitchedOff';

export function ConnectorPage() {
  const { t } = useTranslation();
  const { id = '', tab = 'connection' } = useParams();
  const found = useConnector(id);
  const connector = found.data?.value;
  useTitle(connector?.connectorName);
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!tabs.some((each) => each === tab)) return <Navigate to={`/enterprise-sso/${id}`} replace />;
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/enterprise-sso" fz="sm" c="dimmed">
        <Group gap={2}><IconChevronLeft size={15} />{t('sso.title')}</Group>
      </Anchor>
      {connector ? <HeaderCard connector={connector} /> : <Skeleton h={92} radius="lg" />}
      {connector && missing(connector).length === 0 && <SwitchedOff />}
      {connector
        ? <ConnectorForm key={id} saved={connector} tag={found.data!.tag} tab={tab as Tab} reload={async () => (await found.refetch({ throwOnError: true })).data!.value} />
        : <Skeleton h={480} radius="lg" />}
    </Stack>
  );
}

function HeaderCard({ connector }: { connector: SsoConnector }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useConnectorChanges();
  const enabled = useExperience().data?.singleSignOnEnabled ?? true;
  const [deleting, setDeleting] = useState(false);
  const { connectorName: name } = connector;
  return (
    <Card>
      <Group justify="space-between" gap="md" wrap="nowrap" align="flex-start">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
          <ProviderLogo logo={connector.providerLogo} dark={connector.providerLogoDark} size={44} />
          <div style={{ minWidth: 0 }}>
            <Title order={1} fz={20} lh="28px" style={{ overflowWrap: 'anywhere' }}>{name}</Title>
            <Group gap="sm" mt={4}>
              <StatusChip connector={connector} enabled={enabled} />
              <Text fz="xs" c="dimmed">{connector.name}</Text>
              <Group gap={6} wrap="nowrap" style={{ minWidth: 0 }}>
                <Text fz="xs" c="dimmed" style={{ flexShrink: 0 }}>{t('sso.columns.id')}</Text>
                <CopyText value={connector.id} what={t('sso.columns.id')} />
              </Group>
            </Group>
          </div>
        </Group>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}><IconDots size={18} /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>{t('sso.delete.action')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Danger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t('sso.delete.title', { name })}
        text={connector.domains.length > 0
          ? t('sso.delete.text', { domains: connector.domains.slice(0, 3).join(', ') + (connector.domains.length > 3 ? ', …' : '') })
          : t('sso.delete.textUnused')}
        action={t('sso.delete.action')}
        name={name}
        act={async () => {
          await changes.remove(connector.id);
          await navigate('/enterprise-sso', { replace: true, state: { nothingToSave: true } });
          notifications.show({ message: t('sso.delete.done', { name }) });
        }}
      />
    </Card>
  );
}
