import { Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/CopyText';
import { useSaving } from '../ui/useSaving';
import { useRegistrationChanges, type InitialAccessToken } from './queries';

const dayInMs = 86_400_000;
const lifetimes = [1, 7, 30, 90, 365];

export function CreateToken({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<InitialAccessToken>();
  const close = () => {
    setMade(undefined);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t(made ? 'registration.tokens.made' : 'registration.tokens.create')} closeOnClickOutside={!made} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {opened && (made ? <Made token={made} onDone={close} /> : <CreateForm onMade={setMade} onCancel={close} />)}
    </Modal>
  );
}

function CreateForm({ onMade, onCancel }: { onMade: (token: InitialAccessToken) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const { createToken } = useRegistrationChanges();
  const form = useForm<{ name: string; maxUses: number | ''; days: string }>({ defaultValues: { name: '', maxUses: 1, days: '7' } });
  const { saving, save } = useSaving(form);
  const submit = form.handleSubmit(({ name, maxUses, days }) =>
    save(async () => onMade(await createToken({
      name: name.trim(),
      maxUses: maxUses === '' ? null : maxUses,
      expiresAt: days === '0' ? null : Date.now() + Number(days) * dayInMs,
    }))));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t('registration.tokens.name')}
          description={t('registration.tokens.nameText')}
          required
          maxLength={128}
          autoComplete="off"
          data-autofocus
          error={form.formState.errors.name?.message}
          {...form.register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
        />
        <Controller
          control={form.control}
          name="maxUses"
          rules={{ validate: (value) => value === '' || (value >= 1 && value <= 100_000) || t('registration.limits.between', { most: 100_000 }) }}
          render={({ field, fieldState }) => (
            <NumberInput
              label={t('registration.tokens.maxUses')}
              description={t('registration.tokens.maxUsesText')}
              min={1}
              allowDecimal={false}
              clampBehavior="none"
              value={field.value}
              onChange={(value) => field.onChange(value === '' ? '' : Number(value))}
              onBlur={field.onBlur}
              error={fieldState.error?.message}
            />
          )}
        />
        <Controller
          control={form.control}
          name="days"
          render={({ field }) => (
            <Select
              label={t('registration.tokens.lifetime')}
              allowDeselect={false}
              data={[
                ...lifetimes.map((count) => ({ value: String(count), label: t('registration.tokens.days', { count }) })),
                { value: '0', label: t('registration.tokens.forever') },
              ]}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={saving}>{t('registration.tokens.create')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function Made({ token, onDone }: { token: InitialAccessToken; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text>{t('registration.tokens.madeText')}</Text>
      <CopyText block value={token.value ?? ''} what={token.name} />
      <Group justify="flex-end"><Button onClick={onDone} data-autofocus>{t('registration.tokens.done')}</Button></Group>
    </Stack>
  );
}
