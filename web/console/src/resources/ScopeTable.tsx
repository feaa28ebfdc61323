import { Button, Group, Menu } from '@mantine/core';
import { IconKey, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { RowMenu } from '../ui/RowMenu';
import { SearchField } from '../ui/SearchField';
import type { useList } from '../ui/useList';
import { PermissionName, ScopeModal, type Permission } from './ScopeForm';

export interface ScopeTableProps<T extends Permission> {
  list: ReturnType<typeof useList<T>>;
  label: string;
  empty: { title: string; text: string };
  /** Columns between the description and the actions. */
  columns?: Column<T>[];
  readOnly?: boolean;
  longest: number;
  placeholder: string;
  add: (body: { name: string; description: string }) => Promise<void>;
  update: (scope: T, body: { name: string; description: string }) => Promise<void>;
  /** The window that asks before one is deleted. */
  removing: (scope: T | undefined, onClose: () => void) => ReactNode;
}

/** Permissions that are added, changed and deleted where they stand. */
export function ScopeTable<T extends Permission>({ list, label, empty, columns = [], readOnly, longest, placeholder, add, update, removing }: ScopeTableProps<T>) {
  const { t } = useTranslation();
  const [act, setAct] = useState<{ kind: 'add' | 'edit' | 'delete'; scope?: T }>();
  const close = () => setAct(undefined);
  const edited = act?.kind === 'edit' ? act.scope : undefined;
  const addButton = <Button leftSection={<IconPlus size={16} />} onClick={() => setAct({ kind: 'add' })}>{t('resources.scopes.add')}</Button>;
  const actions: Column<T> = {
    key: 'actions',
    label: t('ui.actions'),
    labelHidden: true,
    width: 60,
    cell: (row) => (
      <RowMenu name={row.name}>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setAct({ kind: 'edit', scope: row })}>{t('resources.scopes.edit')}</Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAct({ kind: 'delete', scope: row })}>{t('resources.scopes.delete')}</Menu.Item>
      </RowMenu>
    ),
  };
  return (
    <>
      {list.some && (
        <Group mb="md" gap="sm" justify="space-between">
          <SearchField list={list} label={t('resources.scopes.search')} />
          {!readOnly && addButton}
        </Group>
      )}
      <DataTable<T>
        label={label}
        {...list.table}
        empty={<EmptyState icon={<IconKey size={24} />} title={empty.title} text={empty.text} action={!readOnly && addButton} />}
        columns={[
          { key: 'name', label: t('resources.scopes.name'), cell: (row) => <PermissionName of={row} /> },
          { key: 'description', label: t('resources.scopes.description'), wide: true, cell: (row) => row.description || t('ui.none') },
          ...columns,
          ...(readOnly ? [] : [actions]),
        ]}
      />
      <ScopeModal
        opened={act?.kind === 'add' || act?.kind === 'edit'}
        onClose={close}
        scope={edited}
        longest={longest}
        placeholder={placeholder}
        save={(body) => (edited ? update(edited, body) : add(body))}
      />
      {removing(act?.kind === 'delete' ? act.scope : undefined, close)}
    </>
  );
}
