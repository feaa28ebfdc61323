import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { useController, type Control, type FieldPathByValue, type FieldValues } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { listFaults, uriFault, type UriFault } from './uris';

export interface UriListProps<T extends FieldValues> {
  control: Control<T>;
  name: FieldPathByValue<T, string[]>;
  label: string;
  description?: string;
  placeholder: string;
  check?: (text: string) => UriFault | null;
}

/** A list of addresses, one a row; there is always one row to type in. */
export function UriList<T extends FieldValues>({ control, name, label, description, placeholder, check = uriFault }: UriListProps<T>) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const message = (fault: UriFault) => t(`ui.invalid.${fault}`, { example: placeholder });
  const { field, fieldState, formState } = useController({
    control,
    name,
    rules: {
      validate: (value) => {
        const fault = listFaults(value as string[], check).find(Boolean);
        return fault ? message(fault) : true;
      },
    },
  });
  const values = field.value as string[];
  const rows = values.length ? values : [''];
  const faults = listFaults(values, check);
  const change = (next: string[]) => field.onChange(next.length === 1 && !next[0] ? [] : next);
  const tried = formState.isSubmitted || fieldState.invalid;
  const serverSide = fieldState.error && !faults.some(Boolean) ? (fieldState.error.message ?? listError(fieldState.error)) : undefined;
  return (
    <Input.Wrapper label={label} labelElement="div" labelProps={{ id }} description={description} error={serverSide}>
      <Stack gap={6} mt={6} role="group" aria-labelledby={id} ref={list}>
        {rows.map((value, index) => (
          <Group key={index} gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              flex={1}
              type="url"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              aria-label={rows.length > 1 ? `${label} ${index + 1}` : label}
              placeholder={placeholder}
              value={value}
              ref={index === 0 ? field.ref : undefined}
              onBlur={field.onBlur}
              onChange={(event) => change(rows.with(index, event.currentTarget.value))}
              error={tried && faults[index] ? message(faults[index]) : serverSide ? true : undefined}
            />
            {rows.length > 1 && (
              <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('ui.remove', { what: value || placeholder })} onClick={() => change(rows.filter((_, at) => at !== index))}>
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        <div>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              change([...rows, '']);
              requestAnimationFrame(() => list.current?.querySelectorAll('input')[rows.length]?.focus());
            }}
          >
            {t('ui.add')}
          </Button>
        </div>
      </Stack>
    </Input.Wrapper>
  );
}

/** The server names the row (`redirectUris.1`), which arrives as a sparse list of errors. */
function listError(error: unknown): string | undefined {
  if (!Array.isArray(error)) return undefined;
  return (error as ({ message?: string } | undefined)[]).find(Boolean)?.message;
}
