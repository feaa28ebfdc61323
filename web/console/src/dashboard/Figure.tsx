import { Card, Group, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Count } from './queries';
import classes from './dashboard.module.css';

export interface FigureProps {
  label: string;
  /** What exactly is counted. */
  text: string;
  value: number | Count | undefined;
  /** What the difference is to, such as "yesterday". */
  than?: string;
}

/** One number with its difference to the span before. */
export function Figure({ label, text, value, than }: FigureProps) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const count = typeof value === 'object' ? value.count : value;
  const delta = typeof value === 'object' ? value.delta : undefined;
  const Icon = delta === undefined || delta === 0 ? IconMinus : delta > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Card p="md">
      <Tooltip label={text} multiline maw={280}>
        <Text component="h2" fz="sm" c="dimmed" fw={500} className={classes.label} tabIndex={0}>{label}</Text>
      </Tooltip>
      {count === undefined ? <Skeleton h={34} w={90} mt={6} /> : <Text className={classes.value}>{number.format(count)}</Text>}
      {than && (delta === undefined ? <Skeleton h={14} w={120} mt={6} /> : (
        <Group gap={4} wrap="nowrap" mt={2}>
          <Icon size={15} aria-hidden="true" className={classes.trend} data-trend={Math.sign(delta)} />
          <Text fz="xs" c="dimmed">{t('dashboard.delta', { delta: new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' }).format(delta), than })}</Text>
        </Group>
      ))}
    </Card>
  );
}
