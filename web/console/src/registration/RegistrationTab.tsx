import { Alert, Card, Checkbox, NumberInput, Skeleton, Stack, TagsInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Controller, useForm, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { Problem } from '../ui/Problem';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { changed } from '../ui/useEditing';
import { entirely, useSaving } from '../ui/useSaving';
import { Ceiling } from './Ceiling';
import { InitialAccessTokens } from './InitialAccessTokens';
import { clientTypes, useRegistrationChanges, useRegistrationSettings, type RegistrationSettings } from './queries';

/** Clients that register themselves. */
export function RegistrationTab() {
  const found = useRegistrationSettings();
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={420} radius="lg" />;
  return (
    <Stack gap="xl">
      <Settings saved={found.data} />
      <InitialAccessTokens />
      <Ceiling of="registration" />
    </Stack>
  );
}

function Settings({ saved }: { saved: RegistrationSettings }) {
  const { t } = useTranslation();
  const changes = useRegistrationChanges();
  const form = useForm<RegistrationSettings>({ values: saved, resetOptions: { keepDirtyValues: true } });
  const { saving, save } = useSaving(form);
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      form.reset(await changes.save(changed(fields, saved)), entirely);
      notifications.show({ message: t('ui.saved') });
    }));
  const [enabled, invited] = form.watch(['enabled', 'requiresInitialAccessToken']);
  return (
    <form onSubmit={submit} noValidate>
      <Card p={0}>
        <Section title={t('registration.clients.title')} text={t('registration.clients.text')}>
          <FormSwitch control={form.control} name="enabled" label={t('registration.clients.enabled')} description={t('registration.clients.enabledText')} />
          <FormSwitch control={form.control} name="requiresInitialAccessToken" label={t('registration.clients.invited')} description={t('registration.clients.invitedText')} />
          <Alert variant="light" color={enabled && !invited ? 'red' : 'yellow'} icon={<IconAlertTriangle />}>
            {t(invited ? 'registration.clients.risk' : 'registration.clients.riskOpen')}
          </Alert>
        </Section>
        <Section title={t('registration.policy.title')} text={t('registration.policy.text')}>
          <Controller
            control={form.control}
            name="types"
            rules={{ validate: (value) => value.length > 0 || t('registration.policy.oneType') }}
            render={({ field, fieldState }) => (
              <Checkbox.Group label={t('registration.policy.types')} value={field.value} onChange={field.onChange} error={fieldState.error?.message}>
                <Stack gap={8} mt={8}>
                  {clientTypes.map((type) => <Checkbox key={type} value={type} label={t(`registration.types.${type}`)} description={t(`registration.types.${type}Text`)} />)}
                </Stack>
              </Checkbox.Group>
            )}
          />
          <FormSwitch control={form.control} name="allowsDeviceFlow" label={t('registration.policy.device')} description={t('registration.policy.deviceText')} />
          <Controller
            control={form.control}
            name="redirectHosts"
            render={({ field, fieldState }) => (
              <TagsInput
                label={t('registration.policy.hosts')}
                description={t('registration.policy.hostsText')}
                placeholder={field.value.length === 0 ? 'agent.example, *.agent.example, localhost, cursor:' : undefined}
                splitChars={[',', ' ']}
                acceptValueOnBlur
                value={field.value}
                onChange={(hosts) => field.onChange(hosts.map((host) => host.toLowerCase()))}
                onBlur={field.onBlur}
                error={listError(fieldState.error)}
              />
            )}
          />
        </Section>
        <Section title={t('registration.limits.title')} text={t('registration.limits.text')}>
          <Limit control={form.control} name="maxClients" most={100_000} />
          <Limit control={form.control} name="attemptsPerHour" most={10_000} />
          <Limit control={form.control} name="unusedLifetimeInDays" most={365} />
        </Section>
      </Card>
      <SaveBar dirty={form.formState.isDirty} saving={saving} onDiscard={() => form.reset(saved, entirely)} />
    </form>
  );
}

/** The server names the entry that it does not take. */
function listError(error: unknown): string | undefined {
  if (!error || typeof error !== 'object') return undefined;
  const { message } = error as { message?: string };
  return message ?? Object.values(error).map(listError).find(Boolean);
}

function Limit({ control, name, most }: { control: Control<RegistrationSettings>; name: 'maxClients' | 'attemptsPerHour' | 'unusedLifetimeInDays'; most: number }) {
  const { t } = useTranslation();
  return (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (value) => (Number.isInteger(value) && value >= 1 && value <= most) || t('registration.limits.between', { most }) }}
      render={({ field, fieldState }) => (
        <NumberInput
          label={t(`registration.limits.${name}`)}
          description={t(`registration.limits.${name}Text`)}
          min={1}
          max={most}
          clampBehavior="none"
          allowDecimal={false}
          maw={320}
          value={field.value}
          onChange={(value) => field.onChange(value === '' ? NaN : Number(value))}
          onBlur={field.onBlur}
          error={fieldState.error?.message}
        />
      )}
    />
  );
}
