import { ActionIcon, Alert, Badge, Button, Group, Menu, Skeleton, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconEye, IconEyeOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationSecret } from '../api/types';
import { CopyIcon } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { Problem } from '../ui/Problem';
import { RelativeTime } from '../ui/RelativeTime';
import { useApplicationChanges, useSecrets } from './queries';
import { CreateSecret, RenameSecret } from './SecretForms';

export function Secrets({ application }: { application: Application }) {
  const { t } = useTranslation();
  const changes = useApplicationChanges();
  const secrets = useSecrets(application.id, true);
  const [creating, setCreating] = useState(false);
  const [renaming, setRenaming] = useState<string>();
  const [revoking, setRevoking] = useState<string>();
  return (
    <div>
      <Group justify="space-between" mb={4} align="flex-end">
        <Text fz="sm" fw={550} id="secrets">{t('applications.credentials.secrets')}</Text>
        <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} onClick={() => setCreating(true)}>{t('applications.credentials.add')}</Button>
      </Group>
      <Text fz="xs" c="dimmed" mb="xs">{t('applications.credentials.secretsText')}</Text>
      {secrets.error && <Problem error={secrets.error} retry={() => void secrets.refetch()} />}
      {secrets.isPending && <Skeleton h={80} />}
      {secrets.data?.length === 0 && <Alert color="yellow" variant="light">{t('applications.credentials.none')}</Alert>}
      {secrets.data && secrets.data.length > 0 && (
        <Table.ScrollContainer minWidth={460}>
          <Table aria-labelledby="secrets" verticalSpacing={6} horizontalSpacing="xs" withTableBorder style={{ borderRadius: 8 }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th fz="xs">{t('applications.credentials.columns.name')}</Table.Th>
                <Table.Th fz="xs">{t('applications.credentials.columns.value')}</Table.Th>
                <Table.Th fz="xs">{t('applications.credentials.columns.expires')}</Table.Th>
                <Table.Th w={40}><VisuallyHidden>{t('ui.actions')}</VisuallyHidden></Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {secrets.data.map((secret) => (
                <SecretRow key={secret.name} secret={secret} onRename={() => setRenaming(secret.name)} onRevoke={() => setRevoking(secret.name)} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <CreateSecret opened={creating} applicationId={application.id} onClose={() => setCreating(false)} />
      <RenameSecret name={renaming} applicationId={application.id} onClose={() => setRenaming(undefined)} />
      <Danger
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={t('applications.credentials.revokeTitle', { name: revoking ?? '' })}
        text={t('applications.credentials.revokeText')}
        action={t('applications.credentials.revoke')}
        act={async () => {
          await changes.revokeSecret(application.id, revoking!);
          notifications.show({ message: t('applications.credentials.revoked', { name: revoking! }) });
        }}
      />
    </div>
  );
}

function SecretRow({ secret, onRename, onRevoke }: { secret: ApplicationSecret; onRename: () => void; onRevoke: () => void }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const { name, value, expiresAt } = secret;
  const expired = expiresAt !== null && expiresAt <= Date.now();
  const toggle = t(shown ? 'applications.credentials.conceal' : 'applications.credentials.reveal', { name });
  return (
    <Table.Tr>
      <Table.Td fw={500} style={{ overflowWrap: 'anywhere' }}>{name}</Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap">
          <Text ff="monospace" fz={12.5} data-testid="secret-value">{shown ? value : '•'.repeat(16)}</Text>
          <Tooltip label={shown ? t('ui.hide') : t('ui.show')}>
            <ActionIcon variant="subtle" color="gray" size={24} aria-label={toggle} aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? <IconEyeOff size={15} /> : <IconEye size={15} />}
            </ActionIcon>
          </Tooltip>
          <CopyIcon value={value} what={name} />
        </Group>
      </Table.Td>
      <Table.Td>
        {expired
          ? <Badge color="red" variant="light" radius="sm" tt="none">{t('applications.credentials.expired')}</Badge>
          : <RelativeTime at={expiresAt} empty={t('applications.credentials.noExpiry')} />}
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('applications.credentials.menu', { name })}><IconDots size={16} /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={onRename}>{t('applications.credentials.rename')}</Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={onRevoke}>{t('applications.credentials.revoke')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}
