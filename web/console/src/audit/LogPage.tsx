import { Anchor, Badge, Card, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { ApiError } from '../api/errors';
import type { LogPayload } from '../api/types';
import { Missing } from '../app/Broken';
import { CodeBlock } from '../guides/CodeBlock';
import { CopyText } from '../ui/CopyText';
import { Pieces } from '../ui/Pieces';
import { Problem } from '../ui/Problem';
import { exact } from '../ui/times';
import { useTitle } from '../ui/useTitle';
import { ApplicationName, UserName, useEventName } from './names';
import { useLog } from './queries';

/** The reason of a refusal, whatever shape it was recorded in. */
export function reasonOf({ error }: LogPayload): string | null {
  if (!error) return null;
  if (typeof error === 'string') return error;
  const { message, code, error_description: description, error: name } = error as Record<string, unknown>;
  const parts = [message ?? description, code ?? name].filter((part): part is string => typeof part === 'string' && part !== '');
  return parts.length > 0 ? parts.join(' · ') : JSON.stringify(error);
}

export function LogPage() {
  const { t, i18n } = useTranslation();
  const { id = '' } = useParams();
  const from = (useLocation().state as { from?: string } | null)?.from;
  const name = useEventName();
  const found = useLog(id);
  const log = found.data;
  useTitle(log && name(log.key));
  if (found.error instanceof ApiError && found.error.status === 404) return <Missing />;
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const back = (
    <Anchor component={Link} to={{ pathname: '/audit-logs', search: from }} fz="sm" c="dimmed">
      <Group gap={2}><IconChevronLeft size={15} />{t('audit.details.back')}</Group>
    </Anchor>
  );
  if (!log) return <Stack gap="md">{back}<Skeleton h={280} radius="lg" /></Stack>;
  const { payload } = log;
  const ok = payload.result === 'Success';
  const rows: [string, ReactNode][] = [
    [t('audit.details.result'), <Badge color={ok ? 'green' : 'red'} variant="light" radius="sm" tt="none" fw={550}>{t(ok ? 'audit.success' : 'audit.error')}</Badge>],
    ...(reasonOf(payload) ? [[t('audit.details.error'), reasonOf(payload)] as [string, ReactNode]] : []),
    [t('audit.details.key'), <CopyText value={log.key} what={t('audit.details.key')} />],
    ...(payload.path ? [[t('audit.details.path'), <Text ff="monospace" fz={13}><Pieces of={payload.path} /></Text>] as [string, ReactNode]] : []),
    [t('audit.details.user'), <UserName of={payload} />],
    [t('audit.details.application'), <ApplicationName of={payload} />],
    [t('audit.details.ip'), payload.ip ?? t('ui.none')],
    [t('audit.details.agent'), payload.userAgent ?? t('ui.none')],
    ...(payload.sessionId ? [[t('audit.details.session'), <CopyText value={payload.sessionId} what={t('audit.details.session')} />] as [string, ReactNode]] : []),
    [t('audit.details.time'), exact(log.createdAt, i18n.language)],
    [t('audit.details.id'), <CopyText value={log.id} what={t('audit.details.id')} />],
  ];
  return (
    <Stack gap="md">
      {back}
      <Title order={1}>{name(log.key)}</Title>
      <Card p="xs">
        <Table variant="vertical" layout="fixed" verticalSpacing={7} style={{ '--table-border-color': 'var(--line)' }}>
          <Table.Tbody>
            {rows.map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Th w={{ base: 112, sm: 150 }} scope="row" bg="transparent" c="dimmed" fw={500}>{label}</Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      <section>
        <Title order={2} mb="sm">{t('audit.details.payload')}</Title>
        <CodeBlock code={JSON.stringify(payload, null, 2)} lang="json" />
      </section>
    </Stack>
  );
}
