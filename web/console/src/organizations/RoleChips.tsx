import { Badge, Group, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RoleName } from '../api/types';

const shown = 3;

/** The roles of a row, by name; of many only the first. */
export function RoleChips({ roles, all = false }: { roles: RoleName[]; all?: boolean }) {
  const { t, i18n } = useTranslation();
  if (roles.length === 0) return <Text fz="sm" c="dimmed">{t('organizations.roles.without')}</Text>;
  const rest = all ? [] : roles.slice(shown);
  return (
    <Group gap={4}>
      {(all ? roles : roles.slice(0, shown)).map(({ id, name }) => <Chip key={id} label={name} />)}
      {rest.length > 0 && (
        <Tooltip label={new Intl.ListFormat(i18n.language).format(rest.map(({ name }) => name))} multiline maw={320}>
          <span><Chip label={t('organizations.roles.more', { count: rest.length })} /></span>
        </Tooltip>
      )}
    </Group>
  );
}

function Chip({ label }: { label: string }) {
  return <Badge color="gray" variant="light" radius="sm" tt="none" fw={550} maw={180}>{label}</Badge>;
}
