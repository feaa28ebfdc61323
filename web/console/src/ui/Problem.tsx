import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/errors';

export function useProblemText() {
  const { t } = useTranslation();
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
    if (error.status === 0) return t('ui.problem.unreachable');
    return error.message || t('ui.problem.unknown', { status: error.status });
  };
}

/** Says what failed, with a way on and the id under which the server logged it. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t('ui.problem.title')} role="alert">
      <Stack gap="xs">
        <Text>{text(error)}</Text>
        {requestId && <Text fz="xs" c="dimmed" ff="monospace">{t('ui.problem.request', { id: requestId })}</Text>}
        {retry && (
          <Group>
            <Button size="xs" variant="default" onClick={retry}>{t('ui.retry')}</Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
