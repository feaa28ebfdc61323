import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says what will be here, and offers the first action. */
export function EmptyState({ icon, title, text, action }: {
  icon: ReactNode;
  title: string;
  text: string;
  action?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <ThemeIcon size={48} radius="lg" variant="light">{icon}</ThemeIcon>
      <Title order={2} mt="xs">{title}</Title>
      <Text c="dimmed" maw={420}>{text}</Text>
      {action && <div style={{ marginTop: 12 }}>{action}</div>}
    </Stack>
  );
}
