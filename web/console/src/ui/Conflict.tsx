import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './Problem';

export interface ConflictProps {
  /** What both have changed, in words; nothing while the newest version is not read yet. */
  fields: string[] | undefined;
  readAgain: () => Promise<void>;
}

/** Another administrator was faster. First the newest version is read, then what both changed is named. */
export function Conflict({ fields, readAgain }: ConflictProps) {
  const { t, i18n } = useTranslation();
  const describe = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (fields) {
    const what = new Intl.ListFormat(i18n.language).format(fields);
    return <Alert mb="md" color="yellow" variant="light" role="alert" icon={<IconUsers />} title={t('ui.conflict.both')}>{t('ui.conflict.bothText', { what })}</Alert>;
  }
  const read = async () => {
    setBusy(true);
    try {
      await readAgain();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert mb="md" color="yellow" variant="light" role="alert" icon={<IconUsers />} title={t('ui.conflict.title')}>
      <Group justify="space-between" gap="sm">
        <Text fz="sm" maw={620}>{problem === undefined ? t('ui.conflict.text') : describe(problem)}</Text>
        <Button size="xs" variant="default" loading={busy} onClick={() => void read()}>{t('ui.conflict.action')}</Button>
      </Group>
    </Alert>
  );
}
