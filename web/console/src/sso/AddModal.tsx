import { Button, Group, Modal, Radio, SimpleGrid, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SsoProvider } from '../api/types';
import { Problem } from '../ui/Problem';
import { useSaving } from '../ui/useSaving';
import { useTitle } from '../ui/useTitle';
import { offered, type OfferedProvider } from './connectors';
import { ProviderLogo } from './ProviderLogo';
import { useConnectorChanges, useProviders } from './queries';
import classes from './sso.module.css';

interface Fields {
  provider: OfferedProvider | '';
  connectorName: string;
}

/** Picks the provider and names the connector; what it needs comes on its own page. */
export function AddModal() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const changes = useConnectorChanges();
  const form = useForm<Fields>({ defaultValues: { provider: '', connectorName: '' } });
  const { saving, save } = useSaving(form);
  const { errors } = form.formState;
  useTitle(t('sso.create.title'));
  const submit = form.handleSubmit(({ provider, connectorName }) =>
    save(async () => {
      const made = await changes.create(provider as OfferedProvider, connectorName.trim());
      await navigate(`/enterprise-sso/${made.id}`);
    }));
  return (
    <Modal opened onClose={() => navigate('/enterprise-sso')} size={680} title={t('sso.create.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Controller
            control={form.control}
            name="provider"
            rules={{ validate: (value) => value !== '' || t('sso.create.choose') }}
            render={({ field, fieldState }) => (
              <Radio.Group label={t('sso.create.provider')} value={field.value} onChange={field.onChange} error={fieldState.error?.message}>
                <Providers />
              </Radio.Group>
            )}
          />
          <TextInput
            label={t('sso.create.name')}
            description={t('sso.create.nameText')}
            placeholder={t('sso.create.namePlaceholder')}
            autoComplete="off"
            required
            maxLength={128}
            error={errors.connectorName?.message}
            {...form.register('connectorName', { validate: (value) => value.trim() !== '' || t('ui.invalid.required') })}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => navigate('/enterprise-sso')}>{t('ui.cancel')}</Button>
            <Button type="submit" loading={saving}>{t('sso.create.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Providers() {
  const { t } = useTranslation();
  const providers = useProviders();
  if (providers.error) return <Problem error={providers.error} retry={() => void providers.refetch()} />;
  const found = offered.map((name) => providers.data?.find(({ providerName }) => providerName === name));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={6}>
      {found.map((provider, index) =>
        provider ? <ProviderCard key={provider.providerName} provider={provider} text={t(`sso.providers.${offered[index]!}`)} /> : providers.isPending && <Skeleton key={index} h={84} radius="md" />)}
    </SimpleGrid>
  );
}

function ProviderCard({ provider, text }: { provider: SsoProvider; text: string }) {
  return (
    <Radio.Card value={provider.providerName} p="md" radius="md" className={classes.card} aria-label={provider.name}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ProviderLogo logo={provider.logo} dark={provider.logoDark} size={28} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600}>{provider.name}</Text>
          <Text fz="xs" c="dimmed">{text}</Text>
        </div>
        <Radio.Indicator mt={2} />
      </Group>
    </Radio.Card>
  );
}
