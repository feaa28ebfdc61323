import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSaving } from '../ui/useSaving';
import { useTitle } from '../ui/useTitle';
import { useResourceChanges } from './queries';
import { indicatorFault } from './rules';

export function CreateResource() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useResourceChanges();
  const form = useForm({ defaultValues: { name: '', indicator: '' } });
  const { saving, save } = useSaving(form);
  const { register, formState: { errors } } = form;
  useTitle(t('resources.form.title'));
  const submit = form.handleSubmit(({ name, indicator }) =>
    save(async () => {
      const made = await changes.create({ name: name.trim(), indicator: indicator.trim() });
      await navigate(`/api-resources/${made.id}`);
    }));
  return (
    <Modal opened onClose={() => navigate('/api-resources')} size={520} title={t('resources.form.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('resources.form.name')}
            placeholder={t('resources.form.namePlaceholder')}
            autoComplete="off"
            required
            data-autofocus
            maxLength={256}
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <TextInput
            label={t('resources.form.indicator')}
            description={t('resources.form.indicatorText')}
            placeholder="https://api.example.com"
            autoComplete="off"
            spellCheck={false}
            required
            maxLength={2048}
            error={errors.indicator?.message}
            {...register('indicator', { validate: (value) => !indicatorFault(value) || t('resources.form.invalid') })}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => navigate('/api-resources')}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={saving}>{t('resources.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
