import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PermissionName, type Permission } from '../resources/ScopeForm';
import { Danger } from '../ui/Danger';
import { DataTable, type Column } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { RemoveButton } from '../ui/RemoveButton';
import { SearchField } from '../ui/SearchField';
import type { useList } from '../ui/useList';

export interface GivenScopesProps<T extends Permission> {
  /** What the role is called. */
  name: string;
  list: ReturnType<typeof useList<T>>;
  searchable?: boolean;
  columns?: Column<T>[];
  text: string;
  remove: (scope: T) => Promise<void>;
  /** The window in which more are chosen. */
  adding: (opened: boolean, onClose: () => void) => ReactNode;
}

/** The permissions that a role gives; more are added, and each can be taken out. */
export function GivenScopes<T extends Permission>({ name, list, searchable = false, columns = [], text, remove, adding }: GivenScopesProps<T>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [removing, setRemoving] = useState<T>();
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen(true)}>{t('roles.permissions.add')}</Button>;
  return (
    <>
      {list.some && (
        <Group mb="md" gap="sm" justify={searchable ? 'space-between' : 'flex-end'}>
          {searchable && <SearchField list={list} label={t('roles.permissions.search')} />}
          {add}
        </Group>
      )}
      <DataTable<T>
        label={t('roles.tabs.permissions')}
        {...list.table}
        empty={<EmptyState icon={<IconKey size={24} />} title={t('roles.permissions.empty.title')} text={text} action={add} />}
        columns={[
          { key: 'name', label: t('roles.permissions.name'), cell: (row) => <PermissionName of={row} always /> },
          ...columns,
          { key: 'actions', label: t('ui.actions'), labelHidden: true, width: 60, cell: (row) => <RemoveButton what={row.name} onClick={() => setRemoving(row)} /> },
        ]}
      />
      {adding(open, () => setOpen(false))}
      <Danger
        opened={!!removing}
        onClose={() => setRemoving(undefined)}
        title={t('roles.permissions.removeTitle', { scope: removing?.name, name })}
        text={t('roles.permissions.removeText')}
        action={t('roles.permissions.remove')}
        act={async () => {
          await remove(removing!);
          notifications.show({ message: t('roles.permissions.removed', { scope: removing!.name }) });
        }}
      />
    </>
  );
}
