import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { useSaving } from '../ui/useSaving';
import { usePeopleChanges, type PersonalAccessToken } from './people';

const dayInMs = 86_400_000;
const lifetimes = [7, 30, 90, 180, 365];

interface FormProps {
  user: User;
  opened: boolean;
  onClose: () => void;
}

export function CreateToken({ user, opened, onClose }: FormProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<PersonalAccessToken>();
  const close = () => {
    setMade(undefined);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t(made ? 'people.tokens.madeTitle' : 'people.tokens.createTitle')} closeOnClickOutside={!made} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {opened && (made ? <Made token={made} onDone={close} /> : <CreateForm user={user} onMade={setMade} onCancel={close} />)}
    </Modal>
  );
}

function CreateForm({ user, onMade, onCancel }: { user: User; onMade: (token: PersonalAccessToken) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const form = useForm({ defaultValues: { name: '', days: '90' } });
  const { saving, save } = useSaving(form);
  const submit = form.handleSubmit(({ name, days }) =>
    save(async () => onMade(await changes.createToken(name.trim(), days === '0' ? null : Date.now() + Number(days) * dayInMs))));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <NameField form={form} />
        <Controller
          control={form.control}
          name="days"
          render={({ field }) => (
            <Select
              label={t('people.tokens.lifetime')}
              allowDeselect={false}
              data={[
                ...lifetimes.map((count) => ({ value: String(count), label: t('people.tokens.days', { count }) })),
                { value: '0', label: t('people.tokens.forever') },
              ]}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={saving}>{t('people.tokens.create')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function Made({ token, onDone }: { token: PersonalAccessToken; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text>{t('people.tokens.madeText')}</Text>
      <CopyText block value={token.value} what={token.name} />
      <Group justify="flex-end"><Button onClick={onDone} data-autofocus>{t('people.done')}</Button></Group>
    </Stack>
  );
}

export function RenameToken({ user, name, opened, onClose }: FormProps & { name: string }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('people.tokens.renameTitle', { name })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {opened && <RenameForm user={user} before={name} onClose={onClose} />}
    </Modal>
  );
}

function RenameForm({ user, before, onClose }: { user: User; before: string; onClose: () => void }) {
  const { t } = useTranslation();
  const changes = usePeopleChanges(user.id);
  const form = useForm({ defaultValues: { name: before } });
  const { saving, save } = useSaving(form);
  const submit = form.handleSubmit(({ name }) =>
    save(async () => {
      await changes.renameToken(before, name.trim());
      notifications.show({ message: t('ui.saved') });
      onClose();
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <NameField form={form} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={saving}>{t('people.tokens.rename')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Both forms have a field of that name; what else they have does not matter here. */
function NameField({ form }: { form: { register: any; formState: { errors: { name?: { message?: string } } } } }) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('people.tokens.name')}
      description={t('people.tokens.nameText')}
      required
      maxLength={256}
      autoComplete="off"
      data-autofocus
      error={form.formState.errors.name?.message}
      {...form.register('name', { validate: (value: string) => value.trim() !== '' || t('ui.invalid.required') })}
    />
  );
}
