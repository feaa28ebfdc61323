import { Alert, Button, Card, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import type { SsoConnector } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { Lines } from '../ui/Lines';
import { Step } from '../ui/Step';
import { asksForIssuer, callbackUri, isOffered, missing, startUri, type OfferedProvider } from './connectors';
import { begun, type Fields } from './fields';
import { IssuerField, ParsedSettings } from './Issuer';
import { SecretField } from './SecretField';
import { TestButton } from './TestButton';

export function ConnectionTab({ saved }: { saved: SsoConnector }) {
  const { t } = useTranslation();
  if (!isOffered(saved.providerName)) return <Alert color="blue" variant="light">{t('sso.byApi')}</Alert>;
  return <Steps saved={saved} provider={saved.providerName} />;
}

/** The way through the provider's screens, with each value's field where the value is found. */
function Steps({ saved, provider }: { saved: SsoConnector; provider: OfferedProvider }) {
  const { t } = useTranslation();
  const { origin } = useApi();
  const [guided, setGuided] = useState(missing(saved).includes('connection'));
  const { register, formState: { errors } } = useFormContext<Fields>();
  const required = { validate: (value: string, all: Fields) => !begun(all, saved) || value.trim() !== '' || t('ui.invalid.required') };
  const guide = (part: 'register' | 'clientId' | 'clientSecret' | 'issuer') =>
    guided && <Lines text={t(`sso.guide.${provider}.${part}` as 'sso.guide.OIDC.register')} />;
  const steps: { title: string; content: ReactNode }[] = [
    {
      title: t(`sso.guide.${provider}.title`),
      content: <>{guide('register')}<Copied label={t('sso.callback')} text={t('sso.callbackText')} value={callbackUri(origin, saved.id)} /></>,
    },
    {
      title: t('sso.steps.clientId'),
      content: (
        <>
          {guide('clientId')}
          <TextInput label={t(`sso.clientId.${provider === 'AzureAdOidc' ? 'entra' : 'other'}`)} autoComplete="off" spellCheck={false} required error={errors.clientId?.message} {...register('clientId', required)} />
        </>
      ),
    },
    { title: t('sso.steps.clientSecret'), content: <>{guide('clientSecret')}<SecretField saved={saved} /></> },
    asksForIssuer(provider)
      ? { title: t('sso.steps.issuer'), content: <>{guide('issuer')}<IssuerField saved={saved} rules={required} /></> }
      : { title: t('sso.steps.google'), content: <ParsedSettings saved={saved} /> },
    {
      title: t('sso.steps.scope'),
      content: (
        <TextInput
          label={<>{t('sso.fields.scope')} <Text span c="dimmed" fz="xs">({t('ui.optional')})</Text></>}
          description={t('sso.scopeText')}
          placeholder={provider === 'Okta' ? 'groups' : provider === 'AzureAdOidc' ? 'User.Read' : undefined}
         
          autoComplete="off"
          spellCheck={false}
          {...register('scope')}
        />
      ),
    },
    { title: t('sso.steps.test'), content: <><Text c="dimmed" maw="68ch">{t('sso.test.text')}</Text><TestButton saved={saved} /></> },
  ];
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text c="dimmed" fz="sm" style={{ flex: '1 1 320px' }}>{t('sso.guide.text')}</Text>
        <Button variant="subtle" size="compact-sm" aria-expanded={guided} onClick={() => setGuided(!guided)}>{t(guided ? 'sso.guide.hide' : 'sso.guide.show')}</Button>
      </Group>
      {steps.map(({ title, content }, index) => (
        <Step key={title} number={index + 1} title={title}><Stack gap="md" maw={720}>{content}</Stack></Step>
      ))}
      <Card>
        <Stack gap="sm" maw={720}>
          <Text fw={620}>{t('sso.tile.title')}</Text>
          <Text c="dimmed" fz="sm" maw="68ch">{t('sso.tile.text')}</Text>
          <Copied label={t('sso.tile.label')} value={startUri(origin, saved.id)} />
        </Stack>
      </Card>
    </Stack>
  );
}

function Copied({ label, text, value }: { label: string; text?: string; value: string }) {
  return (
    <div>
      <Text fz="sm" fw={550} mb={4}>{label}</Text>
      <CopyText value={value} what={label} block />
      {text && <Text fz="xs" c="dimmed" mt={4}>{text}</Text>}
    </div>
  );
}
