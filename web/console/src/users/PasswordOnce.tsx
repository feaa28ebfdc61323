import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/CopyText';

/** A password that nobody can read again once this is closed. */
export function PasswordOnce({ password, onDone, onOpen }: { password: string; onDone: () => void; onOpen?: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="yellow" variant="light" icon={<IconKey />}>{t('users.once.text')}</Alert>
      <CopyText value={password} what={t('users.form.password')} block />
      <Group justify="flex-end" gap="xs">
        {onOpen && <Button variant="default" onClick={onOpen}>{t('users.once.open')}</Button>}
        <Button onClick={onDone} data-autofocus>{t('users.once.done')}</Button>
      </Group>
    </Stack>
  );
}
