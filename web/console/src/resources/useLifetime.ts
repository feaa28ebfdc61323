import { useTranslation } from 'react-i18next';

/** Seconds in the largest unit that leaves no rest: "1 hour", "90 seconds". */
export function useLifetime() {
  const { i18n } = useTranslation();
  return (seconds: number) => lifetime(seconds, i18n.language);
}

const units = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const;

export function lifetime(seconds: number, language: string): string {
  const [unit, size] = units.find(([, each]) => seconds % each === 0 && seconds >= each) ?? units[3];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size);
}
