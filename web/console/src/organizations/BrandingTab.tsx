import { Alert, Button, Card, Group, Textarea, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Organization, SignInExperience } from '../api/types';
import { ColorField } from '../experience/ColorField';
import { forDarkMode, isHexColor } from '../experience/colors';
import classes from '../experience/Experience.module.css';
import { Preview } from '../experience/Preview';
import { useExperience } from '../experience/queries';
import { CopyText } from '../ui/CopyText';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { uriFault } from '../ui/uris';
import { previewOf, type Fields } from './fields';

const images = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;

/** What the sign-in pages look like for those who come for this organization. */
export function BrandingTab({ saved, isShown }: { saved: Organization; isShown: boolean }) {
  const { t } = useTranslation();
  const { register, formState: { errors } } = useFormContext<Fields>();
  const tenant = useExperience().data;
  const address = { validate: (value: string) => !value.trim() || (/^https?:/i.test(value.trim()) && !uriFault(value.trim())) || t('ui.invalid.url') };
  return (
    <div className={classes.columns}>
      <Card p={0}>
        <Section stacked title={t('organizations.branding.logo')} text={t('organizations.branding.logoText')}>
          {images.map((name) => (
            <TextInput key={name} label={t(`organizations.fields.${name}`)} type="url" placeholder="https://example.com/logo.svg" error={errors[name]?.message} {...register(name, address)} />
          ))}
        </Section>
        <Colors tenant={tenant} />
        <Section stacked title={t('experience.css.title')} text={t('organizations.branding.cssText')}>
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
        <Section stacked title={t('organizations.branding.when')} text={t('organizations.branding.whenText')}>
          <CopyText value={`organization_id=${saved.id}`} what="organization_id" block />
        </Section>
      </Card>
      {isShown && tenant && <LivePreview tenant={tenant} />}
    </div>
  );
}

/** Of an organization or an application: fields of the form around it. */
export function Colors({ tenant }: { tenant: SignInExperience | undefined }) {
  const { t } = useTranslation();
  const { control, watch, setValue, getValues } = useFormContext<Fields>();
  const own = watch('ownColors');
  /** The tenant's are where one begins. */
  const begin = (isOwn: boolean) => {
    if (!isOwn || !tenant) return;
    if (!getValues('primaryColor')) setValue('primaryColor', tenant.color.primaryColor, { shouldDirty: true });
    if (!getValues('darkPrimaryColor')) setValue('darkPrimaryColor', tenant.color.darkPrimaryColor, { shouldDirty: true });
  };
  return (
    <Section stacked title={t('experience.color.title')} text={t('experience.color.text')}>
      <FormSwitch control={control} name="ownColors" label={t('organizations.fields.ownColors')} description={t('organizations.branding.ownColorsText')} onSwitch={begin} />
      {own && (
        <>
          <ColorField control={control} name="primaryColor" label={t('experience.primary')} />
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
          {tenant && !tenant.color.isDarkModeEnabled && <Alert color="blue" variant="light" icon={<IconInfoCircle />}>{t('organizations.branding.noDark')}</Alert>}
        </>
      )}
    </Section>
  );
}

export function LivePreview({ tenant }: { tenant: SignInExperience }) {
  const fields = useWatch<Fields>() as Fields;
  const readable = !fields.ownColors || (isHexColor(fields.primaryColor) && isHexColor(fields.darkPrimaryColor));
  return <Preview {...(readable ? { settings: previewOf(fields, tenant) } : {})} dark={tenant.color.isDarkModeEnabled} />;
}
