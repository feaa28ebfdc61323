import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../ui/Problem';
import type { Fields } from './fields';

/** Another administrator was faster. First the newest version is read, then what both changed is named. */
export function Conflict({ fields, readAgain }: { fields: (keyof Fields)[] | undefined; readAgain: () => Promise<void> }) {
  const { t, i18n } = useTranslation();
  const describe = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (fields) {
    const what = new Intl.ListFormat(i18n.language).format(fields.map((field) => t(`sso.fields.${field}`)));
    return <Alert mb="md" color="yellow" variant="light" role="alert" icon={<IconUsers />} title={t('sso.conflict.both')}>{t('sso.conflict.bothText', { what })}</Alert>;
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
    <Alert mb="md" color="yellow" variant="light" role="alert" icon={<IconUsers />} title={t('sso.conflict.title')}>
      <Group justify="space-between" gap="sm">
        <Text fz="sm" maw={620}>{problem === undefined ? t('sso.conflict.text') : describe(problem)}</Text>
        <Button size="xs" variant="default" loading={busy} onClick={() => void read()}>{t('sso.conflict.action')}</Button>
      </Group>
    </Alert>
  );
}
