import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Picker, type PickerProps } from './Picker';
import { useProblemText } from './Problem';

export interface AssignModalProps<T> extends Pick<PickerProps<T>, 'source' | 'label' | 'placeholder' | 'empty' | 'max'> {
  opened: boolean;
  onClose: () => void;
  title: string;
  text?: string;
  /** On the button; "Assign" unless told. */
  action?: string;
  /** Gets the ids and the entries; when it is done, the window closes. A refusal is told in the window. */
  assign: (ids: string[], picked: T[]) => Promise<unknown>;
  /** What else is asked, below the picker. */
  children?: ReactNode;
}

/** Picks entries of a list and does something with them, such as giving users a role. */
export function AssignModal<T>(props: AssignModalProps<T>) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} size={560} title={props.title} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {props.opened && <AssignForm {...props} />}
    </Modal>
  );
}

function AssignForm<T>({ onClose, text, action, assign, children, ...picker }: AssignModalProps<T>) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const [picked, setPicked] = useState<T[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await assign(picked.map((each) => picker.source.row(each).id), picked);
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
        {text && <Text>{text}</Text>}
        <Picker {...picker} hideLabel value={picked} onChange={setPicked} autoFocus />
        {children}
        {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={busy} disabled={picked.length === 0}>{action ?? t('ui.picker.assign')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
