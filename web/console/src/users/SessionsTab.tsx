import { Alert, Button, Checkbox, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDeviceDesktop, IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { ApplicationName } from '../audit/names';
import { useAsked } from '../organizations/useAsked';
import { Danger } from '../ui/Danger';
import { EmptyState } from '../ui/EmptyState';
import { useProblemText } from '../ui/Problem';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { deviceOf } from './device';
import { usePeopleChanges, useSessions, type UserSession } from './people';
import { callName } from './queries';
import { StaticTable } from './StaticTable';

const contextOf = (session: UserSession) => session.lastSubmission?.signInContext ?? {};
const admitted = (session: UserSession) => Object.keys(session.payload.authorizations ?? {}).length;

export function SessionsTab({ user }: { user: User }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const found = useSessions(user.id);
  const asked = useAsked<'end', UserSession>();
  const [endingAll, setEndingAll] = useState(false);
  const sessions = found.data ?? [];
  const name = callName(user);
  return (
    <>
      {sessions.length > 0 && (
        <Group justify="space-between" mb="md" gap="sm">
          <Text c="dimmed" style={{ flex: '1 1 280px' }}>{t('people.sessions.text')}</Text>
          <Button variant="default" leftSection={<IconLogout size={16} />} onClick={() => setEndingAll(true)}>{t('people.sessions.endAll')}</Button>
        </Group>
      )}
      <StaticTable<UserSession>
        label={t('people.tabs.sessions')}
        rows={found.data}
        rowKey={(row) => row.payload.uid}
        error={found.error}
        retry={() => void found.refetch()}
        empty={<EmptyState icon={<IconDeviceDesktop size={24} />} title={t('people.sessions.empty')} text={t('people.sessions.emptyText')} />}
        columns={[
          { key: 'device', label: t('people.sessions.device'), cell: (row) => <Device session={row} /> },
          { key: 'application', label: t('people.sessions.application'), wide: true, width: 190, cell: (row) => <ApplicationName of={row.clientId ? { applicationId: row.clientId } : {}} /> },
          { key: 'signedIn', label: t('people.sessions.signedIn'), width: 140, cell: (row) => <RelativeTime at={row.payload.loginTs * 1000} /> },
          { key: 'expires', label: t('people.expires'), wide: true, width: 140, cell: (row) => <RelativeTime at={row.expiresAt} /> },
          {
            key: 'actions',
            label: t('ui.actions'),
            labelHidden: true,
            width: 60,
            cell: (row) => (
              <RowMenu name={contextOf(row).ip ?? row.payload.uid}>
                <Menu.Item color="red" leftSection={<IconLogout size={16} />} onClick={() => asked.ask('end', row)}>{t('people.sessions.end')}</Menu.Item>
              </RowMenu>
            ),
          },
        ]}
      />
      <Modal opened={asked.isOpen('end')} onClose={asked.close} title={t('people.sessions.endTitle', { name })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
        {asked.row && <EndForm user={user} session={asked.row} onClose={asked.close} />}
      </Modal>
      <Danger
        opened={endingAll}
        onClose={() => setEndingAll(false)}
        title={t('people.sessions.endAllTitle', { name })}
        text={t('people.sessions.endAllText', { count: sessions.length })}
        action={t('people.sessions.endAll')}
        act={async () => {
          await changes.endSessions();
          notifications.show({ message: t('people.sessions.ended', { count: sessions.length }) });
        }}
      />
    </>
  );
}

function Device({ session }: { session: UserSession }) {
  const { t } = useTranslation();
  const { ip, userAgent } = contextOf(session);
  const { browser, system } = deviceOf(userAgent);
  const name = browser && system ? t('people.sessions.on', { browser, system }) : (browser ?? system ?? t('people.sessions.unknown'));
  return (
    <div style={{ minWidth: 0 }} title={userAgent}>
      <Text fz="sm" fw={550}>{name}</Text>
      <Group gap={8}>
        {ip && <Text fz="xs" c="dimmed" ff="monospace">{ip}</Text>}
        <Text fz="xs" c="dimmed">{t('people.sessions.admitted', { count: admitted(session) })}</Text>
      </Group>
    </div>
  );
}

function EndForm({ user, session, onClose }: { user: User; session: UserSession; onClose: () => void }) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const changes = usePeopleChanges(user.id);
  const [everything, setEverything] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const end = async () => {
    setBusy(true);
    try {
      await changes.endSession(session.payload.uid, everything);
      notifications.show({ message: t('people.sessions.ended', { count: 1 }) });
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Stack>
      <Text>{t('people.sessions.endText', { count: admitted(session) })}</Text>
      <Checkbox checked={everything} onChange={(event) => setEverything(event.currentTarget.checked)} label={t('people.sessions.offline')} description={t('people.sessions.offlineText')} />
      {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>{t('ui.cancel')}</Button>
        <Button color="red" loading={busy} onClick={() => void end()}>{t('people.sessions.end')}</Button>
      </Group>
    </Stack>
  );
}
