import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isManagementApi } from '../resources/queries';
import { ScopePicker, type PickedScope } from '../resources/ScopePicker';
import { FormSwitch } from '../ui/FormSwitch';
import { useSaving } from '../ui/useSaving';
import { useTitle } from '../ui/useTitle';
import { useRoleChanges, type RoleType } from './queries';
import { TypeChoice } from './TypeChoice';

interface Fields {
  name: string;
  description: string;
  type: RoleType;
  isDefault: boolean;
  scopes: PickedScope[];
}

export function CreateRole() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useRoleChanges();
  const form = useForm<Fields>({ defaultValues: { name: '', description: '', type: 'User', isDefault: false, scopes: [] } });
  const { saving, save } = useSaving(form, (path) => (path.startsWith('scopeIds') ? 'scopes' : path));
  const { register, control, formState: { errors } } = form;
  const type = form.watch('type');
  useTitle(t('roles.form.title'));
  const submit = form.handleSubmit(({ name, description, scopes, isDefault }) =>
    save(async () => {
      const made = await changes.create({ name: name.trim(), description: description.trim(), type, isDefault: isDefault && type === 'User', scopeIds: scopes.map((scope) => scope.id) });
      await navigate(`/roles/${made.id}`);
    }));
  return (
    <Modal opened onClose={() => navigate('/roles')} size={640} title={t('roles.form.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('roles.fields.name')}
            placeholder={t('roles.form.namePlaceholder')}
            autoComplete="off"
            required
            data-autofocus
            maxLength={128}
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <TextInput
            label={t('roles.fields.description')}
            description={t('roles.form.descriptionText')}
            autoComplete="off"
            required
            maxLength={128}
            error={errors.description?.message}
            {...register('description', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <Controller
            control={control}
            name="type"
            render={({ field }) => (
              <TypeChoice
                value={field.value}
                onChange={(value) => {
                  field.onChange(value);
                  // What only machines may have is not carried over.
                  if (value === 'User') form.setValue('scopes', form.getValues('scopes').filter((scope) => !isManagementApi({ id: scope.resourceId })));
                }}
              />
            )}
          />
          {type === 'User' && <FormSwitch control={control} name="isDefault" label={t('roles.fields.isDefault')} description={t('roles.default.switchText')} />}
          <Controller
            control={control}
            name="scopes"
            render={({ field, fieldState }) => (
              <>
                <ScopePicker label={t('roles.form.scopes')} description={t('roles.form.scopesText')} value={field.value} onChange={field.onChange} withManagement={type === 'MachineToMachine'} />
                {fieldState.error && <Text c="var(--danger)" fz="xs" role="alert">{fieldState.error.message}</Text>}
              </>
            )}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => navigate('/roles')}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={saving}>{t('roles.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
