import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState';

/** There are rows, but none that fits what is searched or filtered for. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconSearch size={24} />}
      title={t('ui.noMatch.title')}
      text={t('ui.noMatch.text')}
      action={<Button variant="default" onClick={onClear}>{t('ui.clearFilters')}</Button>}
    />
  );
}
