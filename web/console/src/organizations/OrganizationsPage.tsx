import { Anchor, Avatar, Box, Button, Group, Text } from '@mantine/core';
import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import type { Organization } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { SearchField } from '../ui/SearchField';
import { byWords, useList } from '../ui/useList';
import { OrganizationLogo } from './OrganizationLogo';
import classes from './organizations.module.css';

export function OrganizationsPage() {
  const { t } = useTranslation();
  const list = useList<Organization>({ key: ['organizations'], path: '/organizations', query: { showFeatured: '1' }, searched: byWords });
  const create = <Button component={Link} to="/organizations/create" leftSection={<IconPlus size={16} />}>{t('organizations.create')}</Button>;
  return (
    <>
      <PageHead title={t('organizations.title')} text={t('organizations.text')} action={list.some ? create : undefined} />
      {list.some && <Box mb="md"><SearchField list={list} label={t('organizations.search')} /></Box>}
      <DataTable<Organization>
        {...list.table}
        label={t('organizations.title')}
        empty={(
          <EmptyState
            icon={<IconBuildingCommunity size={24} />}
            title={t('organizations.empty.title')}
            text={t('organizations.empty.text')}
            action={(
              <Group gap="xs" justify="center">
                {create}
                <Button component={Link} to="/organization-template" variant="default">{t('organizations.empty.template')}</Button>
              </Group>
            )}
          />
        )}
        columns={[
          { key: 'name', label: t('organizations.columns.name'), cell: (row) => <Name organization={row} /> },
          { key: 'members', label: t('organizations.columns.members'), wide: true, width: 210, cell: (row) => <Members organization={row} /> },
          { key: 'id', label: t('organizations.columns.id'), wide: true, width: 190, cell: (row) => <CopyText value={row.id} what={t('organizations.columns.id')} /> },
          { key: 'created', label: t('organizations.columns.created'), wide: true, width: 140, cell: (row) => <RelativeTime at={row.createdAt} /> },
        ]}
      />
      <Outlet />
    </>
  );
}

function Name({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap">
      <OrganizationLogo organization={organization} />
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={`/organizations/${organization.id}`} c="inherit" fw={550}>{organization.name}</Anchor>
        {organization.description && <Text fz="xs" c="dimmed" lineClamp={1}>{organization.description}</Text>}
        {organization.usersCount !== undefined && <Text fz="xs" c="dimmed" hiddenFrom="sm">{t('organizations.count', { count: organization.usersCount })}</Text>}
      </div>
    </Group>
  );
}

/** Some faces and the number of all. */
function Members({ organization: { id, featuredUsers = [], usersCount } }: { organization: Organization }) {
  const { t } = useTranslation();
  if (!usersCount) return <Text c="dimmed">{t('organizations.nobody')}</Text>;
  return (
    <Anchor component={Link} to={`/organizations/${id}/members`} c="inherit">
      <Group gap={8} wrap="nowrap">
        <Avatar.Group spacing={6} aria-hidden="true" className={classes.faces}>
          {featuredUsers.slice(0, 3).map((user) => (
            <Avatar key={user.id} src={user.avatar || null} name={user.name ?? user.id} alt="" color="verdigris" size={26} imageProps={{ referrerPolicy: 'no-referrer' }} />
          ))}
        </Avatar.Group>
        <Text span fz="sm" style={{ whiteSpace: 'nowrap' }}>{t('organizations.count', { count: usersCount })}</Text>
      </Group>
    </Anchor>
  );
}
