import { notifications } from '@mantine/notifications';
import { useState, type ReactNode } from 'react';
import { useForm, type DefaultValues, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/errors';
import { Conflict } from './Conflict';
import { entirely, useSaving } from './useSaving';

/** Fields that two have changed at once: `mine` differs from what I began with, and so does what is stored now. */
export function clashes<F extends object>(mine: F, began: F, stored: F): (keyof F)[] {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return (Object.keys(mine) as (keyof F)[])
    .filter((name) => !same(began[name], stored[name]) && !same(mine[name], began[name]) && !same(mine[name], stored[name]));
}

/** The fields that differ from what is saved: a save shall not undo what another administrator has changed elsewhere. */
export function changed<F extends object>(fields: F, saved: F): Partial<F> {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(saved[name as keyof F]))) as Partial<F>;
}

export interface EditingOptions<T, F extends FieldValues> {
  saved: T;
  fieldsOf: (saved: T) => F;
  /** Saves, naming the version (`If-Match`) that was read; 412 tells that another was faster. */
  update: (fields: F) => Promise<unknown>;
  /** Reads it again. */
  reload: () => Promise<T>;
  /** What a field is called on the page. */
  labelOf: (field: keyof F) => string;
  /** The field of the form for a path that the server names. */
  fieldOf?: (path: string) => string;
  /** Told of the first field that is at fault, which may be out of sight. */
  onFault?: (field: keyof F) => void;
}

export interface Editing<F extends FieldValues> {
  form: UseFormReturn<F>;
  submit: (event: React.FormEvent) => Promise<void>;
  /** To be shown above the fields. */
  conflict: ReactNode;
  /** For the SaveBar. */
  bar: { dirty: boolean; saving: boolean; onDiscard: () => void };
}

/** The form of one thing that is read with its version, and saved only if that is still the newest. */
export function useEditing<T, F extends FieldValues>({ saved, fieldsOf, update, reload, labelOf, fieldOf, onFault }: EditingOptions<T, F>): Editing<F> {
  const { t } = useTranslation();
  const form = useForm<F>({ values: fieldsOf(saved), resetOptions: { keepDirtyValues: true } });
  const { saving, save } = useSaving(form, fieldOf);
  const [conflict, setConflict] = useState<'found' | (keyof F)[]>();
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      try {
        await update(fields as unknown as F);
      } catch (error) {
        if (error instanceof ApiError && error.status === 412) return setConflict('found');
        throw error;
      }
      setConflict(undefined);
      form.reset(fieldsOf(await reload()) as DefaultValues<F> & F, entirely);
      notifications.show({ message: t('ui.saved') });
    }), (errors) => onFault?.(Object.keys(errors)[0]!));
  const readAgain = async () => {
    const [mine, began] = [form.getValues(), fieldsOf(saved)];
    const both = clashes(mine, began, fieldsOf(await reload()));
    setConflict(both.length > 0 ? both : undefined);
  };
  return {
    form,
    submit,
    conflict: conflict && <Conflict fields={conflict === 'found' ? undefined : conflict.map(labelOf)} readAgain={readAgain} />,
    bar: {
      dirty: form.formState.isDirty,
      saving,
      onDiscard: () => {
        setConflict(undefined);
        form.reset(fieldsOf(saved) as DefaultValues<F> & F, entirely);
      },
    },
  };
}
