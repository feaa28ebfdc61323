import { Radio, Stack } from '@mantine/core';
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form';

export interface FormRadiosProps<T extends FieldValues> {
  control: Control<T>;
  name: FieldPath<T>;
  label: string;
  choices: readonly { value: string; label: string; description: string }[];
}

/** One of a few, each with its consequence. */
export function FormRadios<T extends FieldValues>({ control, name, label, choices }: FormRadiosProps<T>) {
  const { field, fieldState } = useController({ control, name });
  return (
    <Radio.Group label={label} value={field.value as string} onChange={field.onChange} error={fieldState.error?.message} data-field={name}>
      <Stack gap="sm" mt={6}>
        {choices.map((choice) => (
          <Radio key={choice.value} {...choice} onBlur={field.onBlur} ref={choice.value === field.value ? field.ref : undefined} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** Brings a field into sight and the focus into it. */
export function goToField(name: string) {
  const group = document.querySelector(`[data-field="${name}"]`);
  const input = group?.querySelector<HTMLElement>('input:checked') ?? group?.querySelector<HTMLElement>('input') ?? document.querySelector<HTMLElement>(`[name="${name}"]`);
  input?.scrollIntoView?.({ block: 'center' });
  input?.focus({ preventScroll: true });
}
