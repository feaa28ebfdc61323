import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../ui/Mark';
import { Problem } from '../ui/Problem';
import { useTitle } from '../ui/useTitle';
import { session } from './session';

function Doorstep({ title, children }: { title?: string; children: ReactNode }) {
  useTitle(title);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack align="center" gap="sm" ta="center" maw={440}>
        <Text span c="var(--accent)"><Mark size={36} /></Text>
        {title && <Title order={1}>{title}</Title>}
        {children}
      </Stack>
    </Center>
  );
}

/** Quiet for a moment: most sign-ins pass through without anything to see. */
export function Waiting() {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return <Doorstep>{late && <Loader size="sm" role="status" aria-label={t('app.signingIn')} />}</Doorstep>;
}

export function SignInFailed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Doorstep title={t('app.failed.title')}>
      <Text c="dimmed">{t('app.failed.text')}</Text>
      <Text fz="xs" c="dimmed">{t('app.failed.detail', { detail: error instanceof Error ? error.message : String(error) })}</Text>
      <Button onClick={() => void session.signIn()}>{t('app.failed.again')}</Button>
    </Doorstep>
  );
}

export function Refused({ error, retry }: { error: unknown; retry: () => void }) {
  return <Doorstep><Problem error={error} retry={retry} /></Doorstep>;
}

export function Forbidden() {
  const { t } = useTranslation();
  return (
    <Doorstep title={t('app.forbidden.title')}>
      <Text c="dimmed">{t('app.forbidden.text')}</Text>
      <Button onClick={() => void session.signOut()}>{t('app.account.signOut')}</Button>
    </Doorstep>
  );
}

export function Unreachable({ origin, retry }: { origin: string; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <Doorstep title={t('app.unreachable.title')}>
      <Text c="dimmed">{t('app.unreachable.text', { origin })}</Text>
      <Button onClick={retry}>{t('ui.retry')}</Button>
    </Doorstep>
  );
}
