import { Alert, Button, Group, Input, PasswordInput, SegmentedControl, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Controller, FormProvider, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { useEditing } from '../ui/useEditing';
import { configOf, fieldsOf, needsPassword, type Encryption, type Fields } from './fields';
import { presetOf, presets } from './presets';
import { useEmailChanges, type Connector, type Email } from './queries';
import { TestSend } from './TestSend';

/** Also for a mail server that is not there yet. */
export function SettingsForm({ email, reload }: { email: Email; reload: () => Promise<Email> }) {
  const { t } = useTranslation();
  const { save } = useEmailChanges();
  const editing = useEditing<Connector | null, Fields>({
    saved: email.connector,
    fieldsOf,
    update: (fields) => save(email, configOf(fields, email.connector)),
    reload: async () => (await reload()).connector,
    labelOf: (field) => t(`connectors.fields.${field}`),
    fieldOf: (path) => fieldOfPath[path] ?? path,
  });
  const { form, submit, conflict, bar } = editing;
  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {conflict}
        <Server connector={email.connector} />
        <Sender />
        <Section title={t('connectors.test.title')} text={t('connectors.test.text')}>
          <TestSend config={() => configOf(form.getValues(), email.connector)} ready={() => form.trigger()} />
        </Section>
        <SaveBar {...bar} {...(email.connector ? {} : { action: t('connectors.create') })} />
      </form>
    </FormProvider>
  );
}

const fieldOfPath: Record<string, string> = { 'auth.user': 'user', 'auth.pass': 'password', fromEmail: 'fromAddress', secure: 'encryption' };

function Server({ connector }: { connector: Connector | null }) {
  const { t } = useTranslation();
  const { register, control, setValue, watch, formState: { errors } } = useFormContext<Fields>();
  const preset = presetOf(watch('host'));
  const encryption = watch('encryption');
  const required = { validate: (value: string) => value.trim() !== '' || t('ui.invalid.required') };
  const choose = (id: string | null) => {
    const chosen = presets.find((each) => each.id === id);
    if (!chosen) return;
    const set = (name: keyof Fields, value: string) => setValue(name, value, { shouldDirty: true, shouldValidate: true });
    set('host', chosen.host);
    set('port', String(chosen.port));
    set('encryption', chosen.encryption);
    if (chosen.user) set('user', chosen.user);
  };
  return (
    <Section title={t('connectors.server.title')} text={t('connectors.server.text')}>
      <Select
        label={t('connectors.fields.preset')}
        description={t('connectors.presetText')}
        placeholder={t('connectors.presetOther')}
        data={presets.map(({ id, name }) => ({ value: id, label: name }))}
        value={preset?.id ?? null}
        onChange={choose}
        allowDeselect={false}
      />
      {preset && <Alert variant="light" color="blue">{t(`connectors.presets.${preset.id}`)}</Alert>}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <TextInput label={t('connectors.fields.host')} placeholder="smtp.example.com" autoComplete="off" spellCheck={false} required error={errors.host?.message} {...register('host', required)} />
        <TextInput
          label={t('connectors.fields.port')}
          inputMode="numeric"
          autoComplete="off"
          required
          error={errors.port?.message}
          {...register('port', { validate: (value) => (/^\d{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65_535) || t('ui.invalid.number', { min: 1, max: 65_535 }) })}
        />
      </SimpleGrid>
      <Input.Wrapper label={t('connectors.fields.encryption')} labelElement="div" description={t(`connectors.encryptionText.${encryption}`)} inputWrapperOrder={['label', 'input', 'description']}>
        <Controller
          control={control}
          name="encryption"
          render={({ field }) => (
            <SegmentedControl
              display="flex"
              w="fit-content"
              mb={6}
              value={field.value}
              onChange={(value) => field.onChange(value as Encryption)}
              data={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`connectors.encryption.${value}`) }))}
            />
          )}
        />
      </Input.Wrapper>
      <TextInput label={<>{t('connectors.fields.user')} <Text span c="dimmed" fz="xs">({t('ui.optional')})</Text></>} autoComplete="off" spellCheck={false} error={errors.user?.message} {...register('user')} />
      <Password connector={connector} />
    </Section>
  );
}

/** Shown while it is typed, never afterwards: what is stored can be replaced. */
function Password({ connector }: { connector: Connector | null }) {
  const { t } = useTranslation();
  const { register, watch, formState: { errors } } = useFormContext<Fields>();
  const [replacing, setReplacing] = useState(false);
  const fields = watch();
  useEffect(() => setReplacing(false), [connector]);
  if (!fields.user.trim()) return null;
  if (!needsPassword(fields, connector) && !replacing && !fields.password) {
    return (
      <Input.Wrapper label={t('connectors.fields.password')} labelElement="div">
        <Group gap="sm">
          <Group gap={6} c="dimmed"><IconLock size={16} aria-hidden="true" /><Text fz="sm">{t('connectors.password.stored')}</Text></Group>
          <Button size="compact-sm" variant="default" onClick={() => setReplacing(true)}>{t('connectors.password.replace')}</Button>
        </Group>
      </Input.Wrapper>
    );
  }
  return (
    <PasswordInput
      label={t('connectors.fields.password')}
      autoComplete="off"
      required
      autoFocus={replacing}
      visibilityToggleButtonProps={{ 'aria-label': t('connectors.password.reveal') }}
      error={errors.password?.message}
      {...register('password', { validate: (value, all) => !needsPassword(all, connector) || value !== '' || t('ui.invalid.required') })}
    />
  );
}

const address = /^[^\s@<>(),:;"[\]\\]+@[^\s@<>]+\.[^\s@<>.]+$/;

function Sender() {
  const { t } = useTranslation();
  const { register, formState: { errors } } = useFormContext<Fields>();
  return (
    <Section title={t('connectors.sender.title')} text={t('connectors.sender.text')}>
      <TextInput label={<>{t('connectors.fields.fromName')} <Text span c="dimmed" fz="xs">({t('ui.optional')})</Text></>} placeholder="Example" autoComplete="off" {...register('fromName')} />
      <TextInput
        label={t('connectors.fields.fromAddress')}
        placeholder="noreply@example.com"
        inputMode="email"
        autoComplete="off"
        spellCheck={false}
        required
        error={errors.fromAddress?.message}
        {...register('fromAddress', { validate: (value) => address.test(value.trim()) || t('ui.invalid.email') })}
      />
      <TextInput
        label={<>{t('connectors.fields.replyTo')} <Text span c="dimmed" fz="xs">({t('ui.optional')})</Text></>}
        placeholder="help@example.com"
        autoComplete="off"
        spellCheck={false}
        error={errors.replyTo?.message}
        {...register('replyTo', { validate: (value) => value.trim() === '' || address.test(value.trim()) || /<[^<>@\s]+@[^<>\s]+>$/.test(value.trim()) || t('ui.invalid.email') })}
      />
    </Section>
  );
}
