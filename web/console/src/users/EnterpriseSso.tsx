import { Anchor, Card, Group, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SsoIdentity } from '../api/types';
import { ProviderLogo } from '../sso/ProviderLogo';
import { useConnectors } from '../sso/queries';
import { CopyText } from '../ui/CopyText';
import { RelativeTime } from '../ui/RelativeTime';
import { Section } from '../ui/Section';

export function EnterpriseSso({ identities }: { identities: SsoIdentity[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('users.details.sso.title')} text={t('users.details.sso.text')}>
      {identities.length === 0 && <Text c="dimmed">{t('users.details.sso.none')}</Text>}
      {identities.map((identity) => <Identity key={identity.id} identity={identity} />)}
    </Section>
  );
}

function Identity({ identity }: { identity: SsoIdentity }) {
  const { t } = useTranslation();
  const { ssoConnectorId: id, issuer, identityId, createdAt, updatedAt } = identity;
  // From the list, whose rows carry no secret.
  const found = useConnectors({ search: id, size: 1 });
  const connector = found.data?.items.find((each) => each.id === id);
  return (
    <Card p="md" radius="md">
      <Group gap="sm" wrap="nowrap" mb="sm">
        {connector && <ProviderLogo logo={connector.providerLogo} dark={connector.providerLogoDark} size={22} />}
        <Anchor component={Link} to={`/enterprise-sso/${id}`} c="inherit" fw={600}>{connector?.connectorName ?? t('users.details.sso.gone', { id })}</Anchor>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="xs">
        <Fact label={t('users.details.sso.issuer')}><CopyText value={issuer} what={t('users.details.sso.issuer')} /></Fact>
        <Fact label={t('users.details.sso.subject')}><CopyText value={identityId} what={t('users.details.sso.subject')} /></Fact>
        <Fact label={t('users.details.sso.linked')}><RelativeTime at={createdAt} /></Fact>
        <Fact label={t('users.details.sso.used')}><RelativeTime at={updatedAt} /></Fact>
      </SimpleGrid>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text fz="xs" c="dimmed">{label}</Text>
      {children}
    </div>
  );
}
