import { Alert, Anchor, Badge, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import type { SignInExperience } from '../api/types';
import { useProblemText } from '../ui/Problem';
import { RelativeTime } from '../ui/RelativeTime';
import { Section } from '../ui/Section';
import { UriList } from '../ui/UriList';
import { originFault } from '../ui/uris';
import type { Fields } from './fields';
import { useOwnPages } from './queries';

/** The server takes no more. */
const mostBytes = 20 * 1024 * 1024;

/** A source of a policy is an origin; requests may be web sockets. */
const sourceFault = (text: string) => originFault(text.replace(/^ws(s?):/i, 'http$1:'));

/** Sign-in pages that somebody else has built, uploaded as a zip and put in force by saving. */
export function OwnPagesTab({ saved }: { saved: SignInExperience }) {
  const { t } = useTranslation();
  const { control } = useFormContext<Fields>();
  return (
    <>
      <Section stacked title={t('ownPages.title')} text={t('ownPages.text')}>
        <Uploaded saved={saved} />
      </Section>
      <Section stacked title={t('ownPages.csp.title')} text={t('ownPages.csp.text')}>
        <UriList control={control} name="scriptSrc" label={t('ownPages.csp.scripts')} placeholder="https://cdn.example.com" check={sourceFault} />
        <UriList control={control} name="connectSrc" label={t('ownPages.csp.requests')} placeholder="https://api.example.com" check={sourceFault} />
      </Section>
    </>
  );
}

function Uploaded({ saved }: { saved: SignInExperience }) {
  const { t } = useTranslation();
  const { origin } = useApi();
  const describe = useProblemText();
  const upload = useOwnPages();
  const { control } = useFormContext<Fields>();
  const { field, fieldState } = useController({ control, name: 'customUiAssets' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const inForce = saved.customUiAssets;
  const chosen = field.value;
  const unsaved = chosen?.id !== inForce?.id;
  const send = async (file: File) => {
    setProblem(file.size > mostBytes ? t('ownPages.tooLarge') : undefined);
    if (file.size > mostBytes) return;
    setBusy(true);
    try {
      field.onChange(await upload(file));
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };
  const error = problem ?? fieldState.error?.message;
  return (
    <Stack gap="sm">
      <Group gap="sm" role="status">
        <Badge variant="light" color={unsaved ? 'yellow' : chosen ? 'green' : 'gray'} radius="sm" tt="none" fw={550}>
          {t(unsaved ? (chosen ? 'ownPages.uploaded' : 'ownPages.removed') : chosen ? 'ownPages.inForce' : 'ownPages.none')}
        </Badge>
        {chosen && <Text fz="sm" c="dimmed">{t('ownPages.since')} <RelativeTime at={chosen.createdAt} /></Text>}
      </Group>
      <Text fz="sm" c="dimmed">{t('ownPages.what')}</Text>
      {error && <Alert color="red" role="alert">{error}</Alert>}
      <Group gap="xs">
        <FileButton onChange={(file) => file && void send(file)} accept=".zip,application/zip">
          {(props) => <Button {...props} variant="default" loading={busy} leftSection={<IconUpload size={16} />}>{t(chosen ? 'ownPages.replace' : 'ownPages.upload')}</Button>}
        </FileButton>
        {chosen && <Button variant="subtle" color="red" disabled={busy} onClick={() => field.onChange(null)}>{t('ownPages.remove')}</Button>}
      </Group>
      {inForce && <Text fz="sm"><Anchor href={`${origin}/sign-in`} target="_blank" rel="noreferrer noopener" fz="sm">{t('ownPages.open')}</Anchor></Text>}
      <Text fz="xs" c="dimmed">{t('ownPages.safety')}</Text>
    </Stack>
  );
}
