import { Alert, Button, Group, Modal, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { User } from '../api/types';
import { useSaving } from '../ui/useSaving';
import { useTitle } from '../ui/useTitle';
import { PasswordOnce } from './PasswordOnce';
import { generatePassword } from './passwords';
import { useUserChanges, type NewUser } from './queries';
import { isEmail, isPhone, isUsername } from './rules';

interface Fields {
  username: string;
  primaryEmail: string;
  primaryPhone: string;
  name: string;
  how: 'generate' | 'choose' | 'without';
  password: string;
}

const hows = ['generate', 'choose', 'without'] as const;

export function CreateUserModal() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [made, setMade] = useState<{ user: User; password: string }>();
  useTitle(t('users.form.title'));
  const close = () => navigate('/users');
  return (
    <Modal
      opened
      onClose={close}
      size={520}
      title={made ? t('users.once.title') : t('users.form.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      closeOnClickOutside={!made}
    >
      {made
        ? <PasswordOnce password={made.password} onDone={close} onOpen={() => navigate(`/users/${made.user.id}`)} />
        : <CreateForm onMade={(user, password) => (password ? setMade({ user, password }) : void navigate(`/users/${user.id}`))} />}
    </Modal>
  );
}

function CreateForm({ onMade }: { onMade: (user: User, password: string | undefined) => void }) {
  const { t } = useTranslation();
  const changes = useUserChanges();
  const form = useForm<Fields>({ defaultValues: { username: '', primaryEmail: '', primaryPhone: '', name: '', how: 'generate', password: '' } });
  const { register, control, formState: { errors } } = form;
  const { saving, save } = useSaving(form);
  const how = form.watch('how');
  const submit = form.handleSubmit((fields) => {
    const given = (['username', 'primaryEmail', 'primaryPhone', 'name'] as const)
      .map((key) => [key, fields[key].trim()] as const)
      .filter(([, value]) => value);
    if (!given.some(([key]) => key !== 'name')) {
      form.setError('username', { message: t('users.form.oneNeeded') }, { shouldFocus: true });
      return undefined;
    }
    const password = { generate: generatePassword(), choose: fields.password, without: undefined }[fields.how];
    return save(async () => {
      const body: NewUser = { ...Object.fromEntries(given), ...(password ? { password } : {}) };
      onMade(await changes.create(body), password);
    });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text c="dimmed">{t('users.form.text')}</Text>
        <TextInput label={t('users.form.username')} autoComplete="off" spellCheck={false} data-autofocus error={errors.username?.message}
          {...register('username', { validate: (value) => !value.trim() || isUsername(value.trim()) || t('ui.invalid.username') })} />
        <TextInput label={t('users.form.email')} type="email" inputMode="email" autoComplete="off" error={errors.primaryEmail?.message}
          {...register('primaryEmail', { validate: (value) => !value.trim() || isEmail(value.trim()) || t('ui.invalid.email') })} />
        <TextInput label={t('users.form.phone')} type="tel" inputMode="tel" autoComplete="off" placeholder="15555550100" error={errors.primaryPhone?.message}
          {...register('primaryPhone', { validate: (value) => !value.trim() || isPhone(value.trim()) || t('ui.invalid.phone') })} />
        <TextInput label={t('users.form.name')} autoComplete="off" maxLength={128} error={errors.name?.message} {...register('name')} />
        <Controller
          control={control}
          name="how"
          render={({ field }) => (
            <Radio.Group label={t('users.form.how')} value={field.value} onChange={field.onChange}>
              <Stack gap={8} mt={4}>
                {hows.map((each) => <Radio key={each} value={each} label={t(`users.form.${each}`)} />)}
              </Stack>
            </Radio.Group>
          )}
        />
        {how === 'choose' && (
          <PasswordInput label={t('users.form.password')} autoComplete="new-password" error={errors.password?.message}
            {...register('password', { validate: (value) => value !== '' || t('ui.invalid.required') })} />
        )}
        {/* the policy is about a password generated here, which has no field of its own */}
        {how === 'generate' && errors.password?.message && <Alert color="red" role="alert">{errors.password.message}</Alert>}
        <Group justify="flex-end"><Button type="submit" loading={saving}>{t('users.form.submit')}</Button></Group>
      </Stack>
    </form>
  );
}
