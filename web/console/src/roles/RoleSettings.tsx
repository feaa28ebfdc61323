import { Card, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { changed, useEditing } from '../ui/useEditing';
import { useRoleChanges, type Role } from './queries';

interface Fields {
  name: string;
  description: string;
  isDefault: boolean;
}

const fieldsOf = ({ name, description, isDefault }: Role): Fields => ({ name, description, isDefault });

export function RoleSettings({ saved, tag, reload }: { saved: Role; tag: string | null; reload: () => Promise<Role> }) {
  const { t } = useTranslation();
  const changes = useRoleChanges();
  const { form, submit, conflict, bar } = useEditing<Role, Fields>({
    saved,
    fieldsOf,
    reload,
    labelOf: (field) => t(`roles.fields.${field}`),
    update: ({ name, description, isDefault }) => changes.update(saved.id, changed({ name: name.trim(), description: description.trim(), isDefault }, fieldsOf(saved)), tag),
  });
  const { register, control, formState: { errors } } = form;
  const text = (name: 'name' | 'description') => (
    <TextInput
      label={t(`roles.fields.${name}`)}
      autoComplete="off"
      required
      maxLength={128}
      error={errors[name]?.message}
      {...register(name, { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <Card p={0}>
        <Section title={t('roles.general.title')} text={t('roles.general.text')}>
          {text('name')}
          {text('description')}
        </Section>
        {saved.type === 'User' && (
          <Section title={t('roles.default.title')} text={t('roles.default.text')}>
            <FormSwitch control={control} name="isDefault" label={t('roles.fields.isDefault')} description={t('roles.default.switchText')} />
          </Section>
        )}
      </Card>
      <SaveBar {...bar} />
    </form>
  );
}
