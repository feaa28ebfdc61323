import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSaving } from '../ui/useSaving';
import { useTitle } from '../ui/useTitle';
import { useOrganizationChanges } from './queries';

interface Fields {
  name: string;
  description: string;
}

export const longestName = 128;
export const longestDescription = 256;

export function CreateModal() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useOrganizationChanges();
  const form = useForm<Fields>({ defaultValues: { name: '', description: '' } });
  const { register, formState: { errors } } = form;
  const { saving, save } = useSaving(form);
  useTitle(t('organizations.create'));
  const close = () => navigate('/organizations');
  const submit = form.handleSubmit(({ name, description }) =>
    save(async () => {
      const made = await changes.create({ name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) });
      await navigate(`/organizations/${made.id}/members`);
    }));
  return (
    <Modal opened onClose={close} size={520} title={t('organizations.create')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('organizations.form.name')}
            description={t('organizations.form.nameText')}
            placeholder={t('organizations.form.namePlaceholder')}
            autoComplete="off"
            required
            maxLength={longestName}
            data-autofocus
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <Textarea label={t('organizations.form.description')} autosize minRows={2} maxLength={longestDescription} error={errors.description?.message} {...register('description')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={saving}>{t('organizations.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
