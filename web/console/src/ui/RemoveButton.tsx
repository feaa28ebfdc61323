import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Takes one entry out of a relation. */
export function RemoveButton({ what, onClick }: { what: string; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('ui.remove', { what })}>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('ui.remove', { what })} onClick={onClick}><IconX size={16} /></ActionIcon>
    </Tooltip>
  );
}
