import { Card, NumberInput, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Application, CustomClientMetadata } from '../api/types';
import { FormSwitch } from '../ui/FormSwitch';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { entirely, useSaving } from '../ui/useSaving';
import { useApplicationChanges } from './queries';

interface Fields {
  refreshTokenTtlInDays: number | string;
  rotateRefreshToken: boolean;
  alwaysIssueRefreshToken: boolean;
  idTokenTtl: number | string;
  allowTokenExchange: boolean;
  maxAllowedGrants: number | string;
}

/** What the server does where nothing is set is shown as if it were. */
function fieldsOf({ customClientMetadata: custom }: Application): Fields {
  return {
    refreshTokenTtlInDays: custom.refreshTokenTtlInDays ?? 14,
    rotateRefreshToken: custom.rotateRefreshToken ?? true,
    alwaysIssueRefreshToken: custom.alwaysIssueRefreshToken ?? false,
    idTokenTtl: custom.idTokenTtl ?? 3600,
    allowTokenExchange: custom.allowTokenExchange ?? false,
    maxAllowedGrants: custom.maxAllowedGrants ?? '',
  };
}

function metadataOf(fields: Fields, application: Application): CustomClientMetadata {
  const { maxAllowedGrants: _, ...rest } = application.customClientMetadata;
  return {
    ...rest,
    refreshTokenTtlInDays: Number(fields.refreshTokenTtlInDays),
    rotateRefreshToken: fields.rotateRefreshToken,
    alwaysIssueRefreshToken: fields.alwaysIssueRefreshToken,
    idTokenTtl: Number(fields.idTokenTtl),
    ...(application.isThirdParty ? {} : { allowTokenExchange: fields.allowTokenExchange }),
    ...(fields.maxAllowedGrants === '' ? {} : { maxAllowedGrants: Number(fields.maxAllowedGrants) }),
  };
}

export function TokensTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  const changes = useApplicationChanges();
  const form = useForm<Fields>({ values: fieldsOf(application), resetOptions: { keepDirtyValues: true } });
  const { control, formState: { isDirty } } = form;
  const { saving, save } = useSaving(form, (path) => path.replace(/^customClientMetadata\./, ''));
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      form.reset(fieldsOf(await changes.update(application.id, { customClientMetadata: metadataOf(fields, application) })), entirely);
      notifications.show({ message: t('ui.saved') });
    }));
  if (application.type === 'MachineToMachine') {
    return <Card><Text c="dimmed">{t('applications.tokens.machine')}</Text></Card>;
  }
  const number = (name: 'refreshTokenTtlInDays' | 'idTokenTtl' | 'maxAllowedGrants', label: string, description: string, min: number, max: number, optional = false) => (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (value) => (optional && value === '') || (value !== '' && Number(value) >= min && Number(value) <= max) || t('ui.invalid.number', { min, max }) }}
      render={({ field, fieldState }) => (
        <NumberInput {...field} label={label} description={description} error={fieldState.error?.message} allowDecimal={false} allowNegative={false} maw={320} clampBehavior="none" />
      )}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      <Card p={0}>
        <Section title={t('applications.tokens.refresh.title')} text={t('applications.tokens.refresh.text')}>
          {number('refreshTokenTtlInDays', t('applications.tokens.ttl'), t('applications.tokens.ttlText'), 1, 180)}
          <FormSwitch control={control} name="rotateRefreshToken" label={t('applications.tokens.rotate')} description={t('applications.tokens.rotateText')} />
          <FormSwitch control={control} name="alwaysIssueRefreshToken" label={t('applications.tokens.always')} description={t('applications.tokens.alwaysText')} />
        </Section>
        <Section title={t('applications.tokens.id.title')} text={t('applications.tokens.id.text')}>
          {number('idTokenTtl', t('applications.tokens.idTtl'), t('applications.tokens.idTtlText'), 60, 31_536_000)}
        </Section>
        <Section title={t('applications.tokens.exchange.title')} text={t('applications.tokens.exchange.text')}>
          {!application.isThirdParty && (
            <FormSwitch control={control} name="allowTokenExchange" label={t('applications.tokens.allowExchange')} description={t('applications.tokens.allowExchangeText')} />
          )}
          {number('maxAllowedGrants', t('applications.tokens.maxGrants'), t('applications.tokens.maxGrantsText'), 1, 1_000_000, true)}
        </Section>
      </Card>
      <SaveBar dirty={isDirty} saving={saving} onDiscard={() => form.reset(fieldsOf(application), entirely)} />
    </form>
  );
}
