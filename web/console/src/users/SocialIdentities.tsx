import { Button, Card, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { useAsked } from '../organizations/useAsked';
import { CopyText } from '../ui/CopyText';
import { Danger } from '../ui/Danger';
import { Section } from '../ui/Section';
import { usePeopleChanges } from './people';
import { callName } from './queries';

export function SocialIdentities({ user }: { user: User }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const asked = useAsked<'unlink', string>();
  const identities = Object.entries(user.identities ?? {});
  const target = asked.row ?? '';
  return (
    <Section title={t('people.social.title')} text={t('people.social.text')}>
      {identities.length === 0 && <Text c="dimmed">{t('people.social.none')}</Text>}
      {identities.map(([name, { userId }]) => (
        <Card key={name} p="md" radius="md">
          <Group justify="space-between" gap="sm" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text fw={550}>{name}</Text>
              <CopyText value={userId} what={t('people.social.account', { target: name })} />
            </div>
            <Button size="compact-sm" variant="subtle" color="red" onClick={() => asked.ask('unlink', name)}>{t('people.social.unlink')}</Button>
          </Group>
        </Card>
      ))}
      <Danger
        opened={asked.isOpen('unlink')}
        onClose={asked.close}
        title={t('people.social.unlinkTitle', { target, name: callName(user) })}
        text={t('people.social.unlinkText', { target })}
        action={t('people.social.unlink')}
        act={async () => {
          await changes.unlinkIdentity(target);
          notifications.show({ message: t('people.social.unlinked', { target }) });
        }}
      />
    </Section>
  );
}
