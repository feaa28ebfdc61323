import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import { ScopePicker, type PickedScope } from '../resources/ScopePicker';
import { useProblemText } from '../ui/Problem';

export interface AddScopesProps {
  opened: boolean;
  onClose: () => void;
  /** What the role is called. */
  name: string;
  /** The list of what it gives already; without pages it answers whole. */
  held: string;
  withManagement: boolean;
  add: (scopeIds: string[]) => Promise<void>;
}

/** Chooses permissions of API resources for a role. */
export function AddScopes(props: AddScopesProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} size={640} title={t('roles.permissions.addTo', { name: props.name })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {props.opened && <AddForm {...props} />}
    </Modal>
  );
}

function AddForm({ onClose, held, withManagement, add }: AddScopesProps) {
  const { t } = useTranslation();
  const api = useApi();
  const describe = useProblemText();
  const [picked, setPicked] = useState<PickedScope[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const has = useQuery({ queryKey: ['role-parts', 'held', held], gcTime: 0, queryFn: () => api.get<{ id: string }[]>(held) }).data;
  const exclude = useMemo(() => new Set(has?.map((scope) => scope.id)), [has]);
  const submit = async () => {
    setBusy(true);
    try {
      await add(picked.map((scope) => scope.id));
      onClose();
      notifications.show({ message: t('roles.permissions.added', { count: picked.length }) });
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
        <ScopePicker label={t('roles.form.scopes')} value={picked} onChange={setPicked} withManagement={withManagement} exclude={exclude} />
        {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={busy} disabled={picked.length === 0}>{t('roles.permissions.add')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
