import { Alert, Card, Skeleton, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormSwitch } from '../ui/FormSwitch';
import { Problem } from '../ui/Problem';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { entirely, useSaving } from '../ui/useSaving';
import { Ceiling } from './Ceiling';
import { useCimd, useRegistrationChanges } from './queries';

/** Clients whose id is the address of a document about them. */
export function DocumentsTab() {
  const found = useCimd();
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={320} radius="lg" />;
  return (
    <Stack gap="xl">
      <Switching saved={found.data} />
      <Ceiling of="cimd" />
    </Stack>
  );
}

function Switching({ saved }: { saved: { enabled: boolean } }) {
  const { t } = useTranslation();
  const { switchCimd } = useRegistrationChanges();
  const form = useForm({ values: saved, resetOptions: { keepDirtyValues: true } });
  const { saving, save } = useSaving(form);
  const submit = form.handleSubmit(({ enabled }) =>
    save(async () => {
      await switchCimd(enabled);
      form.reset({ enabled }, entirely);
      notifications.show({ message: t('ui.saved') });
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Card p={0}>
        <Section title={t('registration.documents.title')} text={t('registration.documents.text')}>
          <FormSwitch control={form.control} name="enabled" label={t('registration.documents.enabled')} description={t('registration.documents.enabledText')} />
          <Alert variant="light" color="yellow" icon={<IconAlertTriangle />}>{t('registration.documents.risk')}</Alert>
        </Section>
      </Card>
      <SaveBar dirty={form.formState.isDirty} saving={saving} onDiscard={() => form.reset(saved, entirely)} />
    </form>
  );
}
