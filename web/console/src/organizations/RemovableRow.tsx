import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Danger } from '../ui/Danger';
import classes from './organizations.module.css';

export interface RemovableRowProps {
  name: string;
  /** What removing it means. */
  text: string;
  remove: () => Promise<unknown>;
  children: ReactNode;
}

/** One entry of a short list, with the button that takes it out. */
export function RemovableRow({ name, text, remove, children }: RemovableRowProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const label = t('ui.remove', { what: name });
  return (
    <div role="listitem" className={classes.row}>
      <div className={classes.rowBody}>{children}</div>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => setAsking(true)}><IconTrash size={16} /></ActionIcon>
      </Tooltip>
      <Danger opened={asking} onClose={() => setAsking(false)} title={t('organizations.joining.removeTitle', { name })} text={text} action={t('organizations.joining.remove')} act={remove} />
    </div>
  );
}
