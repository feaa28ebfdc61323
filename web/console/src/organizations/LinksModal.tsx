import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/CopyText';
import type { InvitationLink } from './invitations';

/** Nobody can read these again once they are closed: what is stored is a hash. */
export function LinksModal({ links, onClose }: { links: InvitationLink[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={links.length > 0}
      onClose={onClose}
      size={560}
      title={t('organizations.invite.links', { count: links.length })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      closeOnClickOutside={false}
    >
      <Stack>
        <Alert color="yellow" variant="light" icon={<IconKey />}>{t('organizations.invite.once')}</Alert>
        {links.map(({ invitee, link }) => (
          <div key={invitee}>
            <Text fz="sm" fw={550} mb={4}>{invitee}</Text>
            <CopyText value={link} what={t('organizations.invite.linkOf', { address: invitee })} block />
          </div>
        ))}
        <Group justify="flex-end"><Button onClick={onClose} data-autofocus>{t('users.once.done')}</Button></Group>
      </Stack>
    </Modal>
  );
}
