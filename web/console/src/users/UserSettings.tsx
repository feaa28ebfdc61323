import { Button, Card, Group, SimpleGrid, Skeleton, Text, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { User } from '../api/types';
import { jsonObject, jsonText } from '../ui/json';
import { SaveBar } from '../ui/SaveBar';
import { Section } from '../ui/Section';
import { uriFault } from '../ui/uris';
import { useEditing } from '../ui/useEditing';
import { EnterpriseSso } from './EnterpriseSso';
import { Factors } from './Factors';
import { useHasPassword, useUserChanges, type UserPatch } from './queries';
import { isEmail, isPhone, isUsername } from './rules';
import { SocialIdentities } from './SocialIdentities';

interface Fields {
  name: string;
  givenName: string;
  familyName: string;
  avatar: string;
  username: string;
  primaryEmail: string;
  primaryPhone: string;
  customData: string;
}

function fieldsOf(user: User): Fields {
  return {
    name: user.name ?? '',
    givenName: user.profile.givenName ?? '',
    familyName: user.profile.familyName ?? '',
    avatar: user.avatar ?? '',
    username: user.username ?? '',
    primaryEmail: user.primaryEmail ?? '',
    primaryPhone: user.primaryPhone ?? '',
    customData: jsonText(user.customData),
  };
}

/** The profile is replaced as a whole, so what the form does not show is sent along. */
function patchOf(fields: Fields, user: User): UserPatch {
  const { givenName: _given, familyName: _family, ...profile } = user.profile;
  const text = (value: string) => value.trim() || null;
  const part = (key: string, value: string) => (value.trim() ? { [key]: value.trim() } : {});
  return {
    name: text(fields.name),
    avatar: text(fields.avatar),
    username: text(fields.username),
    primaryEmail: text(fields.primaryEmail),
    primaryPhone: text(fields.primaryPhone),
    profile: { ...profile, ...part('givenName', fields.givenName), ...part('familyName', fields.familyName) },
    customData: jsonObject(fields.customData) ?? {},
  };
}

interface SettingsProps {
  user: User;
  tag: string | null;
  reload: () => Promise<User>;
  onReset: () => void;
}

export function UserSettings({ user, tag, reload, onReset }: SettingsProps) {
  const { t } = useTranslation();
  const changes = useUserChanges();
  const labels: Record<keyof Fields, string> = {
    name: t('users.form.name'),
    givenName: t('users.details.givenName'),
    familyName: t('users.details.familyName'),
    avatar: t('users.details.avatar'),
    username: t('users.form.username'),
    primaryEmail: t('users.form.email'),
    primaryPhone: t('users.form.phone'),
    customData: t('users.details.data.label'),
  };
  const { form, submit, conflict, bar } = useEditing<User, Fields>({
    saved: user,
    fieldsOf,
    update: (fields) => changes.update(user.id, patchOf(fields, user), tag),
    reload,
    labelOf: (field) => labels[field],
    fieldOf: (path) => path.replace(/^profile\./, ''),
  });
  const { register, formState: { errors } } = form;
  const rule = (check: (text: string) => boolean, message: string) => ({ validate: (value: string) => !value.trim() || check(value.trim()) || message });
  return (
    <form onSubmit={submit} noValidate>
      {conflict}
      <Card p={0}>
        <Section title={t('users.details.profile.title')} text={t('users.details.profile.text')}>
          <TextInput label={t('users.form.name')} autoComplete="off" maxLength={128} error={errors.name?.message} {...register('name')} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={t('users.details.givenName')} autoComplete="off" error={errors.givenName?.message} {...register('givenName')} />
            <TextInput label={t('users.details.familyName')} autoComplete="off" error={errors.familyName?.message} {...register('familyName')} />
          </SimpleGrid>
          <TextInput label={t('users.details.avatar')} type="url" autoComplete="off" error={errors.avatar?.message} {...register('avatar', rule((text) => !uriFault(text), t('ui.invalid.url')))} />
        </Section>
        <Section title={t('users.details.identifiers.title')} text={t('users.details.identifiers.text')}>
          <TextInput label={t('users.form.username')} autoComplete="off" spellCheck={false} error={errors.username?.message} {...register('username', rule(isUsername, t('ui.invalid.username')))} />
          <TextInput label={t('users.form.email')} type="email" inputMode="email" autoComplete="off" error={errors.primaryEmail?.message} {...register('primaryEmail', rule(isEmail, t('ui.invalid.email')))} />
          <TextInput label={t('users.form.phone')} type="tel" inputMode="tel" autoComplete="off" error={errors.primaryPhone?.message} {...register('primaryPhone', rule(isPhone, t('ui.invalid.phone')))} />
        </Section>
        <Section title={t('users.details.password.title')} text={t('users.details.password.text')}>
          <PasswordState id={user.id} onReset={onReset} />
        </Section>
        <Factors user={user} />
        <SocialIdentities user={user} />
        <EnterpriseSso identities={user.ssoIdentities ?? []} />
        <Section title={t('users.details.data.title')} text={t('users.details.data.text')}>
          <Textarea
            label={t('users.details.data.label')}
            autosize
            minRows={4}
            maxRows={16}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
            error={errors.customData?.message}
            {...register('customData', { validate: (value) => jsonObject(value) !== null || t('ui.invalid.json') })}
          />
        </Section>
      </Card>
      <SaveBar {...bar} />
    </form>
  );
}

function PasswordState({ id, onReset }: { id: string; onReset: () => void }) {
  const { t } = useTranslation();
  const { data, isPending } = useHasPassword(id);
  return (
    <Group justify="space-between">
      {isPending
        ? <Skeleton h={20} w={180} />
        : <Group gap={6}>{data?.hasPassword && <IconCheck size={16} color="var(--success)" aria-hidden="true" />}<Text>{t(data?.hasPassword ? 'users.details.hasPassword' : 'users.details.noPassword')}</Text></Group>}
      <Button variant="default" leftSection={<IconKey size={16} />} onClick={onReset}>{t('users.details.reset')}</Button>
    </Group>
  );
}
