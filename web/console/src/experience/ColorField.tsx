import { ColorInput } from '@mantine/core';
import { Controller, type Control, type FieldPathByValue, type FieldValues } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { isHexColor } from './colors';

const swatches = ['#0F766E', '#2563EB', '#7C3AED', '#DB2777', '#DC2626', '#EA580C', '#CA8A04', '#16A34A', '#0F172A'];

export function ColorField<T extends FieldValues>({ control, name, label }: { control: Control<T>; name: FieldPathByValue<T, string>; label: string }) {
  const { t } = useTranslation();
  return (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (value) => isHexColor(value) || t('ui.invalid.color') }}
      render={({ field, fieldState }) => (
        <ColorInput {...field} w={220} label={label} format="hex" swatches={swatches} swatchesPerRow={9} error={fieldState.error?.message} withEyeDropper={false} />
      )}
    />
  );
}
