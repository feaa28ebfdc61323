import { Card, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Application } from '../api/types';
import { jsonObject, jsonText } from '../ui/json';
import { FormSwitch } from '../ui/FormSwitch';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { UriList } from '../ui/UriList';
import { filled, originFault, uriFault } from '../ui/uris';
import { entirely, useSaving } from '../ui/useSaving';
import { useApplicationChanges } from './queries';

interface Fields {
  name: string;
  description: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  corsAllowedOrigins: string[];
  backchannelLogoutUri: string;
  backchannelLogoutSessionRequired: boolean;
  customData: string;
}

function fieldsOf({ name, description, oidcClientMetadata: oidc, customClientMetadata: custom, customData }: Application): Fields {
  return {
    name,
    description: description ?? '',
    redirectUris: oidc.redirectUris,
    postLogoutRedirectUris: oidc.postLogoutRedirectUris,
    corsAllowedOrigins: custom.corsAllowedOrigins ?? [],
    backchannelLogoutUri: oidc.backchannelLogoutUri ?? '',
    backchannelLogoutSessionRequired: oidc.backchannelLogoutSessionRequired ?? false,
    customData: jsonText(customData),
  };
}

/** The two metadata objects are replaced as a whole, so what the form does not show is sent along. */
function patchOf(fields: Fields, application: Application) {
  const backchannel = fields.backchannelLogoutUri.trim();
  const { backchannelLogoutUri: _, ...oidc } = application.oidcClientMetadata;
  return {
    name: fields.name.trim(),
    description: fields.description.trim() || null,
    oidcClientMetadata: {
      ...oidc,
      redirectUris: filled(fields.redirectUris),
      postLogoutRedirectUris: filled(fields.postLogoutRedirectUris),
      ...(backchannel ? { backchannelLogoutUri: backchannel } : {}),
      backchannelLogoutSessionRequired: fields.backchannelLogoutSessionRequired,
    },
    customClientMetadata: { ...application.customClientMetadata, corsAllowedOrigins: filled(fields.corsAllowedOrigins) },
    customData: jsonObject(fields.customData) ?? {},
  };
}

/** `oidcClientMetadata.redirectUris.0` of an answer is the field `redirectUris` here. */
const fieldOf = (path: string) => {
  const [first, second] = path.split('.');
  return /Metadata$/.test(first ?? '') && second ? second : (first ?? path);
};

export function SettingsTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  const changes = useApplicationChanges();
  const form = useForm<Fields>({ values: fieldsOf(application), resetOptions: { keepDirtyValues: true } });
  const { control, register, formState: { errors, isDirty } } = form;
  const { saving, save } = useSaving(form, fieldOf);
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      form.reset(fieldsOf(await changes.update(application.id, patchOf(fields, application))), entirely);
      notifications.show({ message: t('ui.saved') });
    }));
  const interactive = application.type !== 'MachineToMachine';
  const mobile = application.type === 'Native';
  return (
    <form onSubmit={submit} noValidate>
      <Card p={0}>
        <Section title={t('applications.details.general.title')} text={t('applications.details.general.text')}>
          <TextInput
            label={t('applications.form.name')}
            required
            maxLength={256}
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <Textarea label={t('applications.form.description')} autosize minRows={2} error={errors.description?.message} {...register('description')} />
        </Section>
        {interactive && (
          <Section title={t('applications.details.uris.title')} text={t('applications.details.uris.text')}>
            <UriList control={control} name="redirectUris" label={t('applications.details.uris.redirect')} description={t('applications.details.uris.redirectText')} placeholder={mobile ? 'com.example.app://callback' : 'https://example.com/callback'} />
            <UriList control={control} name="postLogoutRedirectUris" label={t('applications.details.uris.postSignOut')} description={t('applications.details.uris.postSignOutText')} placeholder={mobile ? 'com.example.app://signed-out' : 'https://example.com/'} />
            {application.type === 'SPA' && (
              <UriList control={control} name="corsAllowedOrigins" label={t('applications.details.uris.cors')} description={t('applications.details.uris.corsText')} placeholder="https://example.com" check={originFault} />
            )}
          </Section>
        )}
        {interactive && !mobile && (
          <Section title={t('applications.details.backchannel.title')} text={t('applications.details.backchannel.text')}>
            <TextInput
              type="url"
              label={t('applications.details.backchannel.uri')}
              placeholder="https://example.com/logout"
              error={errors.backchannelLogoutUri?.message}
              {...register('backchannelLogoutUri', { validate: (value) => !value.trim() || !uriFault(value.trim()) || t('ui.invalid.url') })}
            />
            <FormSwitch control={control} name="backchannelLogoutSessionRequired" label={t('applications.details.backchannel.session')} />
          </Section>
        )}
        <Section title={t('applications.details.data.title')} text={t('applications.details.data.text')}>
          <Textarea
            label={t('applications.details.data.label')}
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
      <SaveBar dirty={isDirty} saving={saving} onDiscard={() => form.reset(fieldsOf(application), entirely)} />
    </form>
  );
}
