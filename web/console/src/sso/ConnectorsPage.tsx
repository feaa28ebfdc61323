import { Anchor, Box, Button, Group, Stack, Text } from '@mantine/core';
import { IconBuildingSkyscraper, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import type { SsoConnector } from '../api/types';
import { useExperience } from '../experience/queries';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import { ProviderLogo } from './ProviderLogo';
import { StatusChip } from './StatusChip';
import { SwitchedOff } from './SwitchedOff';

export function ConnectorsPage() {
  const { t } = useTranslation();
  const list = useList<SsoConnector>({ key: ['sso-connectors'], path: '/sso-connectors' });
  const enabled = useExperience().data?.singleSignOnEnabled ?? true;
  const add = (
    <Button component={Link} to="/enterprise-sso/create" leftSection={<IconPlus size={16} />}>{t('sso.add')}</Button>
  );
  return (
    <>
      <PageHead title={t('sso.title')} text={t('sso.text')} action={list.some ? add : undefined} />
      {list.some && (
        <Stack gap="md" mb="md">
          <SwitchedOff />
          <SearchField list={list} label={t('sso.search')} />
        </Stack>
      )}
      <DataTable<SsoConnector>
        label={t('sso.title')}
        {...list.table}
        empty={<EmptyState icon={<IconBuildingSkyscraper size={24} />} title={t('sso.empty.title')} text={t('sso.empty.text')} action={add} />}
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
