import { Card, NumberInput, Text } from '@mantine/core';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Application, CustomClientMetadata } from '../api/types';
import { FormSwitch } from '../ui/FormSwitch';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { useApplicationEditing } from './useApplicationEditing';

interface Fields {
  refreshTokenTtlInDays: number | string;
  rotateRefreshToken: boolean;
  alwaysIssueRefreshToken: boolean;
  idTokenTtl: number | string;
  standardClaims: boolean;
  allowTokenExchange: boolean;
  maxAllowedGrants: number | string;
}

/** Who has registered itself has only the standard to go by. */
const standardUnlessSet = ({ source }: Application) => source === 'Registered';

/** What the server does where nothing is set is shown as if it were. */
function fieldsOf(application: Application): Fields {
  const custom = application.customClientMetadata;
  return {
    refreshTokenTtlInDays: custom.refreshTokenTtlInDays ?? 14,
    rotateRefreshToken: custom.rotateRefreshToken ?? true,
    alwaysIssueRefreshToken: custom.alwaysIssueRefreshToken ?? false,
    idTokenTtl: custom.idTokenTtl ?? 3600,
    standardClaims: custom.standardClaims ?? standardUnlessSet(application),
    allowTokenExchange: custom.allowTokenExchange ?? false,
    maxAllowedGrants: custom.maxAllowedGrants ?? '',
  };
}

function metadataOf(fields: Fields, application: Application): CustomClientMetadata {
  const { maxAllowedGrants: _, standardClaims: __, ...rest } = application.customClientMetadata;
  const { allowTokenExchange } = fields;
  // A machine has no users that sign in, and none of the tokens of that.
  if (application.type === 'MachineToMachine') return { ...application.customClientMetadata, allowTokenExchange };
  return {
    ...rest,
    refreshTokenTtlInDays: Number(fields.refreshTokenTtlInDays),
    rotateRefreshToken: fields.rotateRefreshToken,
    alwaysIssueRefreshToken: fields.alwaysIssueRefreshToken,
    idTokenTtl: Number(fields.idTokenTtl),
    ...(fields.standardClaims === standardUnlessSet(application) ? {} : { standardClaims: fields.standardClaims }),
    ...(application.isThirdParty ? {} : { allowTokenExchange }),
    ...(fields.maxAllowedGrants === '' ? {} : { maxAllowedGrants: Number(fields.maxAllowedGrants) }),
  };
}

const labels = {
  refreshTokenTtlInDays: 'applications.tokens.ttl',
  rotateRefreshToken: 'applications.tokens.rotate',
  alwaysIssueRefreshToken: 'applications.tokens.always',
  idTokenTtl: 'applications.tokens.idTtl',
  standardClaims: 'applications.tokens.standard',
  allowTokenExchange: 'applications.tokens.allowExchange',
  maxAllowedGrants: 'applications.tokens.maxGrants',
} as const satisfies Record<keyof Fields, string>;

export function TokensTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  const machine = application.type === 'MachineToMachine';
  const { form, submit, conflict, bar } = useApplicationEditing<Fields>(application, {
    fieldsOf,
    patchOf: (fields) => ({ customClientMetadata: metadataOf(fields, application) }),
    labelOf: (field) => t(labels[field]),
  });
  const { control } = form;
  const number = (name: 'refreshTokenTtlInDays' | 'idTokenTtl' | 'maxAllowedGrants', description: string, min: number, max: number, optional = false) => (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (value) => (optional && value === '') || (value !== '' && Number(value) >= min && Number(value) <= max) || t('ui.invalid.number', { min, max }) }}
      render={({ field, fieldState }) => (
        <NumberInput {...field} label={t(labels[name])} description={description} error={fieldState.error?.message} allowDecimal={false} allowNegative={false} maw={320} clampBehavior="none" />
      )}
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <Card p={0}>
        {machine && (
          <Section title={t('oauth.access.title')}>
            <Text fz="sm" c="dimmed">{t('applications.tokens.machine')}</Text>
          </Section>
        )}
        {!machine && (
          <>
            <Section title={t('applications.tokens.refresh.title')} text={t('applications.tokens.refresh.text')}>
              {number('refreshTokenTtlInDays', t('applications.tokens.ttlText'), 1, 180)}
              <FormSwitch control={control} name="rotateRefreshToken" label={t(labels.rotateRefreshToken)} description={t('applications.tokens.rotateText')} />
              <FormSwitch control={control} name="alwaysIssueRefreshToken" label={t(labels.alwaysIssueRefreshToken)} description={t('applications.tokens.alwaysText')} />
            </Section>
            <Section title={t('applications.tokens.id.title')} text={t('applications.tokens.id.text')}>
              {number('idTokenTtl', t('applications.tokens.idTtlText'), 60, 31_536_000)}
              <FormSwitch control={control} name="standardClaims" label={t(labels.standardClaims)} description={t('applications.tokens.standardText')} />
            </Section>
            <Section title={t('oauth.grants.title')} text={t('oauth.grants.text')}>
              {number('maxAllowedGrants', t('applications.tokens.maxGrantsText'), 1, 1_000_000, true)}
            </Section>
          </>
        )}
        {!application.isThirdParty && (
          <Section title={t('oauth.exchange.title')} text={t('oauth.exchange.text')}>
            <FormSwitch control={control} name="allowTokenExchange" label={t(labels.allowTokenExchange)} description={t('applications.tokens.allowExchangeText')} />
          </Section>
        )}
      </Card>
      <SaveBar {...bar} />
    </form>
  );
}
