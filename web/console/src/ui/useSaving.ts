import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { fieldErrors } from '../api/errors';
import { useProblemText } from './Problem';

/** For a reset that is meant: the forms keep what was typed when their data is merely read again. */
export const entirely = { keepDirtyValues: false };

/**
 * Runs a save: an error that is about fields of the form lands on them (the first gets the focus),
 * any other is told in a notification.
 */
export function useSaving<T extends FieldValues>(
  form: UseFormReturn<T>,
  fieldOf: (path: string) => string = (path) => path,
) {
  const [saving, setSaving] = useState(false);
  const text = useProblemText();
  const save = async (act: () => Promise<void>) => {
    setSaving(true);
    try {
      await act();
    } catch (error) {
      const known = fieldErrors(error)
        .map(({ path, message }) => ({ path: fieldOf(path) as Path<T>, message }))
        .filter(({ path }) => String(path).split('.')[0]! in form.getValues());
      known.forEach(({ path, message }, index) => form.setError(path, { message }, { shouldFocus: index === 0 }));
      if (known.length === 0) notifications.show({ color: 'red', message: text(error), autoClose: 8000 });
    } finally {
      setSaving(false);
    }
  };
  return { saving, save };
}
