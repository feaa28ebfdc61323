import { ActionIcon, Badge, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileImport, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import type { Column } from '../ui/DataTable';
import { PageHead } from '../ui/PageHead';
import { RelativeTime } from '../ui/RelativeTime';
import { StaticTable } from '../users/StaticTable';
import { RotateModal } from './RotateModal';
import { useKeyChanges, useKeys, type Key, type KeyType } from './queries';

/** What tokens and cookies are signed with, and when that changes. */
export function KeysPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('keys.title')} text={t('keys.text')} />
      <Stack gap="xl">
        <Keys type="private-keys" />
        <Keys type="cookie-keys" />
      </Stack>
    </>
  );
}

const words = { 'private-keys': 'private', 'cookie-keys': 'cookie' } as const;
const colors = { Next: 'blue', Current: 'green', Previous: 'gray' } as const;

function Keys({ type }: { type: KeyType }) {
  const { t } = useTranslation();
  const kind = words[type];
  const found = useKeys(type);
  const { remove } = useKeyChanges(type);
  const [making, setMaking] = useState<'rotate' | 'import'>();
  const [deleting, setDeleting] = useState<Key>();
  const deletable = (key: Key) => (found.data?.length ?? 0) > 1 && (type === 'cookie-keys' || key.status === 'Previous');
  const columns: Column<Key>[] = [
    { key: 'id', label: t('keys.columns.id'), cell: (key) => <Identity entry={key} kind={kind} newest={found.data?.[0] === key} /> },
    { key: 'status', label: t('keys.columns.status'), wide: true, width: 260, cell: (key) => <Status entry={key} newest={found.data?.[0] === key} /> },
    ...(type === 'private-keys' ? [{ key: 'algorithm', label: t('keys.columns.algorithm'), wide: true, width: 170, cell: (key: Key) => algorithmOf(key) }] : []),
    { key: 'created', label: t('keys.columns.created'), wide: true, width: 140, cell: (key) => <RelativeTime at={key.createdAt * 1000} /> },
    {
      key: 'delete',
      label: t('ui.actions'),
      labelHidden: true,
      width: 56,
      cell: (key) => deletable(key) && (
        <Tooltip label={t('ui.delete')}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('keys.delete.what', { id: key.id })} onClick={() => setDeleting(key)}><IconTrash size={16} /></ActionIcon>
        </Tooltip>
      ),
    },
  ];
  return (
    <section aria-labelledby={`keys-${kind}`}>
      <Group justify="space-between" align="flex-start" mb="sm" gap="md">
        <div style={{ flex: '1 1 320px' }}>
          <Title order={2} id={`keys-${kind}`}>{t(`keys.${kind}.title`)}</Title>
          <Text c="dimmed" fz="sm" maw="72ch">{t(`keys.${kind}.text`)}</Text>
        </div>
        <Group gap="xs">
          {kind === 'private' && <Button variant="default" leftSection={<IconFileImport size={16} />} disabled={!found.data} onClick={() => setMaking('import')}>{t('keys.import.action')}</Button>}
          <Button variant="default" leftSection={<IconRefresh size={16} />} disabled={!found.data} onClick={() => setMaking('rotate')}>{t(`keys.${kind}.rotate`)}</Button>
        </Group>
      </Group>
      <StaticTable<Key>
        label={t(`keys.${kind}.title`)}
        rows={found.data}
        rowKey={(key) => key.id}
        empty={null}
        error={found.error}
        retry={() => void found.refetch()}
        columns={columns}
      />
      <RotateModal making={making} onClose={() => setMaking(undefined)} type={type} keys={found.data ?? []} />
      <Danger
        opened={!!deleting}
        onClose={() => setDeleting(undefined)}
        title={t('keys.delete.title')}
        text={t(`keys.${kind}.deleteText`)}
        action={t('keys.delete.action')}
        act={async () => {
          await remove(deleting!.id);
          notifications.show({ message: t('keys.delete.done') });
        }}
      />
    </section>
  );
}

function Identity({ entry, kind, newest }: { entry: Key; kind: 'private' | 'cookie'; newest: boolean }) {
  const { t } = useTranslation();
  return (
    <div style={{ maxWidth: 'calc(100vw - 150px)' }}>
      <CopyText value={entry.id} what={t('keys.columns.id')} />
      <Group gap="xs" hiddenFrom="sm" mt={4}>
        <Status entry={entry} newest={newest} />
        {kind === 'private' && <Text fz="xs" c="dimmed">{algorithmOf(entry)}</Text>}
      </Group>
    </div>
  );
}

const algorithmOf = (key: Key) => `${key.kind ?? ''} (${key.algorithm ?? ''})`;

/** Cookie keys have no word for it on the wire: the newest signs. */
function Status({ entry, newest }: { entry: Key; newest: boolean }) {
  const { t } = useTranslation();
  const status = entry.status ?? (newest ? 'Current' : 'Previous');
  return (
    <Group gap={6} wrap="nowrap">
      <Badge color={colors[status]} variant="light" radius="sm" tt="none" fw={550}>{t(`keys.status.${status}`)}</Badge>
      {entry.effectiveAt !== undefined && <Text fz="xs" c="dimmed"><RelativeTime at={entry.effectiveAt * 1000} /></Text>}
    </Group>
  );
}
