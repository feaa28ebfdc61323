import { Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './ui.module.css';

/** A part of a form: what it is at the left, its fields at the right; one column on a phone. */
export function Section({ title, text, stacked = false, children }: { title: string; text?: string; stacked?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} data-stacked={stacked || undefined} aria-labelledby={id}>
      <div className={classes.sectionHead}>
        <Title order={2} id={id}>{title}</Title>
        {text && <Text c="dimmed" fz="sm" mt={4}>{text}</Text>}
      </div>
      <Stack gap="md" className={classes.sectionBody}>{children}</Stack>
    </section>
  );
}
