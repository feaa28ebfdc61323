import { Card, Skeleton, Textarea, TextInput } from '@mantine/core';
import { FormProvider } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationLook } from '../api/types';
import classes from '../experience/Experience.module.css';
import { useExperience } from '../experience/queries';
import { Colors, LivePreview } from '../organizations/BrandingTab';
import { Problem } from '../ui/Problem';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { uriFault } from '../ui/uris';
import { useEditing } from '../ui/useEditing';
import { useLook } from './access';
import { fieldOf, fieldsOf, images, lookOf, type Fields } from './look';

/** How the application shows itself to who signs in to it, and to who is asked for consent. */
export function LookTab({ application }: { application: Application }) {
  const look = useLook(application.id);
  const { found } = look;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={480} radius="lg" />;
  return (
    <LookForm
      application={application}
      saved={found.data.value}
      save={look.save}
      reload={async () => (await found.refetch({ throwOnError: true })).data!.value}
    />
  );
}

interface FormProps {
  application: Application;
  saved: ApplicationLook;
  save: (look: ApplicationLook) => Promise<unknown>;
  reload: () => Promise<ApplicationLook>;
}

function LookForm({ application, saved, save, reload }: FormProps) {
  const { t } = useTranslation();
  const tenant = useExperience().data;
  const editing = useEditing<ApplicationLook, Fields>({
    saved,
    fieldsOf,
    fieldOf,
    reload,
    update: (fields) => save(lookOf(fields)),
    labelOf: (field) => t(`access.look.fields.${field}`),
  });
  const { register, formState: { errors } } = editing.form;
  const address = { validate: (value: string) => !value.trim() || (/^https?:/i.test(value.trim()) && !uriFault(value.trim())) || t('ui.invalid.url') };
  const url = (name: 'termsOfUseUrl' | 'privacyPolicyUrl' | (typeof images)[number], placeholder: string) => (
    <TextInput key={name} label={t(`access.look.fields.${name}`)} type="url" placeholder={placeholder} error={errors[name]?.message} {...register(name, address)} />
  );
  return (
    <FormProvider {...editing.form}>
      <form onSubmit={editing.submit} noValidate>
        {editing.conflict}
        <div className={classes.columns}>
          <Card p={0}>
            <Section stacked title={t('access.look.name')} text={t('access.look.nameText')}>
              <TextInput label={t('access.look.fields.displayName')} placeholder={application.name} maxLength={256} error={errors.displayName?.message} {...register('displayName')} />
              {url('termsOfUseUrl', 'https://example.com/terms')}
              {url('privacyPolicyUrl', 'https://example.com/privacy')}
            </Section>
            <Section stacked title={t('organizations.branding.logo')} text={t('access.look.logoText')}>
              {images.map((name) => url(name, 'https://example.com/logo.svg'))}
            </Section>
            <Colors tenant={tenant} />
            <Section stacked title={t('experience.css.title')} text={t('access.look.cssText')}>
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
          </Card>
          {tenant && <LivePreview tenant={tenant} />}
        </div>
        <SaveBar {...editing.bar} />
      </form>
    </FormProvider>
  );
}
