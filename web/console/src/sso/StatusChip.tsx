import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SsoConnector } from '../api/types';
import { missing, statusOf } from './connectors';

const colors = { inUse: 'green', incomplete: 'yellow', off: 'gray' } as const;

/** Whether people can sign in with a connector, and if not, why. */
export function StatusChip({ connector, enabled }: { connector: Pick<SsoConnector, 'config' | 'domains'>; enabled: boolean }) {
  const { t, i18n } = useTranslation();
  const status = statusOf(connector, enabled);
  const what = new Intl.ListFormat(i18n.language).format(missing(connector).map((part) => t(`sso.missing.${part}`)));
  return (
    <Badge color={colors[status]} variant="light" radius="sm" tt="none" fw={550} styles={{ root: { height: 'auto', minHeight: 20 }, label: { whiteSpace: 'normal', lineHeight: 1.4 } }}>
      {status === 'incomplete' ? t('sso.status.incomplete', { what }) : t(`sso.status.${status}`)}
    </Badge>
  );
}
