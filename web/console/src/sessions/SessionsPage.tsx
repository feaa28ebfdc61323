import { Card, Group, NumberInput, Select, Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { entirely, useSaving } from '../ui/useSaving';
import { isLifetime, longest, split, units, type Unit } from './lifetime';
import { useSessionConfig, useSessionConfigChange, type SessionConfig } from './queries';

/** How long a browser stays signed in. */
export function SessionsPage() {
  const { t } = useTranslation();
  const found = useSessionConfig();
  return (
    <>
      <PageHead title={t('sessions.title')} text={t('sessions.text')} />
      {found.error && !found.data && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <Skeleton h={180} radius="lg" />}
      {found.data && <LifetimeForm saved={found.data} />}
    </>
  );
}

function LifetimeForm({ saved }: { saved: SessionConfig }) {
  const { t } = useTranslation();
  const change = useSessionConfigChange();
  const form = useForm<{ amount: number | string; unit: Unit }>({ values: split(saved.ttl), resetOptions: { keepDirtyValues: true } });
  const { saving, save } = useSaving(form, (path) => (path === 'ttl' ? 'amount' : path));
  const unit = form.watch('unit');
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      const made = await change({ ttl: Number(fields.amount) * units[fields.unit] });
      form.reset(split(made.ttl), entirely);
      notifications.show({ message: t('ui.saved') });
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Card p={0}>
        <Section title={t('sessions.lifetime.title')} text={t('sessions.lifetime.text')}>
          <Group gap="xs" align="flex-start">
            <Controller
              control={form.control}
              name="amount"
              rules={{ validate: (value) => isLifetime(value, form.getValues('unit')) || t('sessions.lifetime.invalid') }}
              render={({ field, fieldState }) => (
                <NumberInput
                  w={200}
                  label={t('sessions.lifetime.label')}
                  min={1}
                  max={longest / units[unit]}
                  clampBehavior="none"
                  allowDecimal={false}
                  allowNegative={false}
                  error={fieldState.error?.message}
                  {...field}
                />
              )}
            />
            <Controller
              control={form.control}
              name="unit"
              render={({ field }) => (
                <Select
                  w={140}
                  mt={25}
                  aria-label={t('sessions.lifetime.unit')}
                  allowDeselect={false}
                  data={(Object.keys(units) as Unit[]).map((value) => ({ value, label: t(`sessions.lifetime.${value}`) }))}
                  value={field.value}
                  onChange={(value) => field.onChange(value)}
                />
              )}
            />
          </Group>
          <Text fz="sm" c="dimmed">{t('sessions.lifetime.open')}</Text>
          <Text fz="sm" c="dimmed">{t('sessions.lifetime.offline')}</Text>
        </Section>
      </Card>
      <SaveBar dirty={form.formState.isDirty} saving={saving} onDiscard={() => form.reset(split(saved.ttl), entirely)} />
    </form>
  );
}
