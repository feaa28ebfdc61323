import { Card, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { changed, useEditing } from '../ui/useEditing';
import { useTemplateChanges, type OrganizationRole } from './queries';

interface Fields {
  name: string;
  description: string;
}

const fieldsOf = ({ name, description }: OrganizationRole): Fields => ({ name, description: description ?? '' });

export function OrganizationRoleSettings({ saved, tag, reload }: { saved: OrganizationRole; tag: string | null; reload: () => Promise<OrganizationRole> }) {
  const { t } = useTranslation();
  const changes = useTemplateChanges();
  const { form, submit, conflict, bar } = useEditing<OrganizationRole, Fields>({
    saved,
    fieldsOf,
    reload,
    labelOf: (field) => t(`roles.fields.${field}`),
    update: (fields) => {
      const { description, ...name } = changed({ name: fields.name.trim(), description: fields.description.trim() }, fieldsOf(saved));
      return changes.updateRole(saved.id, { ...name, ...(description === undefined ? {} : { description: description || null }) }, tag);
    },
  });
  const { register, formState: { errors } } = form;
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <Card p={0}>
        <Section title={t('roles.general.title')} text={t('template.general.text')}>
          <TextInput
            label={t('roles.fields.name')}
            autoComplete="off"
            required
            maxLength={128}
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <TextInput label={t('roles.fields.description')} autoComplete="off" maxLength={256} error={errors.description?.message} {...register('description')} />
        </Section>
      </Card>
      <SaveBar {...bar} />
    </form>
  );
}
