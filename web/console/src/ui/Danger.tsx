import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './Problem';

export interface DangerProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  text: string;
  action: string;
  /** When given, this must be typed before the button works. */
  name?: string;
  act: () => Promise<unknown>;
}

/** Names the thing and the consequence, and for what cannot be undone asks for its name. */
export function Danger(props: DangerProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {props.opened && <DangerForm {...props} />}
    </Modal>
  );
}

function DangerForm({ onClose, text, action, name, act }: DangerProps) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    try {
      await act();
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
        <Text>{text}</Text>
        {name && (
          <TextInput label={t('ui.typeName', { name })} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" data-autofocus />
        )}
        {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button color="red" type="submit" loading={busy} disabled={!!name && typed.trim() !== name.trim()}>{action}</Button>
        </Group>
      </Stack>
    </form>
  );
}
