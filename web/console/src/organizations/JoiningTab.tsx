import { Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organization } from '../api/types';
import { Problem } from '../ui/Problem';
import { Section } from '../ui/Section';
import { EditRoles } from './EditRoles';
import { JitConnectors } from './JitConnectors';
import { JitDomains } from './JitDomains';
import { useJitRoles, useOrganizationChanges } from './queries';
import { RoleChips } from './RoleChips';

/** How people become members without anybody adding them. */
export function JoiningTab({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Text c="dimmed" fz="sm" maw="76ch">{t('organizations.joining.text')}</Text>
      <Card p={0}>
        <Section title={t('organizations.joining.domains')} text={t('organizations.joining.domainsText')}>
          <JitDomains organization={organization} />
        </Section>
        <Section title={t('organizations.joining.connectors')} text={t('organizations.joining.connectorsText')}>
          <JitConnectors organization={organization} />
        </Section>
        <Section title={t('organizations.joining.roles')} text={t('organizations.joining.rolesText')}>
          <JitRoles organization={organization} />
        </Section>
      </Card>
    </Stack>
  );
}

function JitRoles({ organization: { id, name } }: { organization: Organization }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const found = useJitRoles(id);
  const [editing, setEditing] = useState(false);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={36} />;
  return (
    <Stack gap="sm" align="flex-start">
      {found.data.length > 0 ? <RoleChips roles={found.data} all /> : <Text fz="sm" c="dimmed">{t('organizations.joining.noRoles')}</Text>}
      <Group>
        <Button variant="default" size="xs" leftSection={<IconPencil size={14} />} onClick={() => setEditing(true)}>{t('organizations.joining.editRoles')}</Button>
      </Group>
      <EditRoles
        type="User"
        opened={editing}
        name={name}
        title={t('organizations.joining.roles')}
        roles={found.data}
        onClose={() => setEditing(false)}
        save={async (before, after) => {
          await changes.setJitRoles(id, before, after);
          notifications.show({ message: t('ui.saved') });
        }}
      />
    </Stack>
  );
}
