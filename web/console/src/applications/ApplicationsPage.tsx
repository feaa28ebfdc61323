import { Anchor, Button, Group, Select, TextInput } from '@mantine/core';
import { IconApps, IconPlus, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { applicationTypes, type Application, type ApplicationType } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { NoMatch } from '../ui/NoMatch';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { useListState } from '../ui/useListState';
import { ApplicationIcon } from './ApplicationIcon';
import { pageSize, useApplications } from './queries';
import { TypeChip } from './TypeChip';

export function ApplicationsPage() {
  const { t } = useTranslation();
  const list = useListState(['type']);
  const type = list.filters.type as ApplicationType | null;
  const found = useApplications({ page: list.page, search: list.search, type });
  const create = (
    <Button component={Link} to="/applications/create" leftSection={<IconPlus size={16} />}>{t('applications.create')}</Button>
  );
  return (
    <>
      <PageHead title={t('applications.title')} text={t('applications.text')} action={create} />
      <Group mb="md" gap="sm">
        <TextInput
          w={{ base: '100%', xs: 320 }}
          type="search"
          aria-label={t('applications.search')}
          placeholder={t('applications.search')}
          leftSection={<IconSearch size={16} />}
          value={list.typed}
          onChange={(event) => list.setTyped(event.currentTarget.value)}
        />
        <Select
          w={{ base: '100%', xs: 200 }}
          aria-label={t('applications.filter.label')}
          placeholder={t('applications.filter.all')}
          clearable
          data={applicationTypes.map((value) => ({ value, label: t(`applications.type.${value}`) }))}
          value={type}
          onChange={(value) => list.setFilter('type', value)}
        />
      </Group>
      <DataTable<Application>
        label={t('applications.title')}
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
          <EmptyState icon={<IconApps size={24} />} title={t('applications.empty.title')} text={t('applications.empty.text')} action={create} />
        )}
        columns={[
          {
            key: 'name',
            label: t('applications.columns.name'),
            cell: (row) => (
              <Group gap="sm" wrap="nowrap">
                <ApplicationIcon type={row.type} />
                <Anchor component={Link} to={`/applications/${row.id}`} c="inherit" fw={550}>{row.name}</Anchor>
              </Group>
            ),
          },
          { key: 'type', label: t('applications.columns.type'), width: 190, cell: (row) => <TypeChip type={row.type} /> },
          { key: 'id', label: t('applications.columns.id'), wide: true, width: 250, cell: (row) => <CopyText value={row.id} what={t('applications.columns.id')} /> },
          { key: 'created', label: t('applications.columns.created'), wide: true, width: 150, cell: (row) => <RelativeTime at={row.createdAt} /> },
        ]}
      />
      <Outlet />
    </>
  );
}
