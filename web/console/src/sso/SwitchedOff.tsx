import { Alert, Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExperience, useExperienceChange } from '../experience/queries';
import { useProblemText } from '../ui/Problem';

/** Says that no connector is offered at all, and switches them on. */
export function SwitchedOff() {
  const { t } = useTranslation();
  const describe = useProblemText();
  const experience = useExperience();
  const change = useExperienceChange();
  const [busy, setBusy] = useState(false);
  if (experience.data?.singleSignOnEnabled !== false) return null;
  const switchOn = async () => {
    setBusy(true);
    try {
      await change({ singleSignOnEnabled: true });
      notifications.show({ message: t('sso.off.done') });
    } catch (error) {
      notifications.show({ color: 'red', message: describe(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert color="yellow" variant="light" icon={<IconPlugConnectedX />} title={t('sso.off.title')}>
      <Group justify="space-between" gap="sm">
        <Text fz="sm" maw={620}>{t('sso.off.text')}</Text>
        <Button size="xs" variant="default" loading={busy} onClick={() => void switchOn()}>{t('sso.off.action')}</Button>
      </Group>
    </Alert>
  );
}
