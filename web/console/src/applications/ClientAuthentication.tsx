import { Alert, Anchor, Badge, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application } from '../api/types';
import { FormRadios } from '../ui/FormRadios';
import { Section } from '../ui/Section';
import { webFault } from '../ui/uris';
import { kindOf, publicKeys, readKeys } from './jwks';
import type { Fields } from './oauth';
import { useSecrets } from './queries';

type Form = UseFormReturn<Fields>;

const methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'] as const;

/** How a confidential application proves itself. */
export function ClientAuthentication({ application, form }: { application: Application; form: Form }) {
  const { t } = useTranslation();
  const method = form.watch('tokenEndpointAuthMethod');
  return (
    <Section title={t('oauth.authentication.title')} text={t('oauth.authentication.text')}>
      <FormRadios
        control={form.control}
        name="tokenEndpointAuthMethod"
        label={t('oauth.authentication.label')}
        choices={[
          { value: '', label: t('oauth.authentication.any'), description: t('oauth.authentication.anyText') },
          ...methods.map((value) => ({ value, label: t(`oauth.authentication.${value}`), description: t(`oauth.authentication.${value}_text`) })),
        ]}
      />
      {method === 'private_key_jwt' ? <ClientKeys form={form} /> : <SecretsNote application={application} />}
    </Section>
  );
}

/** What there is to prove itself with; expired secrets are refused by name. */
function SecretsNote({ application }: { application: Application }) {
  const { t, i18n } = useTranslation();
  const { data: secrets } = useSecrets(application.id, true);
  if (!secrets) return null;
  const expired = secrets.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= Date.now());
  const names = new Intl.ListFormat(i18n.language).format(expired.map(({ name }) => name));
  const to = <Anchor component={Link} to={`/applications/${application.id}/credentials`} fz="sm" underline="always">{t('oauth.secrets.go')}</Anchor>;
  if (expired.length === secrets.length) {
    return <Alert color="yellow" variant="light">{t(secrets.length === 0 ? 'oauth.secrets.none' : 'oauth.secrets.allExpired')} {to}</Alert>;
  }
  return <Text fz="sm" c="dimmed">{expired.length > 0 ? t('oauth.secrets.someExpired', { names }) : t('oauth.secrets.text')} {to}</Text>;
}

function ClientKeys({ form }: { form: Form }) {
  const { t } = useTranslation();
  const source = form.watch('keySource');
  return (
    <Stack gap="md">
      <FormRadios
        control={form.control}
        name="keySource"
        label={t('oauth.keys.source')}
        choices={(['jwks', 'jwksUri'] as const).map((value) => ({ value, label: t(`oauth.keys.${value}`), description: t(`oauth.keys.${value}Text`) }))}
      />
      {source === 'jwks' ? <PastedKeys form={form} /> : (
        <TextInput
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          required
          label={t('oauth.keys.jwksUriLabel')}
          placeholder="https://example.com/.well-known/jwks.json"
          error={form.formState.errors.jwksUri?.message}
          {...form.register('jwksUri', { validate: (value) => !webFault(value.trim()) || t('ui.invalid.secureUrl') })}
        />
      )}
    </Stack>
  );
}

const example = '{\n  "keys": [\n    { "kty": "EC", "crv": "P-256", "kid": "2026-01", "x": "…", "y": "…" }\n  ]\n}';

/** Public keys as text; which they are is shown as soon as they can be read. */
function PastedKeys({ form }: { form: Form }) {
  const { t } = useTranslation();
  const text = form.watch('jwks');
  const { keys, fault } = readKeys(text);
  const told = (value: string) => {
    const read = readKeys(value);
    return !read.fault || t(`oauth.keys.fault.${read.fault}`, { at: read.at ?? 1 });
  };
  const unsafe = fault === 'private';
  const error = form.formState.errors.jwks?.message ?? (unsafe ? String(told(text)) : undefined);
  return (
    <div>
      <Textarea
        label={t('oauth.keys.jwksLabel')}
        description={t('oauth.keys.jwksHelp')}
        required
        autosize
        minRows={6}
        maxRows={20}
        autoComplete="off"
        spellCheck={false}
        placeholder={example}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        error={error}
        {...form.register('jwks', { validate: told })}
      />
      {unsafe && (
        <Button size="compact-sm" variant="light" mt={6} onClick={() => form.setValue('jwks', publicKeys(text), { shouldDirty: true, shouldValidate: true })}>
          {t('oauth.keys.keepPublic')}
        </Button>
      )}
      {!fault && (
        <Group gap={6} mt="xs" component="ul" p={0} m={0} aria-label={t('oauth.keys.read')} style={{ listStyle: 'none' }}>
          {keys.map((key, index) => (
            <Badge key={index} component="li" variant="light" color="gray" radius="sm" tt="none" fw={500} leftSection={<IconKey size={12} />} maw="100%">
              {[key.kid ?? t('oauth.keys.noId'), kindOf(key), key.alg].filter(Boolean).join(' · ')}
            </Badge>
          ))}
        </Group>
      )}
    </div>
  );
}
