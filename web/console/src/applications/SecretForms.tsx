import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useSaving } from '../ui/useSaving';
import { useApplicationChanges } from './queries';

const dayInMs = 86_400_000;
const lifetimes = [7, 30, 90, 180, 365];

interface FormProps {
  applicationId: string;
  onClose: () => void;
}

export function CreateSecret({ opened, ...props }: FormProps & { opened: boolean }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('applications.credentials.createTitle')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {opened && <CreateForm {...props} />}
    </Modal>
  );
}

function CreateForm({ applicationId, onClose }: FormProps) {
  const { t } = useTranslation();
  const changes = useApplicationChanges();
  const form = useForm({ defaultValues: { name: '', days: '0' } });
  const { saving, save } = useSaving(form);
  const submit = form.handleSubmit(({ name, days }) =>
    save(async () => {
      const expiresAt = days === '0' ? null : Date.now() + Number(days) * dayInMs;
      await changes.createSecret(applicationId, name.trim(), expiresAt);
      notifications.show({ message: t('applications.credentials.created', { name: name.trim() }) });
      onClose();
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t('applications.credentials.name')}
          description={t('applications.credentials.nameText')}
          required
          maxLength={256}
          autoComplete="off"
          data-autofocus
          error={form.formState.errors.name?.message}
          {...form.register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
        />
        <Controller
          control={form.control}
          name="days"
          render={({ field }) => (
            <Select
              label={t('applications.credentials.expiry')}
              allowDeselect={false}
              data={[
                { value: '0', label: t('applications.credentials.expiries.never') },
                ...lifetimes.map((count) => ({ value: String(count), label: t('applications.credentials.expiries.days', { count }) })),
              ]}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={saving}>{t('applications.credentials.add')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

export function RenameSecret({ name, ...props }: FormProps & { name: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Modal opened={name !== undefined} onClose={props.onClose} title={t('applications.credentials.renameTitle')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {name !== undefined && <RenameForm name={name} {...props} />}
    </Modal>
  );
}

function RenameForm({ name: before, applicationId, onClose }: FormProps & { name: string }) {
  const { t } = useTranslation();
  const changes = useApplicationChanges();
  const form = useForm({ defaultValues: { name: before } });
  const { saving, save } = useSaving(form);
  const submit = form.handleSubmit(({ name }) =>
    save(async () => {
      await changes.renameSecret(applicationId, before, name.trim());
      notifications.show({ message: t('applications.credentials.renamed', { name: name.trim() }) });
      onClose();
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t('applications.credentials.name')}
          required
          maxLength={256}
          autoComplete="off"
          data-autofocus
          error={form.formState.errors.name?.message}
          {...form.register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={saving}>{t('applications.credentials.rename')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
