import { Alert, Button, Checkbox, Group, Modal, PasswordInput, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { useSaving } from '../ui/useSaving';
import { PasswordOnce } from './PasswordOnce';
import { generatePassword } from './passwords';
import { callName, useUserChanges } from './queries';

export function ResetPassword({ user, opened, onClose }: { user: User; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState<string>();
  const close = () => {
    onClose();
    setPassword(undefined);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={password ? t('users.once.reset') : t('users.details.resetTitle', { name: callName(user) })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      closeOnClickOutside={!password}
    >
      {opened && (password ? <PasswordOnce password={password} onDone={close} /> : <ResetForm id={user.id} onReset={setPassword} onCancel={close} />)}
    </Modal>
  );
}

function ResetForm({ id, onReset, onCancel }: { id: string; onReset: (password: string) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const changes = useUserChanges();
  const form = useForm({ defaultValues: { how: 'generate', password: '', signOut: true } });
  const { saving, save } = useSaving(form);
  const how = form.watch('how');
  const problem = form.formState.errors.password?.message;
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      const password = fields.how === 'generate' ? generatePassword() : fields.password;
      await changes.setPassword(id, password, fields.signOut);
      onReset(password);
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{t('users.details.resetText')}</Text>
        <Controller
          control={form.control}
          name="how"
          render={({ field }) => (
            <Radio.Group aria-label={t('users.form.how')} value={field.value} onChange={field.onChange}>
              <Stack gap={8}>
                <Radio value="generate" label={t('users.form.generate')} data-autofocus />
                <Radio value="choose" label={t('users.form.choose')} />
              </Stack>
            </Radio.Group>
          )}
        />
        {how === 'choose'
          ? <PasswordInput label={t('users.form.password')} autoComplete="new-password" error={problem}
              {...form.register('password', { validate: (value) => value !== '' || t('ui.invalid.required') })} />
          : problem && <Alert color="red" role="alert">{problem}</Alert>}
        <Checkbox label={t('users.details.resetSignOut')} description={t('users.details.resetSignOutText')} {...form.register('signOut')} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>{t('ui.cancel')}</Button>
          <Button type="submit" color="red" loading={saving}>{t('users.details.reset')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
