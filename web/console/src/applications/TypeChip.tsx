import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApplicationType } from '../api/types';

const colors: Record<ApplicationType, string> = {
  Traditional: 'verdigris',
  SPA: 'blue',
  Native: 'grape',
  MachineToMachine: 'orange',
  Protected: 'gray',
  SAML: 'gray',
};

export function TypeChip({ type }: { type: ApplicationType }) {
  const { t } = useTranslation();
  return <Badge variant="light" color={colors[type]} radius="sm" tt="none" fw={550} fz={12} style={{ flexShrink: 0 }}>{t(`applications.type.${type}`)}</Badge>;
}
