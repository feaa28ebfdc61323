import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Somebody else's: its users are asked what it may do. One that has registered itself was made by nobody here. */
export function ThirdPartyChip({ source }: { source?: 'Registered' | 'Document' | undefined }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={source ? 'orange' : 'yellow'} radius="sm" tt="none" fw={550} fz={12} style={{ flexShrink: 0 }}>
      {t(source ? 'applications.thirdParty.registered' : 'applications.thirdParty.chip')}
    </Badge>
  );
}
