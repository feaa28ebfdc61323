import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Organization, SsoConnector } from '../api/types';
import { useExperience } from '../experience/queries';
import { ProviderLogo } from '../sso/ProviderLogo';
import { useConnectors } from '../sso/queries';
import { StatusChip } from '../sso/StatusChip';
import { SwitchedOff } from '../sso/SwitchedOff';
import { AssignModal } from '../ui/AssignModal';
import { Problem } from '../ui/Problem';
import { RemovableRow } from './RemovableRow';
import { useJitConnectors, useOrganizationChanges } from './queries';

export function JitConnectors({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const { id } = organization;
  const changes = useOrganizationChanges();
  const found = useJitConnectors(id);
  const [adding, setAdding] = useState(false);
  const exclude = useMemo(() => new Set(found.data?.map((each) => each.id)), [found.data]);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={72} />;
  return (
    <Stack gap="sm" align="stretch">
      {found.data.length > 0 && <SwitchedOff />}
      {found.data.length > 0
        ? (
          <div role="list" aria-label={t('organizations.joining.connectors')}>
            {found.data.map((connector) => (
              <RemovableRow
                key={connector.id}
                name={connector.connectorName}
                text={t('organizations.joining.removeConnectorText', { name: connector.connectorName })}
                remove={async () => {
                  await changes.removeConnector(id, connector.id);
                  notifications.show({ message: t('organizations.removed', { name: connector.connectorName }) });
                }}
              >
                <Connector connector={connector} />
              </RemovableRow>
            ))}
          </div>
        )
        : <Text fz="sm" c="dimmed">{t('organizations.joining.noConnectors')}</Text>}
      <Group>
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>{t('organizations.joining.addConnectors')}</Button>
      </Group>
      <AssignModal<SsoConnector>
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('organizations.joining.addConnectors')}
        label={t('organizations.joining.connectors')}
        placeholder={t('sso.search')}
        empty={t('organizations.joining.noneLeft')}
        action={t('organizations.joining.addConnectors')}
        source={{
          path: '/sso-connectors',
          row: (each) => ({
            id: each.id,
            label: each.connectorName,
            detail: each.domains.join(', ') || undefined,
            icon: <ProviderLogo logo={each.providerLogo} dark={each.providerLogoDark} size={22} />,
          }),
          exclude,
        }}
        assign={(ids) => changes.addConnectors(id, ids)}
      />
    </Stack>
  );
}

function Connector({ connector }: { connector: SsoConnector }) {
  const enabled = useExperience().data?.singleSignOnEnabled ?? true;
  // The list of the organization has no logos.
  const known = useConnectors({ search: connector.id, size: 1 }).data?.items.find(({ id }) => id === connector.id);
  const { connectorName, domains } = known ?? connector;
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      {known && <ProviderLogo logo={known.providerLogo} dark={known.providerLogoDark} size={22} />}
      <div style={{ minWidth: 0 }}>
        <Group gap={8}>
          <Anchor component={Link} to={`/enterprise-sso/${connector.id}`} c="inherit" fw={550} fz="sm">{connectorName}</Anchor>
          <StatusChip connector={known ?? connector} enabled={enabled} />
        </Group>
        {domains.length > 0 && <Text fz="xs" c="dimmed">{domains.join(', ')}</Text>}
      </div>
    </Group>
  );
}
