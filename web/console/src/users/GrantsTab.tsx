import { Anchor, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../api/types';
import { useAsked } from '../organizations/useAsked';
import { Danger } from '../ui/Danger';
import { EmptyState } from '../ui/EmptyState';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { useGrants, usePeopleChanges, type UserGrant } from './people';
import { callName } from './queries';
import { StaticTable } from './StaticTable';

export function GrantsTab({ user }: { user: User }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const found = useGrants(user.id);
  const asked = useAsked<'revoke', UserGrant>();
  const application = asked.row?.application.name ?? '';
  return (
    <>
      {!!found.data?.length && <Text c="dimmed" mb="md">{t('people.grants.text')}</Text>}
      <StaticTable<UserGrant>
        label={t('people.tabs.grants')}
        rows={found.data}
        rowKey={(row) => row.id}
        error={found.error}
        retry={() => void found.refetch()}
        empty={<EmptyState icon={<IconPlugConnected size={24} />} title={t('people.grants.empty')} text={t('people.grants.emptyText')} />}
        columns={[
          {
            key: 'application',
            label: t('people.grants.application'),
            cell: ({ application: { id, name } }) => (
              <>
                <Anchor component={Link} to={`/applications/${id}`} c="inherit" fw={550}>{name}</Anchor>
                {name !== id && <Text fz="xs" c="dimmed" ff="monospace">{id}</Text>}
              </>
            ),
          },
          { key: 'granted', label: t('people.grants.granted'), width: 150, cell: (row) => <RelativeTime at={row.payload.iat * 1000} /> },
          { key: 'expires', label: t('people.expires'), wide: true, width: 150, cell: (row) => <RelativeTime at={row.expiresAt} /> },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (row) => (
              <RowMenu name={row.application.name}>
                <Menu.Item color="red" leftSection={<IconPlugConnectedX size={16} />} onClick={() => asked.ask('revoke', row)}>{t('people.grants.revoke')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <Danger
        opened={asked.isOpen('revoke')}
        onClose={asked.close}
        title={t('people.grants.revokeTitle', { application, name: callName(user) })}
        text={t('people.grants.revokeText')}
        action={t('people.grants.revoke')}
        act={async () => {
          await changes.revokeGrant(asked.row!.id);
          notifications.show({ message: t('people.grants.revoked', { application }) });
        }}
      />
    </>
  );
}
