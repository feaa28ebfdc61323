import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useSaving } from '../ui/useSaving';
import { scopeFault } from './rules';

/** A permission, of a resource or of organizations. */
export interface Permission {
  id: string;
  name: string;
  description: string | null;
}

/** The name as it stands in tokens, and below it what it means. */
export function PermissionName({ of, always = false }: { of: Permission; always?: boolean }) {
  return (
    <>
      <Text ff="monospace" fz={13} fw={500}>{of.name}</Text>
      {of.description && <Text fz="xs" c="dimmed" {...(always ? {} : { hiddenFrom: 'sm' })}>{of.description}</Text>}
    </>
  );
}

export interface ScopeModalProps {
  opened: boolean;
  onClose: () => void;
  /** The one that is changed; without it a new one is made. */
  scope?: Permission | undefined;
  longest: number;
  placeholder: string;
  save: (body: { name: string; description: string }) => Promise<void>;
}

/** Adds a permission, or changes one. */
export function ScopeModal(props: ScopeModalProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t(props.scope ? 'resources.scopes.edit' : 'resources.scopes.add')} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {props.opened && <ScopeForm {...props} />}
    </Modal>
  );
}

function ScopeForm({ onClose, scope, longest, placeholder, save: write }: ScopeModalProps) {
  const { t } = useTranslation();
  const form = useForm({ defaultValues: { name: scope?.name ?? '', description: scope?.description ?? '' } });
  const { saving, save } = useSaving(form);
  const { register, formState: { errors } } = form;
  const submit = form.handleSubmit((fields) =>
    save(async () => {
      const body = { name: fields.name.trim(), description: fields.description.trim() };
      await write(body);
      onClose();
      notifications.show({ message: scope ? t('ui.saved') : t('resources.scopes.added', { name: body.name }) });
    }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t('resources.scopes.name')}
          description={t('resources.scopes.nameText')}
          placeholder={placeholder}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          data-autofocus
          maxLength={longest}
          error={errors.name?.message}
          {...register('name', { validate: (value) => !scopeFault(value) || t('resources.scopes.invalid') })}
        />
        <TextInput
          label={t('resources.scopes.description')}
          description={t('resources.scopes.descriptionText')}
          autoComplete="off"
          maxLength={256}
          error={errors.description?.message}
          {...register('description')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={saving}>{t(scope ? 'ui.save' : 'resources.scopes.add')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
