import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Application } from '../api/types';
import { useApplicationChanges } from '../applications/queries';
import { UriList } from '../ui/UriList';
import { filled } from '../ui/uris';
import { useSaving } from '../ui/useSaving';
import type { Guide } from './guide';

interface Fields {
  redirectUris: string[];
  postLogoutRedirectUris: string[];
}

const or = (set: string[], proposed: string | undefined) => (set.length > 0 || !proposed ? set : [proposed]);
const same = (one: string[], other: string[]) => one.length === other.length && one.every((entry, index) => entry === other[index]);

/** Sets the addresses inside the guide; what the framework uses by default is proposed. */
export function UriStep({ application, guide }: { application: Application; guide: Guide }) {
  const { t } = useTranslation();
  const changes = useApplicationChanges();
  const saved = application.oidcClientMetadata;
  const form = useForm<Fields>({
    values: {
      redirectUris: or(saved.redirectUris, guide.redirectUri),
      postLogoutRedirectUris: or(saved.postLogoutRedirectUris, guide.postSignOutUri),
    },
  });
  const { saving, save } = useSaving(form, (path) => path.replace(/^oidcClientMetadata\./, ''));
  const now = form.watch();
  const unsaved = !same(filled(now.redirectUris), saved.redirectUris) || !same(filled(now.postLogoutRedirectUris), saved.postLogoutRedirectUris);
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      await changes.update(application.id, {
        oidcClientMetadata: {
          ...saved,
          redirectUris: filled(fields.redirectUris),
          postLogoutRedirectUris: filled(fields.postLogoutRedirectUris),
        },
      }, application.tag);
      notifications.show({ message: t('guides.uris.saved') });
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text c="dimmed">{t('guides.uris.text')}</Text>
        <UriList control={form.control} name="redirectUris" label={t('applications.details.uris.redirect')} placeholder={guide.redirectUri ?? 'https://example.com/callback'} />
        {guide.postSignOutUri && (
          <UriList control={form.control} name="postLogoutRedirectUris" label={t('applications.details.uris.postSignOut')} placeholder={guide.postSignOutUri} />
        )}
        <Group gap="sm">
          <Button type="submit" loading={saving} disabled={!unsaved}>{t('guides.uris.save')}</Button>
          <Badge variant="light" color={unsaved ? 'yellow' : 'green'} radius="sm" tt="none" role="status">{t(unsaved ? 'guides.uris.unset' : 'guides.uris.set')}</Badge>
        </Group>
      </Stack>
    </form>
  );
}
