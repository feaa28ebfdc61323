import { Alert, Button, Code, FileButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useApi } from '../api/context';
import { useProblemText } from '../ui/Problem';
import { useTitle } from '../ui/useTitle';
import { batches, readUsers, UnreadableLine, type ImportOutcome } from './importing';

interface Progress {
  total: number;
  created: number;
  failed: { line: number; text: string }[];
  done: boolean;
}

const shownFailures = 100;
const example = '{"username": "ann", "passwordAlgorithm": "Bcrypt", "passwordDigest": "$2b$10$…"}\n{"username": "bob", "primaryEmail": "bob@example.com"}';

/** Reads a file and sends it in calls of some hundred users; what was stored stays, whatever follows. */
export function ImportModal() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const api = useApi();
  const queries = useQueryClient();
  const describe = useProblemText();
  const [progress, setProgress] = useState<Progress>();
  const [problem, setProblem] = useState<string>();
  const number = new Intl.NumberFormat(i18n.language);
  const running = !!progress && !progress.done;
  useTitle(t('people.import.title'));
  const unread = (error: unknown) => {
    if (error instanceof UnreadableLine) return t('people.import.unreadableLine', { line: number.format(error.line), reason: error.reason });
    return error instanceof SyntaxError ? t('people.import.unreadable', { reason: error.message }) : describe(error);
  };
  const run = async (file: File) => {
    setProblem(undefined);
    setProgress(undefined);
    const now: Progress = { total: 0, created: 0, failed: [], done: false };
    try {
      const users = readUsers(await file.text());
      now.total = users.length;
      setProgress({ ...now });
      let before = 0;
      for (const batch of batches(users)) {
        const { created, results } = await api.post<{ created: number; results: ImportOutcome[] }>('/users/import', batch);
        now.created += created;
        for (const { index, error } of results) {
          if (error) now.failed.push({ line: before + index + 1, text: [error.message, error.details].filter(Boolean).join(' ') });
        }
        before += batch.length;
        setProgress({ ...now });
      }
    } catch (error) {
      setProblem(unread(error));
    } finally {
      if (now.total > 0) setProgress({ ...now, done: true });
      await queries.invalidateQueries({ queryKey: ['users'] });
    }
  };
  return (
    <Modal opened onClose={() => navigate('/users')} size={560} title={t('people.import.title')} closeOnClickOutside={!running} closeButtonProps={{ 'aria-label': t('ui.close'), disabled: running }}>
      <Stack>
        <Text>{t('people.import.text')}</Text>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{example}</Code>
        {problem && <Alert color="red" role="alert">{problem}</Alert>}
        {progress && (
          <div role="status">
            <progress value={progress.created + progress.failed.length} max={Math.max(progress.total, 1)} style={{ width: '100%' }} aria-label={t('people.import.title')} />
            <Text fz="sm">{t('people.import.progress', { created: number.format(progress.created), failed: number.format(progress.failed.length), total: number.format(progress.total) })}</Text>
          </div>
        )}
        {!!progress?.failed.length && (
          <Alert color="yellow" variant="light" title={t('people.import.failed')}>
            <Stack gap={2} mah={200} style={{ overflowY: 'auto' }}>
              {progress.failed.slice(0, shownFailures).map(({ line, text }) => <Text key={line} fz="sm">{t('people.import.line', { line: number.format(line), text })}</Text>)}
            </Stack>
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <FileButton onChange={(file) => file && void run(file)} accept=".json,.ndjson,.jsonl,application/json">
            {(props) => <Button {...props} variant={progress?.done ? 'default' : 'filled'} loading={running} data-autofocus leftSection={<IconUpload size={16} />}>{t('people.import.choose')}</Button>}
          </FileButton>
          {progress?.done && <Button onClick={() => navigate('/users')}>{t('people.done')}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
