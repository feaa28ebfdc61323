import { Switch } from '@mantine/core';
import { useController, type Control, type FieldPathByValue, type FieldValues } from 'react-hook-form';

export interface FormSwitchProps<T extends FieldValues> {
  control: Control<T>;
  name: FieldPathByValue<T, boolean>;
  label: string;
  description?: string;
  /** Told what it is switched to. */
  onSwitch?: (on: boolean) => void;
  /** What is wrong with it beside the other fields. */
  validate?: (on: boolean, fields: T) => string | true;
}

/** A switch bound to a form; the library's own keeps its state apart from the form's. */
export function FormSwitch<T extends FieldValues>({ control, name, label, description, onSwitch, validate }: FormSwitchProps<T>) {
  const { field, fieldState } = useController({ control, name, rules: validate ? { validate: (on, fields) => validate(on as boolean, fields) } : {} });
  return (
    <Switch
      label={label}
      description={description}
      checked={field.value as boolean}
      onChange={(event) => {
        field.onChange(event.currentTarget.checked);
        onSwitch?.(event.currentTarget.checked);
      }}
      onBlur={field.onBlur}
      ref={field.ref}
      error={fieldState.error?.message}
    />
  );
}
