import { Button, Group, Modal, Paper, Text, Transition } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import classes from './ui.module.css';

export interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  onDiscard: () => void;
  /** Addresses below this one belong to the same form: going there loses nothing. */
  within?: string;
  /** On the button, where saving does more than save. */
  action?: string;
  /** What saving needs, or what it leaves to do. */
  note?: string;
}

/** Appears when something changed. Leaving the page then asks first. */
export function SaveBar({ dirty, saving, onDiscard, within, action, note }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <>
      <LeaveGuard when={dirty} within={within} />
      <Transition mounted={dirty} transition="slide-up" duration={150}>
        {(style) => (
          <Paper shadow="md" withBorder p="sm" radius="lg" className={classes.saveBar} style={style}>
            <Group justify="space-between" gap="sm">
              <div role="status" style={{ flex: '1 1 220px' }}>
                <Text fw={550}>{t('ui.unsaved')}</Text>
                {note && <Text fz="xs" c="dimmed">{note}</Text>}
              </div>
              <Group gap="xs">
                <Button variant="default" onClick={onDiscard} disabled={saving}>{t('ui.discard')}</Button>
                <Button type="submit" loading={saving}>{action ?? t('ui.save')}</Button>
              </Group>
            </Group>
          </Paper>
        )}
      </Transition>
    </>
  );
}

function LeaveGuard({ when, within }: { when: boolean; within: string | undefined }) {
  const { t } = useTranslation();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const { nothingToSave } = (nextLocation.state ?? {}) as { nothingToSave?: boolean };
    if (!when || nothingToSave || currentLocation.pathname === nextLocation.pathname) return false;
    return !(within && nextLocation.pathname.startsWith(within));
  });
  useEffect(() => {
    if (!when) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [when]);
  return (
    <Modal opened={blocker.state === 'blocked'} onClose={() => blocker.reset?.()} title={t('ui.leave.title')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <Text>{t('ui.leave.text')}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>{t('ui.leave.stay')}</Button>
        <Button color="red" onClick={() => blocker.proceed?.()}>{t('ui.leave.go')}</Button>
      </Group>
    </Modal>
  );
}
