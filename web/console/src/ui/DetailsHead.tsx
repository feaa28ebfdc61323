import { ActionIcon, Anchor, Card, Group, Menu, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CopyText } from './CopyText';

/** The way back to the list. */
export function BackLink({ to, label }: { to: string; label: string }) {
  return (
    <Anchor component={Link} to={to} fz="sm" c="dimmed">
      <Group gap={2}><IconChevronLeft size={15} />{label}</Group>
    </Anchor>
  );
}

export interface DetailsHeadProps {
  icon: ReactNode;
  name: string;
  chips?: ReactNode;
  id: string;
  idLabel: string;
  /** Items of the menu; without any there is no menu. */
  menu?: ReactNode;
  /** Windows that the menu opens. */
  children?: ReactNode;
}

/** The card at the top of a details page: what it is, its id, and what can be done with it. */
export function DetailsHead({ icon, name, chips, id, idLabel, menu, children }: DetailsHeadProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <Group justify="space-between" gap="md" wrap="nowrap" align="flex-start">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
          {icon}
          <div style={{ minWidth: 0 }}>
            <Title order={1} fz={20} lh="28px" style={{ overflowWrap: 'anywhere' }}>{name}</Title>
            <Group gap="sm" mt={4}>
              {chips}
              <Group gap="0 6px" style={{ minWidth: 0 }}>
                <Text fz="xs" c="dimmed" style={{ flexShrink: 0 }}>{idLabel}</Text>
                <CopyText value={id} what={idLabel} />
              </Group>
            </Group>
          </div>
        </Group>
        {menu && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t('ui.actions')}><IconDots size={18} /></ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>{menu}</Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {children}
    </Card>
  );
}
