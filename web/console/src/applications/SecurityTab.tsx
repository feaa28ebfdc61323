import { Card, Checkbox, Stack, Text } from '@mantine/core';
import { useController, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Application } from '../api/types';
import { FormRadios } from '../ui/FormRadios';
import { FormSwitch } from '../ui/FormSwitch';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { ClientAuthentication } from './ClientAuthentication';
import { fieldsOf, isConfidential, isRedirectedTo, patchOf, type Fields, type ResponseType } from './oauth';
import { Profile } from './Profile';
import { useApplicationEditing } from './useApplicationEditing';

const labels = {
  tokenEndpointAuthMethod: 'oauth.authentication.label',
  keySource: 'oauth.keys.source',
  jwks: 'oauth.keys.jwksLabel',
  jwksUri: 'oauth.keys.jwksUriLabel',
  dpop: 'oauth.dpop.title',
  securityProfile: 'oauth.fapi.switch',
  responseTypes: 'oauth.responses.label',
  requirePushedAuthorizationRequests: 'oauth.pushed.switch',
} as const satisfies Record<keyof Fields, string>;

/** What the application has to do to get its tokens, and what whoever steals one can do with it. */
export function SecurityTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { form, submit, conflict, bar } = useApplicationEditing<Fields>(application, { fieldsOf, patchOf, labelOf: (field) => t(labels[field]) });
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <Card p={0}>
        {isConfidential(application) && <ClientAuthentication application={application} form={form} />}
        <Section title={t('oauth.dpop.title')} text={t('oauth.dpop.text')}>
          <FormRadios
            control={form.control}
            name="dpop"
            label={t('oauth.dpop.label')}
            choices={(['off', 'optional', 'required'] as const).map((value) => ({ value, label: t(`oauth.dpop.${value}`), description: t(`oauth.dpop.${value}Text`) }))}
          />
        </Section>
        {isConfidential(application) && <Profile application={application} form={form} />}
        {isRedirectedTo(application) && (
          <Section title={t('oauth.pushed.title')} text={t('oauth.pushed.text')}>
            <FormSwitch control={form.control} name="requirePushedAuthorizationRequests" label={t('oauth.pushed.switch')} description={t('oauth.pushed.switchText')} />
          </Section>
        )}
        {isRedirectedTo(application) && <ResponseTypes form={form} />}
      </Card>
      <SaveBar {...bar} />
    </form>
  );
}

const inOrder: ResponseType[] = ['code', 'code id_token', 'id_token', 'none'];

function ResponseTypes({ form }: { form: UseFormReturn<Fields> }) {
  const { t } = useTranslation();
  const { field, fieldState } = useController({ control: form.control, name: 'responseTypes' });
  const set = (type: ResponseType, on: boolean) => field.onChange(inOrder.filter((each) => (each === type ? on : field.value.includes(each))));
  const inFront = field.value.some((type) => type.includes('id_token'));
  return (
    <Section title={t('oauth.responses.title')} text={t('oauth.responses.text')}>
      <Checkbox.Group label={t('oauth.responses.label')} value={field.value} error={fieldState.error?.message} data-field="responseTypes">
        <Stack gap="sm" mt={6}>
          {inOrder.map((type) => (
            <Checkbox
              key={type}
              value={type}
              label={<Text span ff="monospace" fz={13}>{type}</Text>}
              description={t(`oauth.responses.${type === 'code id_token' ? 'hybrid' : type}`)}
              // The code flow cannot be taken away; an application that registered itself may be without it.
              disabled={type === 'code'}
              onChange={(event) => set(type, event.currentTarget.checked)}
              onBlur={field.onBlur}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {inFront && <Text fz="sm" c="var(--warning)" role="status">{t('oauth.responses.warning')}</Text>}
    </Section>
  );
}
