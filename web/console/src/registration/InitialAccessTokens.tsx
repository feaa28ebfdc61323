import { ActionIcon, Badge, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconTicket, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Danger } from '../ui/Danger';
import { EmptyState } from '../ui/EmptyState';
import { RelativeTime } from '../ui/RelativeTime';
import { StaticTable } from '../users/StaticTable';
import { CreateToken } from './CreateToken';
import { useInitialAccessTokens, useRegistrationChanges, type InitialAccessToken } from './queries';

/** What lets its holder register clients; shown once, when it is made. */
export function InitialAccessTokens() {
  const { t } = useTranslation();
  const found = useInitialAccessTokens();
  const { revokeToken } = useRegistrationChanges();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<InitialAccessToken>();
  const create = <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>{t('registration.tokens.create')}</Button>;
  return (
    <section aria-labelledby="initial-access-tokens">
      <Group justify="space-between" align="flex-start" mb="sm" gap="md">
        <div style={{ flex: '1 1 320px' }}>
          <Title order={2} id="initial-access-tokens">{t('registration.tokens.title')}</Title>
          <Text c="dimmed" fz="sm" maw="72ch">{t('registration.tokens.text')}</Text>
        </div>
        {!!found.data?.length && create}
      </Group>
      <StaticTable<InitialAccessToken>
        label={t('registration.tokens.title')}
        rows={found.data}
        rowKey={({ id }) => id}
        error={found.error}
        retry={() => void found.refetch()}
        empty={<EmptyState icon={<IconTicket size={24} />} title={t('registration.tokens.empty')} text={t('registration.tokens.emptyText')} action={create} />}
        columns={[
          {
            key: 'name',
            label: t('registration.tokens.name'),
            cell: (row) => (
              <>
                <Text fz="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>{row.name}</Text>
                <Group hiddenFrom="sm" gap="xs"><Uses token={row} /><Expiry token={row} /></Group>
              </>
            ),
          },
          { key: 'uses', label: t('registration.tokens.uses'), wide: true, width: 200, cell: (row) => <Uses token={row} /> },
          { key: 'created', label: t('registration.tokens.created'), wide: true, width: 140, cell: (row) => <RelativeTime at={row.createdAt} /> },
          { key: 'expires', label: t('registration.tokens.expires'), wide: true, width: 140, cell: (row) => <Expiry token={row} /> },
          {
            key: 'revoke',
            label: t('ui.actions'),
            labelHidden: true,
            width: 56,
            cell: (row) => (
              <Tooltip label={t('registration.tokens.revoke')}>
                <ActionIcon variant="subtle" color="gray" aria-label={t('registration.tokens.revokeWhat', { name: row.name })} onClick={() => setRevoking(row)}><IconTrash size={16} /></ActionIcon>
              </Tooltip>
            ),
          },
        ]}
      />
      <CreateToken opened={creating} onClose={() => setCreating(false)} />
      <Danger
        opened={!!revoking}
        onClose={() => setRevoking(undefined)}
        title={t('registration.tokens.revokeWhat', { name: revoking?.name ?? '' })}
        text={t('registration.tokens.revokeText')}
        action={t('registration.tokens.revoke')}
        act={async () => {
          await revokeToken(revoking!.id);
          notifications.show({ message: t('registration.tokens.revoked') });
        }}
      />
    </section>
  );
}

function Uses({ token: { uses, maxUses } }: { token: InitialAccessToken }) {
  const { t } = useTranslation();
  if (maxUses !== null && uses >= maxUses) return <Badge color="gray" variant="light" radius="sm" tt="none">{t('registration.tokens.usedUp')}</Badge>;
  return <Text span fz="sm" c="dimmed">{maxUses === null ? t('registration.tokens.used', { uses }) : t('registration.tokens.usedOf', { uses, maxUses })}</Text>;
}

function Expiry({ token: { expiresAt } }: { token: InitialAccessToken }) {
  const { t } = useTranslation();
  if (expiresAt !== null && expiresAt <= Date.now()) return <Badge color="red" variant="light" radius="sm" tt="none">{t('registration.tokens.expired')}</Badge>;
  return <RelativeTime at={expiresAt} empty={t('registration.tokens.forever')} />;
}
