import { ActionIcon, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Variable } from './fields';

/** Names and values that the script may know besides; values are secrets, so they are shown only when asked for. */
export function Variables({ rows, onChange, error }: { rows: Variable[]; onChange: (rows: Variable[]) => void; error: string | undefined }) {
  const { t } = useTranslation();
  const change = (at: number, more: Partial<Variable>) => onChange(rows.with(at, { ...rows[at]!, ...more }));
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">{t('scripts.variables.text')}</Text>
      {rows.map(({ name, value }, at) => (
        <Group key={at} gap={6} wrap="nowrap" align="flex-start">
          <TextInput
            flex={1}
            aria-label={t('scripts.variables.name', { number: at + 1 })}
            placeholder="API_KEY"
            maxLength={128}
            autoComplete="off"
            spellCheck={false}
            value={name}
            error={error !== undefined && error.includes(name.trim()) && name.trim() !== ''}
            onChange={(event) => change(at, { name: event.currentTarget.value })}
          />
          <PasswordInput
            flex={1}
            aria-label={t('scripts.variables.value', { number: at + 1 })}
            autoComplete="off"
            value={value}
            onChange={(event) => change(at, { value: event.currentTarget.value })}
          />
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('ui.remove', { what: name || t('scripts.variables.name', { number: at + 1 }) })} onClick={() => onChange(rows.filter((_, index) => index !== at))}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      {error && <Text fz="xs" c="red" role="alert">{error}</Text>}
      <div>
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => onChange([...rows, { name: '', value: '' }])}>{t('scripts.variables.add')}</Button>
      </div>
    </Stack>
  );
}
