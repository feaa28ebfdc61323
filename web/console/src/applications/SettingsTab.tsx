import { Card, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application } from '../api/types';
import { jsonObject } from '../ui/json';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { UriList } from '../ui/UriList';
import { originFault, uriFault } from '../ui/uris';
import { Logout, WebAddress } from './Logout';
import { fitsFapi, isFapi, isRedirectedTo, isWeb } from './oauth';
import { fieldsOf, labels, patchOf, type Fields } from './settings';
import { useApplicationEditing } from './useApplicationEditing';

const json = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } };

export function SettingsTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { form, submit, conflict, bar } = useApplicationEditing<Fields>(application, { fieldsOf, patchOf, labelOf: (field) => t(labels[field]) });
  const { control, register, formState: { errors } } = form;
  const redirected = isRedirectedTo(application);
  const mobile = application.type === 'Native';
  const example = (path: string) => (mobile ? `com.example.app://${path}` : `https://example.com/${path}`);
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
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
        {redirected && (
          <Section title={t('applications.details.uris.title')} text={t('applications.details.uris.text')}>
            <UriList
              control={control}
              name="redirectUris"
              label={t('applications.details.uris.redirect')}
              description={t('applications.details.uris.redirectText')}
              placeholder={example('callback')}
              {...(isFapi(application) && { check: (uri) => uriFault(uri) ?? (fitsFapi(uri) ? null : 'fapi') })}
            />
            <UriList control={control} name="postLogoutRedirectUris" label={t('applications.details.uris.postSignOut')} description={t('applications.details.uris.postSignOutText')} placeholder={mobile ? example('signed-out') : example('')} />
            {application.type === 'SPA' && (
              <UriList control={control} name="corsAllowedOrigins" label={t('applications.details.uris.cors')} description={t('applications.details.uris.corsText')} placeholder="https://example.com" check={originFault} />
            )}
            {isWeb(application) && <WebAddress form={form} name="initiateLoginUri" example={example('sign-in')} />}
          </Section>
        )}
        {isWeb(application) && <Logout form={form} />}
        <Section title={t('applications.details.data.title')} text={t('applications.details.data.text')}>
          <Textarea
            label={t('applications.details.data.label')}
            autosize
            minRows={4}
            maxRows={16}
            spellCheck={false}
            styles={json}
            error={errors.customData?.message}
            {...register('customData', { validate: (value) => jsonObject(value) !== null || t('ui.invalid.json') })}
          />
        </Section>
      </Card>
      <SaveBar {...bar} />
    </form>
  );
}
