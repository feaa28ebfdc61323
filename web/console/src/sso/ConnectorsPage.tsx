import { Anchor, Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBuildingSkyscraper, IconPlus, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import type { SsoConnector } from '../api/types';
import { useExperience } from '../experience/queries';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { NoMatch } from '../ui/NoMatch';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { useListState } from '../ui/useListState';
import { ProviderLogo } from './ProviderLogo';
import { pageSize, useConnectors } from './queries';
import { StatusChip } from './StatusChip';
import { SwitchedOff } from './SwitchedOff';

export function ConnectorsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const found = useConnectors({ page: list.page, search: list.search });
  const enabled = useExperience().data?.singleSignOnEnabled ?? true;
  const some = !!found.data && (found.data.total > 0 || list.filtered);
  const add = (
    <Button component={Link} to="/enterprise-sso/create" leftSection={<IconPlus size={16} />}>{t('sso.add')}</Button>
  );
  return (
    <>
      <PageHead title={t('sso.title')} text={t('sso.text')} action={some ? add : undefined} />
      {some && (
        <Stack gap="md" mb="md">
          <SwitchedOff />
          <TextInput
            w={{ base: '100%', xs: 320 }}
            type="search"
            aria-label={t('sso.search')}
            placeholder={t('sso.search')}
            leftSection={<IconSearch size={16} />}
            value={list.typed}
            onChange={(event) => list.setTyped(event.currentTarget.value)}
          />
        </Stack>
      )}
      <DataTable<SsoConnector>
        label={t('sso.title')}
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
          <EmptyState icon={<IconBuildingSkyscraper size={24} />} title={t('sso.empty.title')} text={t('sso.empty.text')} action={add} />
        )}
        columns={[
          { key: 'name', label: t('sso.columns.name'), cell: (row) => <Name connector={row} enabled={enabled} /> },
          { key: 'domains', label: t('sso.columns.domains'), wide: true, width: 260, cell: (row) => <Domains domains={row.domains} /> },
          { key: 'status', label: t('sso.columns.status'), wide: true, width: 220, cell: (row) => <StatusChip connector={row} enabled={enabled} /> },
          { key: 'created', label: t('sso.columns.created'), wide: true, width: 140, cell: (row) => <RelativeTime at={row.createdAt} /> },
        ]}
      />
      <Outlet />
    </>
  );
}

function Name({ connector, enabled }: { connector: SsoConnector; enabled: boolean }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <ProviderLogo logo={connector.providerLogo} dark={connector.providerLogoDark} />
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={`/enterprise-sso/${connector.id}`} c="inherit" fw={550}>{connector.connectorName}</Anchor>
        <Text fz="xs" c="dimmed">{connector.name}</Text>
        <Box hiddenFrom="sm" mt={4}><StatusChip connector={connector} enabled={enabled} /></Box>
      </div>
    </Group>
  );
}

const shown = 2;

function Domains({ domains }: { domains: string[] }) {
  const { t } = useTranslation();
  if (domains.length === 0) return <Text c="dimmed">{t('ui.none')}</Text>;
  return (
    <Text fz="sm" title={domains.join(', ')}>
      {domains.slice(0, shown).join(', ')}
      {domains.length > shown && <Text span c="dimmed"> {t('sso.more', { count: domains.length - shown })}</Text>}
    </Text>
  );
}
