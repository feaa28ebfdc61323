import { Alert, Card, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Controller, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { SsoConnector } from '../api/types';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { uriFault } from '../ui/uris';
import { DomainsInput } from './DomainsInput';
import { begun, type Fields } from './fields';
import classes from './sso.module.css';

export function ExperienceTab({ saved }: { saved: SsoConnector }) {
  const { t } = useTranslation();
  const { register, control, watch, formState: { errors } } = useFormContext<Fields>();
  const image = { validate: (value: string) => !value.trim() || (/^(https?:|data:image\/)/i.test(value.trim()) && !uriFault(value.trim().replace(/^data:.*/i, 'https://data'))) || t('ui.invalid.url') };
  const connected = begun(watch(), saved);
  return (
    <Card p={0}>
      <Section title={t('sso.general.title')} text={t('sso.general.text')}>
        <TextInput
          label={t('sso.fields.connectorName')}
          description={t('sso.create.nameText')}
          autoComplete="off"
          required
          maxLength={128}
          error={errors.connectorName?.message}
          {...register('connectorName', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
        />
      </Section>
      <Section title={t('sso.domains.title')} text={t('sso.domains.about')}>
        <DomainsInput connectorId={saved.id} />
      </Section>
      <Section title={t('sso.look.title')} text={t('sso.look.text')}>
        <TextInput label={t('sso.fields.displayName')} placeholder={saved.name} autoComplete="off" maxLength={128} error={errors.displayName?.message} {...register('displayName')} />
        <TextInput label={t('sso.fields.logo')} type="url" placeholder="https://example.com/logo.svg" autoComplete="off" error={errors.logo?.message} {...register('logo', image)} />
        <TextInput label={t('sso.fields.darkLogo')} type="url" placeholder="https://example.com/logo-dark.svg" autoComplete="off" error={errors.darkLogo?.message} {...register('darkLogo', image)} />
        <Tiles saved={saved} />
      </Section>
      <Section title={t('sso.sync.title')} text={t('sso.sync.text')}>
        <Controller
          control={control}
          name="syncProfile"
          render={({ field }) => (
            <Radio.Group aria-label={t('sso.sync.title')} value={field.value} onChange={field.onChange}>
              <Stack gap="sm">
                <Radio value="first" label={t('sso.sync.first')} description={t('sso.sync.firstText')} />
                <Radio value="each" label={t('sso.sync.each')} description={t('sso.sync.eachText')} />
              </Stack>
            </Radio.Group>
          )}
        />
      </Section>
      <Section title={t('sso.trust.title')} text={t('sso.trust.text')}>
        {!connected && <Text fz="sm" c="dimmed">{t('sso.trust.first')}</Text>}
        <fieldset disabled={!connected} style={{ border: 0, padding: 0, margin: 0 }}>
          <FormSwitch control={control} name="trustUnverifiedEmail" label={t('sso.fields.trustUnverifiedEmail')} description={t('sso.trust.switch')} />
        </fieldset>
        {saved.providerName === 'AzureAdOidc' && !watch('trustUnverifiedEmail') && (
          <Alert color="blue" variant="light" icon={<IconInfoCircle />}>{t('sso.trust.entra')}</Alert>
        )}
        {watch('trustUnverifiedEmail') && <Alert color="yellow" variant="light" icon={<IconInfoCircle />}>{t('sso.trust.risk')}</Alert>}
      </Section>
      <Section title={t('sso.tokens.title')} text={t('sso.tokens.text')}>
        <FormSwitch control={control} name="enableTokenStorage" label={t('sso.fields.enableTokenStorage')} description={t('sso.tokens.switch')} />
        {saved.providerName === 'GoogleWorkspace' && (
          <fieldset disabled={!connected} style={{ border: 0, padding: 0, margin: 0 }}>
            <FormSwitch control={control} name="offlineAccess" label={t('sso.fields.offlineAccess')} description={t('sso.tokens.offline')} />
          </fieldset>
        )}
      </Section>
    </Card>
  );
}

/** The button people choose by, as it looks on a light and on a dark page. */
function Tiles({ saved }: { saved: SsoConnector }) {
  const { t } = useTranslation();
  const { watch } = useFormContext<Fields>();
  const [displayName, logo, darkLogo] = watch(['displayName', 'logo', 'darkLogo']);
  const light = logo.trim() || saved.providerLogo;
  const dark = darkLogo.trim() || logo.trim() || saved.providerLogoDark || saved.providerLogo;
  return (
    <div>
      <Text fz="sm" fw={550} mb={6}>{t('sso.look.preview')}</Text>
      <div className={classes.tiles}>
        {([['light', light], ['dark', dark]] as const).map(([scheme, image]) => (
          <div key={scheme} className={classes.tile} data-scheme={scheme} role="img" aria-label={t(`sso.look.${scheme}`)}>
            <Group className={classes.button} wrap="nowrap" gap={10} justify="center">
              <img src={image} alt="" width={20} height={20} style={{ objectFit: 'contain', flexShrink: 0 }} />
              <span>{displayName.trim() || saved.name}</span>
            </Group>
          </div>
        ))}
      </div>
    </div>
  );
}
