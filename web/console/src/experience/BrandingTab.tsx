import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { uriFault } from '../ui/uris';
import { ColorField } from './ColorField';
import { forDarkMode, isHexColor } from './colors';
import type { Fields } from './fields';

export function BrandingTab() {
  const { t } = useTranslation();
  const { register, control, formState: { errors }, watch, setValue, getValues } = useFormContext<Fields>();
  const dark = watch('isDarkModeEnabled');
  const address = { validate: (value: string) => !value.trim() || (/^https?:/i.test(value.trim()) && !uriFault(value.trim())) || t('ui.invalid.url') };
  return (
    <>
      <Section stacked title={t('experience.color.title')} text={t('experience.color.text')}>
        <ColorField control={control} name="primaryColor" label={t('experience.primary')} />
        <FormSwitch control={control} name="isDarkModeEnabled" label={t('experience.darkMode')} description={t('experience.darkModeText')} />
        {dark && (
          <Group align="flex-end" gap="xs">
            <ColorField control={control} name="darkPrimaryColor" label={t('experience.darkPrimary')} />
            <Button
              variant="default"
              onClick={() => {
                const primary = getValues('primaryColor');
                if (isHexColor(primary)) setValue('darkPrimaryColor', forDarkMode(primary), { shouldDirty: true, shouldValidate: true });
              }}
            >
              {t('experience.derive')}
            </Button>
          </Group>
        )}
      </Section>
      <Section stacked title={t('experience.logo.title')} text={t('experience.logo.text')}>
        <TextInput label={t('experience.logoUrl')} type="url" placeholder="https://example.com/logo.svg" error={errors.logoUrl?.message} {...register('logoUrl', address)} />
        {dark && <TextInput label={t('experience.darkLogoUrl')} type="url" placeholder="https://example.com/logo-dark.svg" error={errors.darkLogoUrl?.message} {...register('darkLogoUrl', address)} />}
        <TextInput label={t('experience.favicon')} type="url" placeholder="https://example.com/favicon.svg" error={errors.favicon?.message} {...register('favicon', address)} />
      </Section>
      <Section stacked title={t('experience.css.title')} text={t('experience.css.text')}>
        <Textarea
          label={t('experience.cssLabel')}
          autosize
          minRows={6}
          maxRows={24}
          spellCheck={false}
          placeholder={'body {\n  background: #f5f5f4;\n}'}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          error={errors.customCss?.message}
          {...register('customCss')}
        />
      </Section>
    </>
  );
}
