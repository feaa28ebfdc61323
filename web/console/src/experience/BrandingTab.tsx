import { Button, ColorInput, Group, Textarea, TextInput } from '@mantine/core';
import { Controller, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { uriFault } from '../ui/uris';
import { forDarkMode, isHexColor } from './colors';
import type { Fields } from './fields';

const swatches = ['#0F766E', '#2563EB', '#7C3AED', '#DB2777', '#DC2626', '#EA580C', '#CA8A04', '#16A34A', '#0F172A'];

export function BrandingTab() {
  const { t } = useTranslation();
  const { register, control, formState: { errors }, watch, setValue, getValues } = useFormContext<Fields>();
  const dark = watch('isDarkModeEnabled');
  const address = { validate: (value: string) => !value.trim() || (/^https?:/i.test(value.trim()) && !uriFault(value.trim())) || t('ui.invalid.url') };
  return (
    <>
      <Section stacked title={t('experience.color.title')} text={t('experience.color.text')}>
        <Colour name="primaryColor" label={t('experience.primary')} />
        <FormSwitch control={control} name="isDarkModeEnabled" label={t('experience.darkMode')} description={t('experience.darkModeText')} />
        {dark && (
          <Group align="flex-end" gap="xs">
            <Colour name="darkPrimaryColor" label={t('experience.darkPrimary')} />
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

function Colour({ name, label }: { name: 'primaryColor' | 'darkPrimaryColor'; label: string }) {
  const { t } = useTranslation();
  const { control } = useFormContext<Fields>();
  return (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (value) => isHexColor(value) || t('ui.invalid.color') }}
      render={({ field, fieldState }) => (
        <ColorInput {...field} w={220} label={label} format="hex" swatches={swatches} swatchesPerRow={9} error={fieldState.error?.message} withEyeDropper={false} />
      )}
    />
  );
}
