import { Card, Group, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './ui.module.css';

/** One numbered step of a guide. */
export function Step({ number, title, id, children }: { number: number; title: string; id?: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <Card component="section" id={id} aria-labelledby={titleId} className={classes.step}>
      <Group gap="sm" wrap="nowrap" mb="sm">
        <span className={classes.number} aria-hidden="true">{number}</span>
        <Title order={2} id={titleId}>{title}</Title>
      </Group>
      {children}
    </Card>
  );
}
