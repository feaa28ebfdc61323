import { Card, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Log } from './queries';
import classes from './scripts.module.css';

const colors: Record<string, string> = { warn: 'var(--warning)', error: 'var(--danger)' };

/** What a script said to its console in a test run. */
export function Logged({ log: { lines, cut } }: { log: Log }) {
  const { t } = useTranslation();
  return (
    <Card role="log" aria-label={t('scripts.result.log')}>
      <Text fz="sm" fw={550}>{t('scripts.result.log')}</Text>
      <Text fz="xs" c="dimmed" mb="xs">{t('scripts.result.logText')}</Text>
      <pre className={classes.result} tabIndex={0}>
        {lines.map(({ level, text }, index) => (
          <span key={index} style={{ color: colors[level] }}>{`${level === 'log' ? '' : `${level}: `}${text}\n`}</span>
        ))}
      </pre>
      {cut && <Text fz="xs" c="dimmed" mt={4}>{t('scripts.result.logCut')}</Text>}
    </Card>
  );
}
