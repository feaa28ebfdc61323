import { Anchor, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Log } from '../api/types';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { Pieces } from '../ui/Pieces';
import { RelativeTime } from '../ui/RelativeTime';
import { useList } from '../ui/useList';
import { ApplicationName, UserName, useEventName } from './names';
import { logQuery, type LogFilter } from './queries';

export const filterNames = ['logKey', 'applicationId', 'userId', 'span'] as const;

/** The list of entries; what is `fixed` is not a column, because it is the page's subject. */
export function LogTable({ fixed = {} }: { fixed?: LogFilter }) {
  const { t } = useTranslation();
  const list = useList<Log>({
    key: ['logs', fixed],
    path: '/logs',
    filters: filterNames,
    query: (filters) => logQuery({ ...filters, ...fixed }),
    searched: () => ({}),
  });
  const columns: Column<Log>[] = [
    { key: 'event', label: t('audit.columns.event'), cell: (row) => <Event log={row} withUser={!fixed.userId} /> },
    ...(fixed.userId ? [] : [{ key: 'who', label: t('audit.columns.who'), wide: true, width: 180, cell: (row: Log) => <UserName of={row.payload} /> }]),
    { key: 'application', label: t('audit.columns.application'), wide: true, width: 180, cell: (row) => <ApplicationName of={row.payload} /> },
    { key: 'ip', label: t('audit.columns.ip'), wide: true, width: 140, cell: (row) => <Text ff="monospace" fz={12.5}>{row.payload.ip ?? t('ui.none')}</Text> },
    { key: 'time', label: t('audit.columns.time'), wide: true, width: 140, cell: (row) => <RelativeTime at={row.createdAt} /> },
  ];
  return (
    <DataTable<Log>
      label={t('audit.title')}
      columns={columns}
      {...list.table}
      empty={<EmptyState icon={<IconHistory size={24} />} title={t('audit.empty.title')} text={t('audit.empty.text')} />}
    />
  );
}

/** On a phone it carries the row: who, by which application, and when. */
function Event({ log, withUser }: { log: Log; withUser: boolean }) {
  const { t } = useTranslation();
  const name = useEventName();
  const [params] = useSearchParams();
  const ok = log.payload.result === 'Success';
  return (
    <Group gap={10} wrap="nowrap" align="flex-start">
      {ok
        ? <IconCircleCheck size={18} color="var(--success)" role="img" aria-label={t('audit.success')} style={{ flexShrink: 0, marginTop: 2 }} />
        : <IconCircleX size={18} color="var(--danger)" role="img" aria-label={t('audit.error')} style={{ flexShrink: 0, marginTop: 2 }} />}
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={`/audit-logs/${log.id}`} state={{ from: params.toString() }} c="inherit" fw={550}>{name(log.key)}</Anchor>
        <Text fz={11.5} c="dimmed" ff="monospace"><Pieces of={[log.key, log.payload.path].filter(Boolean).join(' ')} /></Text>
        <Group hiddenFrom="sm" gap="0 12px" mt={2} fz="xs" c="dimmed">
          <RelativeTime at={log.createdAt} />
          {withUser && log.payload.userId && <UserName of={log.payload} />}
          {log.payload.applicationId && <ApplicationName of={log.payload} />}
        </Group>
      </div>
    </Group>
  );
}
