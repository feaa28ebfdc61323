import { Alert, Card, Textarea, TextInput } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { jsonObject } from '../ui/json';
import { Section } from '../ui/Section';
import { longestDescription, longestName } from './CreateModal';
import type { Fields } from './fields';

export function SettingsTab() {
  const { t } = useTranslation();
  const { register, control, watch, formState: { errors } } = useFormContext<Fields>();
  return (
    <Card p={0}>
      <Section title={t('organizations.general.title')} text={t('organizations.general.text')}>
        <TextInput
          label={t('organizations.fields.name')}
          autoComplete="off"
          required
          maxLength={longestName}
          error={errors.name?.message}
          {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
        />
        <Textarea label={t('organizations.fields.description')} autosize minRows={2} maxLength={longestDescription} error={errors.description?.message} {...register('description')} />
      </Section>
      <Section title={t('organizations.mfa.title')} text={t('organizations.mfa.text')}>
        <FormSwitch control={control} name="isMfaRequired" label={t('organizations.fields.isMfaRequired')} description={t('organizations.mfa.switch')} />
        {watch('isMfaRequired') && <Alert color="blue" variant="light" icon={<IconShieldLock />}>{t('organizations.mfa.on')}</Alert>}
      </Section>
      <Section title={t('organizations.data.title')} text={t('organizations.data.text')}>
        <Textarea
          label={t('organizations.data.label')}
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          error={errors.customData?.message}
          {...register('customData', { validate: (value) => jsonObject(value) !== null || t('ui.invalid.json') })}
        />
      </Section>
    </Card>
  );
}
