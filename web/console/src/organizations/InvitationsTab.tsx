import { Anchor, Badge, Button, Group, Menu, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBan, IconLink, IconMailForward, IconMailPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { invitationStatuses, type Invitation, type InvitationStatus, type Organization } from '../api/types';
import { Danger } from '../ui/Danger';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { useProblemText } from '../ui/Problem';
import { RelativeTime } from '../ui/RelativeTime';
import { RowMenu } from '../ui/RowMenu';
import { SearchField } from '../ui/SearchField';
import { byWords, useList } from '../ui/useList';
import { InviteModal } from './InviteModal';
import { statusOf, type InvitationLink } from './invitations';
import { LinksModal } from './LinksModal';
import { useCanMail, useOrganizationChanges } from './queries';
import { RoleChips } from './RoleChips';
import { useAsked } from './useAsked';

export function InvitationsTab({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const list = useList<Invitation>({
    key: ['organizations', organization.id, 'invitations'],
    path: '/organization-invitations',
    filters: ['status'],
    query: ({ status }) => ({ organizationId: organization.id, status }),
    searched: byWords,
  });
  const asked = useAsked<'revoke' | 'forget', Invitation>();
  /** Whom to invite: nobody in particular, or one once more. */
  const [links, setLinks] = useState<InvitationLink[]>([]);
  const [inviting, setInviting] = useState<Invitation | 'anybody'>();
  const invite = <Button leftSection={<IconMailPlus size={16} />} onClick={() => setInviting('anybody')}>{t('organizations.invitations.invite')}</Button>;
  return (
    <>
      {list.some && (
        <Group justify="space-between" mb="md" gap="sm">
          <Group gap="sm" style={{ flex: '1 1 320px' }}>
            <SearchField list={list} label={t('organizations.invitations.search')} width={300} />
            <Select
              w={{ base: '100%', xs: 180 }}
              aria-label={t('organizations.columns.status')}
              placeholder={t('organizations.invitations.anyStatus')}
              clearable
              clearButtonProps={{ 'aria-label': t('ui.clear') }}
              data={invitationStatuses.map((value) => ({ value, label: t(`organizations.status.${value}`) }))}
              value={list.filters.status ?? null}
              onChange={(status) => list.setFilter('status', status)}
            />
          </Group>
          {invite}
        </Group>
      )}
      <DataTable<Invitation>
        label={t('organizations.tabs.invitations')}
        {...list.table}
        empty={<EmptyState icon={<IconMailPlus size={24} />} title={t('organizations.invitations.empty')} text={t('organizations.invitations.emptyText')} action={invite} />}
        columns={[
          { key: 'invitee', label: t('organizations.columns.address'), cell: (row) => <Invitee invitation={row} /> },
          { key: 'status', label: t('organizations.columns.status'), wide: true, width: 140, cell: (row) => <Status status={statusOf(row)} /> },
          { key: 'roles', label: t('organizations.columns.roles'), wide: true, width: 260, cell: (row) => <RoleChips roles={row.organizationRoles} /> },
          { key: 'expires', label: t('organizations.columns.expires'), wide: true, width: 140, cell: (row) => <Expiry invitation={row} /> },
          { key: 'actions', label: t('ui.actions'), labelHidden: true, width: 60, cell: (row) => <Actions invitation={row} ask={asked.ask} again={() => setInviting(row)} onLink={(link) => setLinks([{ invitee: row.invitee, link }])} /> },
        ]}
      />
      <InviteModal
        organization={organization}
        opened={inviting !== undefined}
        again={inviting === 'anybody' ? undefined : inviting}
        onClose={() => setInviting(undefined)}
        onLinks={setLinks}
      />
      <LinksModal links={links} onClose={() => setLinks([])} />
      <Endings asked={asked} organizationId={organization.id} />
    </>
  );
}

const colors: Record<InvitationStatus, string> = { Pending: 'blue', Accepted: 'green', Expired: 'yellow', Revoked: 'gray' };

function Status({ status }: { status: InvitationStatus }) {
  const { t } = useTranslation();
  return <Badge color={colors[status]} variant="light" radius="sm" tt="none" fw={550}>{t(`organizations.status.${status}`)}</Badge>;
}

function Expiry({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const status = statusOf(invitation);
  return status === 'Pending' || status === 'Expired' ? <RelativeTime at={invitation.expiresAt} /> : <Text span c="dimmed">{t('ui.none')}</Text>;
}

function Invitee({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  return (
    <Stack gap={2}>
      {invitation.acceptedUserId
        ? <Anchor component={Link} to={`/users/${invitation.acceptedUserId}`} c="inherit" fw={550}>{invitation.invitee}</Anchor>
        : <Text fw={550}>{invitation.invitee}</Text>}
      <Text fz="xs" c="dimmed">{t('organizations.invitations.sent')} <RelativeTime at={invitation.createdAt} /></Text>
      <Group hiddenFrom="sm" gap={4} mt={2}>
        <Status status={statusOf(invitation)} />
        {invitation.organizationRoles.length > 0 && <RoleChips roles={invitation.organizationRoles} />}
      </Group>
    </Stack>
  );
}

interface ActionsProps {
  invitation: Invitation;
  ask: (what: 'revoke' | 'forget', invitation: Invitation) => void;
  again: () => void;
  onLink: (link: string) => void;
}

function Actions({ invitation, ask, again, onLink }: ActionsProps) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const changes = useOrganizationChanges();
  const canMail = useCanMail().data;
  const { id, invitee, organizationId } = invitation;
  const run = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      notifications.show({ color: 'red', message: describe(error), autoClose: 8000 });
    }
  };
  const resend = async () => {
    await changes.resend(organizationId, id);
    notifications.show({ message: t('organizations.invitations.resent', { address: invitee }) });
  };
  const newLink = async () => onLink(await changes.newLink(id));
  const isOpen = statusOf(invitation) === 'Pending';
  return (
    <RowMenu name={invitee}>
      {isOpen
        ? (
          <>
            {canMail !== false && <Menu.Item leftSection={<IconMailForward size={16} />} onClick={() => void run(resend)}>{t('organizations.invitations.resend')}</Menu.Item>}
            <Menu.Item leftSection={<IconLink size={16} />} onClick={() => void run(newLink)}>{t('organizations.invitations.newLink')}</Menu.Item>
            <Menu.Item color="red" leftSection={<IconBan size={16} />} onClick={() => ask('revoke', invitation)}>{t('organizations.invitations.revoke')}</Menu.Item>
          </>
        )
        : (
          <>
            {statusOf(invitation) !== 'Accepted' && <Menu.Item leftSection={<IconRefresh size={16} />} onClick={again}>{t('organizations.invitations.again')}</Menu.Item>}
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => ask('forget', invitation)}>{t('organizations.invitations.forget')}</Menu.Item>
          </>
        )}
    </RowMenu>
  );
}

/** Revoking what is open, and taking out of the list what is not. */
function Endings({ asked, organizationId }: { asked: ReturnType<typeof useAsked<'revoke' | 'forget', Invitation>>; organizationId: string }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const address = asked.row?.invitee ?? '';
  return (
    <>
      <Danger
        opened={asked.isOpen('revoke')}
        onClose={asked.close}
        title={t('organizations.invitations.revokeTitle', { address })}
        text={t('organizations.invitations.revokeText')}
        action={t('organizations.invitations.revoke')}
        act={async () => {
          await changes.revoke(organizationId, asked.row!.id);
          notifications.show({ message: t('organizations.invitations.revoked', { address }) });
        }}
      />
      <Danger
        opened={asked.isOpen('forget')}
        onClose={asked.close}
        title={t('organizations.invitations.forgetTitle', { address })}
        text={t('organizations.invitations.forgetText')}
        action={t('organizations.invitations.forget')}
        act={() => changes.forget(organizationId, asked.row!.id)}
      />
    </>
  );
}
