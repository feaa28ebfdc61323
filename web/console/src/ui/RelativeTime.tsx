import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { exact, relative } from './times';

/** How long ago, with the exact moment on hover and focus. */
export function RelativeTime({ at, empty }: { at: number | null | undefined; empty?: string }) {
  const { t, i18n } = useTranslation();
  if (!at) return <Text span inherit c="dimmed">{empty ?? t('ui.never')}</Text>;
  return (
    <Tooltip label={exact(at, i18n.language)}>
      <time dateTime={new Date(at).toISOString()} style={{ whiteSpace: 'nowrap' }}>
        {relative(at, Date.now(), i18n.language)}
      </time>
    </Tooltip>
  );
}
