import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role, RoleName } from '../api/types';
import { useProblemText } from '../ui/Problem';
import { RolesSelect } from './RolesSelect';

export interface EditRolesProps {
  opened: boolean;
  /** Whose roles they are. */
  name: string;
  /** In place of the one that names them. */
  title?: string;
  roles: RoleName[];
  type: Role['type'];
  onClose: () => void;
  save: (before: string[], after: string[]) => Promise<unknown>;
}

export function EditRoles(props: EditRolesProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} size={520} title={props.title ?? t('organizations.roles.editTitle', { name: props.name })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <EditForm {...props} />
    </Modal>
  );
}

function EditForm({ roles: before, type, onClose, save }: EditRolesProps) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const [roles, setRoles] = useState(before);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = async () => {
    setBusy(true);
    try {
      await save(before.map(({ id }) => id), roles.map(({ id }) => id));
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
        <RolesSelect type={type} label={t('organizations.roles.label')} description={t('organizations.roles.text')} value={roles} onChange={setRoles} autoFocus />
        {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={busy}>{t('ui.save')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
