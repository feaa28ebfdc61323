import { Select, TextInput } from '@mantine/core';
import { Controller, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { uriFault } from '../ui/uris';
import { languages } from '../words/i18n';
import type { Fields } from './fields';

export function ContentTab() {
  const { t } = useTranslation();
  const { register, control, watch, formState: { errors } } = useFormContext<Fields>();
  const address = { validate: (value: string) => !value.trim() || (/^https?:/i.test(value.trim()) && !uriFault(value.trim())) || t('ui.invalid.url') };
  const fallback = watch('fallbackLanguage');
  const offered = Object.entries(languages).map(([value, label]) => ({ value, label: label as string }));
  if (!offered.some(({ value }) => value === fallback)) offered.push({ value: fallback, label: fallback });
  return (
    <>
      <Section stacked title={t('experience.languages.title')} text={t('experience.languages.text')}>
        <FormSwitch control={control} name="autoDetect" label={t('experience.autoDetect')} />
        <Controller
          control={control}
          name="fallbackLanguage"
          render={({ field }) => <Select label={t('experience.fallback')} allowDeselect={false} data={offered} value={field.value} onChange={field.onChange} />}
        />
      </Section>
      <Section stacked title={t('experience.terms.title')} text={t('experience.terms.text')}>
        <TextInput label={t('experience.termsUrl')} type="url" placeholder="https://example.com/terms" error={errors.termsOfUseUrl?.message} {...register('termsOfUseUrl', address)} />
        <TextInput label={t('experience.privacyUrl')} type="url" placeholder="https://example.com/privacy" error={errors.privacyPolicyUrl?.message} {...register('privacyPolicyUrl', address)} />
      </Section>
    </>
  );
}
