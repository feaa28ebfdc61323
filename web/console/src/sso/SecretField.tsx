import { Anchor, Button, Group, Input, PasswordInput, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { SsoConnector } from '../api/types';
import { begun, hasSecret, type Fields } from './fields';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Shown while it is typed, never afterwards: what is stored can be replaced, not read. */
export function SecretField({ saved }: { saved: SsoConnector }) {
  const { t } = useTranslation();
  const { register, resetField, watch, formState: { errors } } = useFormContext<Fields>();
  const stored = !!saved.config.clientSecret;
  const [replacing, setReplacing] = useState(false);
  const typed = watch('clientSecret');
  useEffect(() => setReplacing(false), [saved]);
  if (!hasSecret(saved)) {
    return (
      <Input.Wrapper label={t('sso.fields.clientSecret')} labelElement="div">
        <Text fz="sm" c="dimmed">{t('sso.secret.none')}</Text>
      </Input.Wrapper>
    );
  }
  if (stored && !replacing && !typed) {
    return (
      <Input.Wrapper label={t('sso.fields.clientSecret')} labelElement="div">
        <Group gap="sm">
          <Group gap={6} c="dimmed"><IconLock size={16} aria-hidden="true" /><Text fz="sm">{t('sso.secret.stored')}</Text></Group>
          <Button size="compact-sm" variant="default" onClick={() => setReplacing(true)}>{t('sso.secret.replace')}</Button>
        </Group>
      </Input.Wrapper>
    );
  }
  const isSecretId = saved.providerName === 'AzureAdOidc' && guid.test(typed.trim());
  return (
    <div>
      <PasswordInput
        label={t('sso.fields.clientSecret')}
        description={stored ? t('sso.secret.replaceText') : undefined}
        autoComplete="off"
        spellCheck={false}
        required
        autoFocus={replacing}
        visibilityToggleButtonProps={{ 'aria-label': t('sso.secret.reveal') }}
        error={errors.clientSecret?.message}
        {...register('clientSecret', { validate: (value, all) => stored || !begun(all, saved) || value.trim() !== '' || t('ui.invalid.required') })}
      />
      {isSecretId && <Text fz="xs" c="var(--warning)" mt={4} role="status">{t('sso.secret.isId')}</Text>}
      {stored && (
        <Anchor
          component="button"
          type="button"
          fz="xs"
          mt={6}
          onClick={() => {
            resetField('clientSecret');
            setReplacing(false);
          }}
        >
          {t('sso.secret.keep')}
        </Anchor>
      )}
    </div>
  );
}
