import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScopePicker, type PickedScope } from '../resources/ScopePicker';
import { useProblemText } from '../ui/Problem';

export interface ScopesModalProps {
  opened: boolean;
  onClose: () => void;
  label: string;
  exclude: ReadonlySet<string>;
  add: (scopeIds: string[]) => Promise<unknown>;
}

/** Chooses permissions of APIs that an application may ask users for; never those of the Management API. */
export function ScopesModal(props: ScopesModalProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} size={640} title={t('access.permissions.add')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {props.opened && <ScopesForm {...props} />}
    </Modal>
  );
}

function ScopesForm({ onClose, label, exclude, add }: ScopesModalProps) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const [picked, setPicked] = useState<PickedScope[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    try {
      await add(picked.map(({ id }) => id));
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void submit();
      }}
    >
      <Stack>
        <ScopePicker label={label} value={picked} onChange={setPicked} withManagement={false} exclude={exclude} />
        {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={busy} disabled={picked.length === 0}>{t('access.permissions.add')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
