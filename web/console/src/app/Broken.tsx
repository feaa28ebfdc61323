import { Anchor, Button, Center, Code, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { useTitle } from '../ui/useTitle';

export function Missing() {
  const { t } = useTranslation();
  useTitle(t('app.missing.title'));
  return (
    <Center mih="50vh">
      <Stack align="center" gap="xs" ta="center" maw={420}>
        <Title order={1}>{t('app.missing.title')}</Title>
        <Text c="dimmed">{t('app.missing.text')}</Text>
        <Anchor component={Link} to="/get-started" mt="sm">{t('app.missing.home')}</Anchor>
      </Stack>
    </Center>
  );
}

/** A page that threw; also what a page says whose code could not be loaded after an update. */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  useTitle(t('app.broken.title'));
  return (
    <Center mih="50vh" p="md">
      <Stack align="center" gap="xs" ta="center" w="100%" maw={480}>
        <Title order={1}>{t('app.broken.title')}</Title>
        <Text c="dimmed">{t('app.broken.text')}</Text>
        <Code block maw="100%" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{error instanceof Error ? error.message : String(error)}</Code>
        <Button mt="sm" onClick={() => window.location.reload()}>{t('app.broken.reload')}</Button>
      </Stack>
    </Center>
  );
}
