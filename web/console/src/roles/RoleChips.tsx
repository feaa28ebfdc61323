import { Badge, ThemeIcon } from '@mantine/core';
import { IconRobot, IconUserShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Role, RoleType } from './queries';

export function RoleTypeChip({ type }: { type: RoleType }) {
  const { t } = useTranslation();
  return <Badge variant="light" color={type === 'User' ? 'blue' : 'orange'} radius="sm" tt="none" fw={550} fz={12} style={{ flexShrink: 0 }}>{t(`roles.type.${type}`)}</Badge>;
}

export function DefaultChip({ role }: { role: Pick<Role, 'isDefault'> }) {
  const { t } = useTranslation();
  return role.isDefault && <Badge variant="light" radius="sm" tt="none" fw={550} fz={12} style={{ flexShrink: 0 }}>{t('roles.isDefault')}</Badge>;
}

export function RoleIcon({ type, size = 32 }: { type: RoleType; size?: number }) {
  const Icon = type === 'User' ? IconUserShield : IconRobot;
  return <ThemeIcon variant="light" color="gray" size={size} radius="md" aria-hidden="true"><Icon size={size * 0.56} stroke={1.7} /></ThemeIcon>;
}
