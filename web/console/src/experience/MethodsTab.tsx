import { ActionIcon, Alert, Button, Card, Checkbox, Group, Menu, Select, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { Controller, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { identifiers, type SignInMethod } from '../api/types';
import { FormSwitch } from '../ui/FormSwitch';
import { Section } from '../ui/Section';
import { EnterpriseSso } from './EnterpriseSso';
import classes from './Experience.module.css';
import { signUpChoices, type Fields } from './fields';

export function MethodsTab() {
  const { t } = useTranslation();
  const { control, watch } = useFormContext<Fields>();
  return (
    <>
      <Section stacked title={t('experience.signUp.title')} text={t('experience.signUp.text')}>
        <FormSwitch control={control} name="registration" label={t('experience.open')} description={t('experience.openText')} />
        {watch('registration') && (
          <Controller
            control={control}
            name="signUpIdentifier"
            render={({ field, fieldState }) => (
              <Select
                label={t('experience.identifier')}
                description={t('experience.identifierText')}
                allowDeselect={false}
                data={signUpChoices.map((value) => ({ value: value || 'none', label: t(`experience.identifiers.${value}` as 'experience.identifiers.username') }))}
                value={field.value || 'none'}
                onChange={(value) => field.onChange(value === 'none' ? '' : value)}
                error={fieldState.error?.message}
              />
            )}
          />
        )}
      </Section>
      <Section stacked title={t('experience.signIn.title')} text={t('experience.signIn.text')}>
        <Controller control={control} name="methods" render={({ field, fieldState }) => <Methods value={field.value} onChange={field.onChange} error={fieldState.error?.message} />} />
      </Section>
      <EnterpriseSso />
    </>
  );
}

function Methods({ value, onChange, error }: { value: SignInMethod[]; onChange: (methods: SignInMethod[]) => void; error?: string }) {
  const { t } = useTranslation();
  const missing = identifiers.filter((identifier) => !value.some((method) => method.identifier === identifier));
  const swap = (one: number, other: number) => onChange(value.with(one, value[other]!).with(other, value[one]!));
  return (
    <Stack gap="xs">
      {value.length === 0 && <Alert color="yellow" variant="light">{t('experience.noMethods')}</Alert>}
      {value.map((method, index) => {
        const what = t(`experience.method.${method.identifier}`);
        const set = (change: Partial<SignInMethod>) => onChange(value.with(index, { ...method, ...change }));
        return (
          <Card key={method.identifier} p="sm" radius="md">
            <Group justify="space-between" gap="sm">
              <div>
                <Text fw={550}>{what}</Text>
                <Group gap="md" mt={6}>
                  <Checkbox
                    size="xs"
                    label={t('experience.password')}
                    checked={method.password}
                    disabled={method.identifier === 'username'}
                    onChange={(event) => set({ password: event.currentTarget.checked, isPasswordPrimary: event.currentTarget.checked && (method.isPasswordPrimary || !method.verificationCode) })}
                  />
                  {method.identifier !== 'username' && (
                    <Checkbox size="xs" label={t('experience.code')} checked={method.verificationCode} onChange={(event) => set({ verificationCode: event.currentTarget.checked })} />
                  )}
                </Group>
              </div>
              <Group gap={2}>
                <ActionIcon variant="subtle" color="gray" className={classes.quiet} disabled={index === 0} aria-label={t('experience.moveUp', { what })} onClick={() => swap(index, index - 1)}><IconArrowUp size={16} /></ActionIcon>
                <ActionIcon variant="subtle" color="gray" className={classes.quiet} disabled={index === value.length - 1} aria-label={t('experience.moveDown', { what })} onClick={() => swap(index, index + 1)}><IconArrowDown size={16} /></ActionIcon>
                <ActionIcon variant="subtle" color="gray" aria-label={t('ui.remove', { what })} onClick={() => onChange(value.filter((_, at) => at !== index))}><IconTrash size={16} /></ActionIcon>
              </Group>
            </Group>
          </Card>
        );
      })}
      {error && <Text c="var(--danger)" fz="sm" role="alert">{error}</Text>}
      {missing.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }}>{t('experience.addMethod')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {missing.map((identifier) => (
              <Menu.Item key={identifier} onClick={() => onChange([...value, { identifier, password: true, verificationCode: false, isPasswordPrimary: true }])}>
                {t(`experience.method.${identifier}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Stack>
  );
}
