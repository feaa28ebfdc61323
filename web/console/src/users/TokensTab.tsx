import { ActionIcon, Badge, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconEye, IconEyeOff, IconKey, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { useAsked } from '../organizations/useAsked';
import { CopyIcon } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { EmptyState } from '../ui/EmptyState';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { usePeopleChanges, useTokens, type PersonalAccessToken } from './people';
import { StaticTable } from './StaticTable';
import { CreateToken, RenameToken } from './TokenForms';

export function TokensTab({ user }: { user: User }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const found = useTokens(user.id);
  const [creating, setCreating] = useState(false);
  const asked = useAsked<'rename' | 'delete', PersonalAccessToken>();
  const name = asked.row?.name ?? '';
  const create = <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>{t('people.tokens.create')}</Button>;
  return (
    <>
      {!!found.data?.length && (
        <Group justify="space-between" mb="md" gap="sm">
          <Text c="dimmed" style={{ flex: '1 1 280px' }}>{t('people.tokens.text')}</Text>
          {create}
        </Group>
      )}
      <StaticTable<PersonalAccessToken>
        label={t('people.tabs.tokens')}
        rows={found.data}
        rowKey={(row) => row.name}
        error={found.error}
        retry={() => void found.refetch()}
        empty={<EmptyState icon={<IconKey size={24} />} title={t('people.tokens.empty')} text={t('people.tokens.text')} action={create} />}
        columns={[
          {
            key: 'name',
            label: t('people.tokens.name'),
            cell: (row) => (
              <>
                <Text fz="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>{row.name}</Text>
                <Group hiddenFrom="sm" gap="xs"><Value token={row} /><Expiry token={row} /></Group>
              </>
            ),
          },
          { key: 'value', label: t('people.tokens.value'), wide: true, width: 300, cell: (row) => <Value token={row} /> },
          { key: 'created', label: t('people.tokens.created'), wide: true, width: 130, cell: (row) => <RelativeTime at={row.createdAt} /> },
          { key: 'expires', label: t('people.expires'), wide: true, width: 130, cell: (row) => <Expiry token={row} /> },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (row) => (
              <RowMenu name={row.name}>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => asked.ask('rename', row)}>{t('people.tokens.rename')}</Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => asked.ask('delete', row)}>{t('people.tokens.delete')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <CreateToken user={user} opened={creating} onClose={() => setCreating(false)} />
      <RenameToken user={user} name={name} opened={asked.isOpen('rename')} onClose={asked.close} />
      <Danger
        opened={asked.isOpen('delete')}
        onClose={asked.close}
        title={t('people.tokens.deleteTitle', { name })}
        text={t('people.tokens.deleteText')}
        action={t('people.tokens.delete')}
        act={async () => {
          await changes.deleteToken(name);
          notifications.show({ message: t('people.tokens.deleted', { name }) });
        }}
      />
    </>
  );
}

function Value({ token: { name, value } }: { token: PersonalAccessToken }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const toggle = shown ? t('ui.hide') : t('ui.show');
  return (
    <Group gap={2} wrap="nowrap">
      <Text ff="monospace" fz={12.5} style={{ overflowWrap: 'anywhere' }}>{shown ? value : `pat_${'•'.repeat(8)}`}</Text>
      <Tooltip label={toggle}>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={t(shown ? 'people.tokens.conceal' : 'people.tokens.reveal', { name })} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? <IconEyeOff size={15} /> : <IconEye size={15} />}
        </ActionIcon>
      </Tooltip>
      <CopyIcon value={value} what={name} />
    </Group>
  );
}

function Expiry({ token: { expiresAt } }: { token: PersonalAccessToken }) {
  const { t } = useTranslation();
  if (expiresAt !== null && expiresAt <= Date.now()) return <Badge color="red" variant="light" radius="sm" tt="none">{t('people.tokens.expired')}</Badge>;
  return <RelativeTime at={expiresAt} empty={t('people.tokens.forever')} />;
}
