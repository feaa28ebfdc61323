import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Result } from './queries';
import classes from './scripts.module.css';

/** What a test run told. */
export function Outcome({ result }: { result: Result }) {
  const { t } = useTranslation();
  if ('claims' in result) {
    const none = Object.keys(result.claims).length === 0;
    return (
      <Alert color="green" variant="light" icon={<IconCheck />} title={t('scripts.result.claims')} role="status">
        {none ? <Text fz="sm">{t('scripts.result.none')}</Text> : <pre className={classes.result} tabIndex={0}>{JSON.stringify(result.claims, null, 2)}</pre>}
      </Alert>
    );
  }
  if ('denied' in result) {
    return (
      <Alert color="yellow" variant="light" icon={<IconBan />} title={t('scripts.result.denied')} role="status">
        <Text fz="sm">{t('scripts.result.deniedText', { message: result.denied })}</Text>
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t('scripts.result.failed')} role="alert">
      <Text fz="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{result.name === 'Limit' || result.name === 'Error' ? result.message : `${result.name}: ${result.message}`}</Text>
      {result.line !== null && <Text fz="xs" c="dimmed" mt={4}>{result.column === null ? t('scripts.result.line', { line: result.line }) : t('scripts.result.place', { line: result.line, column: result.column })}</Text>}
    </Alert>
  );
}
