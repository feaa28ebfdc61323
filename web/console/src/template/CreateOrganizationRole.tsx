import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isManagementApi } from '../resources/queries';
import { ScopePicker, type PickedScope } from '../resources/ScopePicker';
import type { RoleType } from '../roles/queries';
import { TypeChoice } from '../roles/TypeChoice';
import { Picker } from '../ui/Picker';
import { useSaving } from '../ui/useSaving';
import { useTitle } from '../ui/useTitle';
import { pickOrganizationScopes } from './pick';
import { useTemplateChanges, type OrganizationScope } from './queries';

interface Fields {
  name: string;
  description: string;
  type: RoleType;
  scopes: OrganizationScope[];
  resourceScopes: PickedScope[];
}

const back = '/organization-template';

export function CreateOrganizationRole() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useTemplateChanges();
  const form = useForm<Fields>({ defaultValues: { name: '', description: '', type: 'User', scopes: [], resourceScopes: [] } });
  const { saving, save } = useSaving(form, (path) => path.replace(/^organizationScopeIds/, 'scopes').replace(/^resourceScopeIds/, 'resourceScopes'));
  const { register, control, formState: { errors } } = form;
  const type = form.watch('type');
  useTitle(t('template.form.title'));
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      const description = fields.description.trim();
      const made = await changes.createRole({
        name: fields.name.trim(),
        type,
        organizationScopeIds: fields.scopes.map(({ id }) => id),
        resourceScopeIds: fields.resourceScopes.map(({ id }) => id),
        ...(description ? { description } : {}),
      });
      await navigate(`${back}/roles/${made.id}`);
    }));
  return (
    <Modal opened onClose={() => navigate(back)} size={640} title={t('template.form.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={t('roles.fields.name')}
            placeholder={t('template.form.namePlaceholder')}
            autoComplete="off"
            required
            data-autofocus
            maxLength={128}
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <TextInput label={t('roles.fields.description')} autoComplete="off" maxLength={256} error={errors.description?.message} {...register('description')} />
          <Controller
            control={control}
            name="type"
            render={({ field }) => (
              <TypeChoice
                value={field.value}
                onChange={(value) => {
                  field.onChange(value);
                  if (value === 'User') form.setValue('resourceScopes', form.getValues('resourceScopes').filter((scope) => !isManagementApi({ id: scope.resourceId })));
                }}
              />
            )}
          />
          <Controller
            control={control}
            name="scopes"
            render={({ field, fieldState }) => (
              <Picker<OrganizationScope>
                label={t('template.form.scopes')}
                description={t('template.form.scopesText')}
                empty={t('template.form.noScopes')}
                source={pickOrganizationScopes()}
                value={field.value}
                onChange={field.onChange}
                error={fieldState.error?.message}
                short
              />
            )}
          />
          <Controller
            control={control}
            name="resourceScopes"
            render={({ field }) => (
              <ScopePicker label={t('template.form.resourceScopes')} description={t('template.form.resourceScopesText')} value={field.value} onChange={field.onChange} withManagement={type === 'MachineToMachine'} />
            )}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => navigate(back)}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={saving}>{t('template.create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
