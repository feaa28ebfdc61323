import { Anchor, Button, Group, Select } from '@mantine/core';
import { IconApps, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { contains } from '../api/client';
import { applicationTypes, type Application } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { SearchField } from '../ui/SearchField';
import { useList } from '../ui/useList';
import { ApplicationIcon } from './ApplicationIcon';
import { ThirdPartyChip } from './ThirdPartyChip';
import { TypeChip } from './TypeChip';

export function ApplicationsPage() {
  const { t } = useTranslation();
  const list = useList<Application>({
    key: ['applications'],
    path: '/applications',
    filters: ['type'],
    query: ({ type }) => ({ types: type }),
    searched: (search) => ({ 'search.name': contains(search), 'search.id': contains(search) }),
  });
  const create = (
    <Button component={Link} to="/applications/create" leftSection={<IconPlus size={16} />}>{t('applications.create')}</Button>
  );
  return (
    <>
      <PageHead title={t('applications.title')} text={t('applications.text')} action={create} />
      <Group mb="md" gap="sm">
        <SearchField list={list} label={t('applications.search')} />
        <Select
          w={{ base: '100%', xs: 200 }}
          aria-label={t('applications.filter.label')}
          placeholder={t('applications.filter.all')}
          clearable
          data={applicationTypes.map((value) => ({ value, label: t(`applications.type.${value}`) }))}
          value={list.filters.type}
          onChange={(value) => list.setFilter('type', value)}
        />
      </Group>
      <DataTable<Application>
        label={t('applications.title')}
        {...list.table}
        empty={<EmptyState icon={<IconApps size={24} />} title={t('applications.empty.title')} text={t('applications.empty.text')} action={create} />}
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
          { key: 'type', label: t('applications.columns.type'), width: 190, cell: (row) => <Group gap={6}><TypeChip type={row.type} />{row.isThirdParty && <ThirdPartyChip source={row.source} />}</Group> },
          { key: 'id', label: t('applications.columns.id'), wide: true, width: 250, cell: (row) => <CopyText value={row.id} what={t('applications.columns.id')} /> },
          { key: 'created', label: t('applications.columns.created'), wide: true, width: 150, cell: (row) => <RelativeTime at={row.createdAt} /> },
        ]}
      />
      <Outlet />
    </>
  );
}
