import { Anchor, Badge, Box, Button, Group, Text, ThemeIcon } from '@mantine/core';
import { IconApi, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { CopyText } from '../ui/CopyText';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import { isManagementApi, type Resource } from './queries';
import { useLifetime } from './useLifetime';

export function ResourcesPage() {
  const { t } = useTranslation();
  const lifetime = useLifetime();
  const list = useList<Resource>({ key: ['resources'], path: '/resources' });
  const create = <Button component={Link} to="/api-resources/create" leftSection={<IconPlus size={16} />}>{t('resources.create')}</Button>;
  return (
    <>
      <PageHead title={t('resources.title')} text={t('resources.text')} action={create} />
      <Box mb="md"><SearchField list={list} label={t('resources.search')} /></Box>
      <DataTable<Resource>
        label={t('resources.title')}
        {...list.table}
        empty={<EmptyState icon={<IconApi size={24} />} title={t('resources.empty.title')} text={t('resources.empty.text')} action={create} />}
        columns={[
          { key: 'name', label: t('resources.columns.name'), cell: (row) => <Name resource={row} /> },
          { key: 'indicator', label: t('resources.columns.indicator'), wide: true, width: 380, cell: (row) => <CopyText value={row.indicator} what={t('resources.columns.indicator')} /> },
          { key: 'lifetime', label: t('resources.columns.lifetime'), wide: true, width: 150, cell: (row) => lifetime(row.accessTokenTtl) },
        ]}
      />
      <Outlet />
    </>
  );
}

function Name({ resource }: { resource: Resource }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <ThemeIcon variant="light" color="gray" size={32} radius="md" aria-hidden="true"><IconApi size={18} stroke={1.7} /></ThemeIcon>
      <div style={{ minWidth: 0 }}>
        <Group gap={8}>
          <Anchor component={Link} to={`/api-resources/${resource.id}`} c="inherit" fw={550}>{resource.name}</Anchor>
          <ResourceChips resource={resource} />
        </Group>
        <Text fz="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>{resource.indicator}</Text>
      </div>
    </Group>
  );
}

export function ResourceChips({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  return (
    <>
      {resource.isDefault && <Badge variant="light" radius="sm" tt="none" fw={550} fz={12}>{t('resources.isDefault')}</Badge>}
      {isManagementApi(resource) && <Badge variant="light" color="gray" radius="sm" tt="none" fw={550} fz={12}>{t('resources.builtIn')}</Badge>}
    </>
  );
}
