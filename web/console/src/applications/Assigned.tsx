import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { RemovableRow } from '../organizations/RemovableRow';
import { AssignModal, type AssignModalProps } from '../ui/AssignModal';

export interface AssignedItem {
  id: string;
  name: string;
  detail?: string | null;
  /** Where it has a page of its own. */
  to?: string;
  more?: ReactNode;
}

export interface AssignedProps<T> {
  label: string;
  items: AssignedItem[];
  none: string;
  /** On the button that opens the window, and on the one in it. */
  action: string;
  /** What taking one away means. */
  removeText: string;
  remove: (item: AssignedItem) => Promise<unknown>;
  /** The window to add more: one that picks from a list, or another. */
  modal: Pick<AssignModalProps<T>, 'source' | 'empty' | 'placeholder' | 'children' | 'assign' | 'text'> | ((opened: boolean, onClose: () => void) => ReactNode);
}

const few = 20;

/** A short list of what something has, with a window to add more and a button to take each away. */
export function Assigned<T>({ label, items, none, action, removeText, remove, modal }: AssignedProps<T>) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, few);
  return (
    <Stack gap="sm" align="stretch">
      {items.length === 0 && <Text fz="sm" c="dimmed">{none}</Text>}
      {items.length > 0 && (
        <div role="list" aria-label={label}>
          {shown.map((item) => (
            <RemovableRow
              key={item.id}
              name={item.name}
              text={removeText}
              remove={async () => {
                await remove(item);
                notifications.show({ message: t('organizations.removed', { name: item.name }) });
              }}
            >
              {item.to
                ? <Anchor component={Link} to={item.to} c="inherit" fw={550} fz="sm">{item.name}</Anchor>
                : <Text fz="sm" fw={550}>{item.name}</Text>}
              {item.detail && <Text fz="xs" c="dimmed">{item.detail}</Text>}
              {item.more}
            </RemovableRow>
          ))}
        </div>
      )}
      <Group gap="xs">
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>{action}</Button>
        {items.length > shown.length && (
          <Button variant="subtle" size="xs" onClick={() => setAll(true)}>{t('access.showAll', { count: items.length })}</Button>
        )}
      </Group>
      {typeof modal === 'function'
        ? modal(adding, () => setAdding(false))
        : <AssignModal<T> {...modal} opened={adding} onClose={() => setAdding(false)} title={action} label={label} action={action} />}
    </Stack>
  );
}
