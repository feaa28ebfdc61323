import { Card, Group, Pagination, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NoMatch } from './NoMatch';
import { Problem } from './Problem';
import classes from './ui.module.css';

export interface Column<T> {
  key: string;
  label: string;
  /** Said, not shown. */
  labelHidden?: boolean;
  /** Left out on a phone, where the first column carries the row. */
  wide?: boolean;
  width?: number | string;
  cell: (row: T) => ReactNode;
}

export interface DataTableProps<T> {
  label: string;
  columns: Column<T>[];
  rows: T[] | undefined;
  rowKey: (row: T) => string;
  total: number;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  /** What stands there while the list has no rows at all. */
  empty: ReactNode;
  /** Takes back what the list is searched or filtered for; there only while it is. */
  onClear?: (() => void) | undefined;
  error?: unknown;
  retry?: (() => void) | undefined;
  /** Rows of the page before are shown while the next one loads. */
  stale?: boolean;
}

/** A dense list with skeletons, an empty state and paging. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { columns, rows, rowKey, label, error, empty } = props;
  if (error) return <Problem error={error} retry={props.retry} />;
  if (rows?.length === 0) return <Card p={0}>{props.onClear ? <NoMatch onClear={props.onClear} /> : empty}</Card>;
  return (
    <>
      <Card p={0}>
        <div style={{ overflowX: 'auto' }}>
          <Table aria-label={label} aria-busy={!rows || props.stale} className={classes.table} verticalSpacing={9} horizontalSpacing="md" highlightOnHover={!!rows}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column.key} w={column.width} visibleFrom={column.wide ? 'sm' : undefined}>
                    {column.labelHidden ? <VisuallyHidden>{column.label}</VisuallyHidden> : column.label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody style={{ opacity: props.stale ? 0.6 : 1 }}>
              {rows
                ? rows.map((row) => (
                    <Table.Tr key={rowKey(row)}>
                      {columns.map((column) => (
                        <Table.Td key={column.key} visibleFrom={column.wide ? 'sm' : undefined}>{column.cell(row)}</Table.Td>
                      ))}
                    </Table.Tr>
                  ))
                : Array.from({ length: 6 }, (_, index) => (
                    <Table.Tr key={index}>
                      {columns.map((column, at) => (
                        <Table.Td key={column.key} visibleFrom={column.wide ? 'sm' : undefined}>
                          <Skeleton h={14} my={8} w={at === 0 ? '60%' : '80%'} />
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
            </Table.Tbody>
          </Table>
        </div>
      </Card>
      <Paging {...props} />
    </>
  );
}

function Paging({ total, page, pageSize, onPage, rows }: Pick<DataTableProps<unknown>, 'total' | 'page' | 'pageSize' | 'onPage' | 'rows'>) {
  const { t, i18n } = useTranslation();
  if (!rows) return null;
  const number = new Intl.NumberFormat(i18n.language);
  const from = (page - 1) * pageSize + 1;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const range = t('ui.range', { from: number.format(from), to: number.format(from + rows.length - 1), total: number.format(total) });
  const single = pages === 1;
  return (
    <Group justify="space-between" mt={single ? 0 : 'sm'} px={4}>
      {/* What is all in sight need not be counted for who sees it. Who does not hears what a search has left. */}
      <div aria-live="polite">{single ? <VisuallyHidden>{range}</VisuallyHidden> : <Text fz="xs" c="dimmed">{range}</Text>}</div>
      {!single && (
        <Pagination
          component="nav"
          aria-label={t('ui.pages')}
          size="sm"
          total={pages}
          value={page}
          onChange={onPage}
          getItemProps={(item) => ({ 'aria-label': String(item) })}
          getControlProps={(control) => ({ 'aria-label': t(control === 'previous' ? 'ui.previous' : 'ui.next') })}
        />
      )}
    </Group>
  );
}
