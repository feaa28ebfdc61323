import { Anchor, Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application } from '../api/types';
import { useKeys } from '../keys/queries';
import { goToField } from '../ui/FormRadios';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { demandsOf, isFapi, type Demand, type Fields } from './oauth';

type Form = UseFormReturn<Fields>;

/** FAPI 2.0 as one switch, beside what it demands of the settings as they stand in the form. */
export function Profile({ application, form }: { application: Application; form: Form }) {
  const { t } = useTranslation();
  const fields = form.watch();
  const { data: keys } = useKeys('private-keys');
  const signing = keys?.filter(({ status }) => status !== 'Previous').map(({ algorithm }) => algorithm ?? '');
  const list = demandsOf(fields, application, signing);
  const unmet = list.filter(({ met }) => !met);
  const settable = unmet.some(({ demand }) => demand !== 'keys' && demand !== 'redirects' && demand !== 'signing');
  const set = <N extends keyof Fields>(name: N, value: Fields[N]) => form.setValue(name, value as never, { shouldDirty: true });
  const fit = () => {
    set('tokenEndpointAuthMethod', 'private_key_jwt');
    set('dpop', 'required');
    set('responseTypes', ['code']);
  };
  return (
    <Section title={t('oauth.fapi.title')} text={t('oauth.fapi.text')}>
      <FormSwitch
        control={form.control}
        name="securityProfile"
        label={t('oauth.fapi.switch')}
        description={t('oauth.fapi.switchText')}
        // Where it is on already, the other settings can be saved whatever the tenant signs with.
        validate={(on, now) => !on || demandsOf(now, application, isFapi(application) ? undefined : signing).every(({ met }) => met) || t('oauth.fapi.unmet')}
      />
      <div>
        <Text fz="sm" fw={550} id="fapi-demands">{t('oauth.fapi.demands')}</Text>
        <Stack gap={8} mt={8} component="ul" p={0} mb={0} aria-labelledby="fapi-demands" style={{ listStyle: 'none' }}>
          {list.map(({ demand, met }) => <Line key={demand} application={application} demand={demand} met={met} fields={fields} />)}
        </Stack>
        {settable && <Button mt="sm" size="compact-sm" variant="light" onClick={fit}>{t('oauth.fapi.fit')}</Button>}
      </div>
      <Text fz="sm" c="dimmed">{t('oauth.fapi.requests')}</Text>
    </Section>
  );
}

interface LineProps {
  application: Application;
  demand: Demand;
  met: boolean;
  fields: Fields;
}

function Line({ application, demand, met, fields: { tokenEndpointAuthMethod, keySource, securityProfile: on } }: LineProps) {
  const { t } = useTranslation();
  // Keys can be given where their method is chosen.
  const target = { method: 'tokenEndpointAuthMethod', keys: tokenEndpointAuthMethod === 'private_key_jwt' ? keySource : 'tokenEndpointAuthMethod', dpop: 'dpop', code: 'responseTypes' };
  // While the profile is off nothing is wrong yet.
  const Sign = met ? IconCircleCheck : on ? IconCircleX : IconCircleDashed;
  const label = t('oauth.fapi.changeWhat', { what: t(`oauth.fapi.demand.${demand}`) });
  return (
    <Group component="li" gap={8} wrap="nowrap" align="flex-start">
      <Sign size={18} color={met ? 'var(--success)' : on ? 'var(--danger)' : 'var(--mantine-color-dimmed)'} style={{ flexShrink: 0, marginTop: 1 }} aria-hidden />
      <Text fz="sm">
        <VisuallyHidden>{t(met ? 'oauth.fapi.met' : 'oauth.fapi.notMet')} </VisuallyHidden>
        {t(`oauth.fapi.demand.${demand}`)}{' '}
        {!met && (demand === 'redirects' || demand === 'signing'
          ? <Anchor component={Link} to={demand === 'signing' ? '/signing-keys' : `/applications/${application.id}/settings`} fz="sm" underline="always" aria-label={label}>{t('oauth.fapi.change')}</Anchor>
          : <Anchor component="button" type="button" fz="sm" underline="always" aria-label={label} onClick={() => goToField(target[demand])}>{t('oauth.fapi.change')}</Anchor>)}
      </Text>
    </Group>
  );
}
