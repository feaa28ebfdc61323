import { Badge, Button, Card, Group, Skeleton, Text, Title } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { ProviderLogo } from '../sso/ProviderLogo';
import { presetOf } from './presets';
import { useEmail, type Connector } from './queries';

/** What messages are sent by. */
export function ConnectorsPage() {
  const { t } = useTranslation();
  const found = useEmail();
  return (
    <>
      <PageHead title={t('connectors.title')} text={t('connectors.text')} />
      {found.error
        ? <Problem error={found.error} retry={() => void found.refetch()} />
        : !found.data
          ? <Skeleton h={96} radius="lg" />
          : found.data.connector ? <EmailCard connector={found.data.connector} /> : <NoEmail />}
    </>
  );
}

function NoEmail() {
  const { t } = useTranslation();
  return (
    <Card p={0}>
      <EmptyState
        icon={<IconMail size={24} />}
        title={t('connectors.empty.title')}
        text={t('connectors.empty.text')}
        action={<Button component={Link} to="/connectors/email">{t('connectors.setUp')}</Button>}
      />
    </Card>
  );
}

function EmailCard({ connector }: { connector: Connector }) {
  const { t } = useTranslation();
  const { host, port, fromEmail } = connector.config;
  return (
    <Card>
      <Group justify="space-between" gap="md">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
          <ProviderLogo logo={connector.logo} dark={connector.logoDark ?? connector.logo} size={44} />
          <div style={{ minWidth: 0 }}>
            <Group gap="xs">
              <Title order={2}>{t('connectors.email')}</Title>
              <Badge color="green" variant="light" radius="sm" tt="none" fw={550}>{t('connectors.inUse')}</Badge>
            </Group>
            <Text fz="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{t('connectors.sends', { sender: fromEmail, server: presetOf(host)?.name ?? `${host}:${port}` })}</Text>
          </div>
        </Group>
        <Group gap="xs">
          <Button component={Link} to="/connectors/email/templates" variant="default">{t('connectors.templates.tab')}</Button>
          <Button component={Link} to="/connectors/email" variant="default">{t('connectors.manage')}</Button>
        </Group>
      </Group>
    </Card>
  );
}
