import { Card, NumberInput, TextInput } from '@mantine/core';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../ui/CopyText';
import { FormSwitch } from '../ui/FormSwitch';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { changed, useEditing } from '../ui/useEditing';
import { isManagementApi, useResourceChanges, type Resource } from './queries';
import { lifetime } from './useLifetime';

interface Fields {
  name: string;
  accessTokenTtl: number | string;
  isDefault: boolean;
}

const fieldsOf = ({ name, accessTokenTtl, isDefault }: Resource): Fields => ({ name, accessTokenTtl, isDefault });
const [shortest, longest] = [1, 31_536_000];

export function ResourceSettings({ saved, tag, reload }: { saved: Resource; tag: string | null; reload: () => Promise<Resource> }) {
  const { t, i18n } = useTranslation();
  const changes = useResourceChanges();
  const { form, submit, conflict, bar } = useEditing<Resource, Fields>({
    saved,
    fieldsOf,
    reload,
    labelOf: (field) => t(`resources.fields.${field}`),
    update: ({ name, accessTokenTtl, isDefault }) =>
      changes.update(saved.id, changed({ name: name.trim(), accessTokenTtl: Number(accessTokenTtl), isDefault }, fieldsOf(saved) as { name: string; accessTokenTtl: number; isDefault: boolean }), tag),
  });
  const { register, control, formState: { errors } } = form;
  const readOnly = isManagementApi(saved);
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <Card p={0}>
        <Section title={t('resources.general.title')} text={t('resources.general.text')}>
          <TextInput
            label={t('resources.fields.name')}
            autoComplete="off"
            required
            readOnly={readOnly}
            maxLength={256}
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <div>
            <label style={{ fontWeight: 550 }}>{t('resources.columns.indicator')}</label>
            <CopyText block value={saved.indicator} what={t('resources.columns.indicator')} />
          </div>
        </Section>
        <Section title={t('resources.tokens.title')} text={t('resources.tokens.text')}>
          <Controller
            control={control}
            name="accessTokenTtl"
            rules={{ validate: (value) => (value !== '' && Number(value) >= shortest && Number(value) <= longest) || t('ui.invalid.number', { min: shortest, max: longest }) }}
            render={({ field, fieldState }) => (
              <NumberInput
                {...field}
                readOnly={readOnly}
                label={t('resources.fields.accessTokenTtl')}
                description={Number(field.value) > 0 ? t('resources.tokens.ttlText', { lifetime: lifetime(Number(field.value), i18n.language) }) : undefined}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                suffix={` ${t('resources.tokens.seconds')}`}
                error={fieldState.error?.message}
                allowDecimal={false}
                allowNegative={false}
                maw={320}
                clampBehavior="none"
              />
            )}
          />
        </Section>
        {!readOnly && (
          <Section title={t('resources.default.title')} text={t('resources.default.text')}>
            <FormSwitch control={control} name="isDefault" label={t('resources.fields.isDefault')} description={t('resources.default.switchText')} />
          </Section>
        )}
      </Card>
      {!readOnly && <SaveBar {...bar} />}
    </form>
  );
}
