import { Anchor, Button, Group, Modal, Radio, Select, Stack, TagsInput, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/errors';
import type { Invitation, Organization, RoleName } from '../api/types';
import { useProblemText } from '../ui/Problem';
import { isEmail } from '../users/rules';
import { addresses, day, lifetimes, type InvitationLink } from './invitations';
import { useCanMail, useOrganizationChanges } from './queries';
import { RolesSelect } from './RolesSelect';

export interface InviteModalProps {
  organization: Organization;
  opened: boolean;
  /** An invitation that did not lead to anything, to be made once more. */
  again: Invitation | undefined;
  onClose: () => void;
  /** Gets the links that nobody was sent. */
  onLinks: (links: InvitationLink[]) => void;
}

interface Fields {
  invitees: string[];
  roles: RoleName[];
  days: string;
  delivery: 'mail' | 'link';
}

const most = 50;

export function InviteModal(props: InviteModalProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={props.opened} onClose={props.onClose} size={560} title={t('organizations.invite.title', { name: props.organization.name })} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <InviteForm {...props} />
    </Modal>
  );
}

function InviteForm({ organization, again, onClose, onLinks }: InviteModalProps) {
  const { t } = useTranslation();
  const reason = useReason();
  const changes = useOrganizationChanges();
  const canMail = useCanMail().data;
  const form = useForm<Fields>({
    defaultValues: { invitees: again ? [again.invitee] : [], roles: again?.organizationRoles ?? [], days: '7', delivery: 'mail' },
  });
  const { control, handleSubmit, setError, setValue, formState: { isSubmitting } } = form;
  const byMail = canMail !== false && form.watch('delivery') === 'mail';

  const invite = async (invitee: string, { roles, days }: Fields): Promise<InvitationLink | undefined> => {
    const made = await changes.invite({
      invitee,
      organizationId: organization.id,
      organizationRoleIds: roles.map(({ id }) => id),
      expiresAt: Date.now() + Number(days) * day,
      messagePayload: byMail ? {} : false,
    });
    return byMail ? undefined : { invitee, link: await changes.newLink(made.id) };
  };

  const submit = handleSubmit(async (fields) => {
    const links: InvitationLink[] = [];
    const refused = new Map<string, string>();
    for (const invitee of fields.invitees) {
      try {
        const link = await invite(invitee, fields);
        if (link) links.push(link);
      } catch (error) {
        refused.set(invitee, t('organizations.invite.failed', { address: invitee, reason: reason(error) }));
      }
    }
    const done = fields.invitees.length - refused.size;
    if (done > 0) notifications.show({ message: t('organizations.invite.done', { count: done }) });
    if (refused.size > 0 && links.length === 0) {
      // Those that remain in the field are those who are not invited.
      setValue('invitees', [...refused.keys()]);
      return setError('invitees', { message: [...refused.values()].join('\n') });
    }
    // Links are shown now or never.
    refused.forEach((message) => notifications.show({ color: 'red', message, autoClose: 12_000 }));
    onClose();
    if (links.length > 0) onLinks(links);
  });

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.stopPropagation();
        void submit(event);
      }}
    >
      <Stack>
        <Controller
          control={control}
          name="invitees"
          rules={{
            validate: (list) => {
              const wrong = list.find((address) => !isEmail(address));
              if (wrong) return t('organizations.invite.wrong', { address: wrong });
              return list.length > most ? t('organizations.invite.tooMany', { count: most }) : list.length > 0 || t('ui.invalid.email');
            },
          }}
          render={({ field, fieldState }) => (
            <TagsInput
              label={t('organizations.invite.addresses')}
              description={t('organizations.invite.addressesText')}
              placeholder={field.value.length === 0 ? 'name@example.com' : undefined}
              splitChars={[',', ' ', ';', '、', '，', '；']}
              acceptValueOnBlur
              autoComplete="off"
              inputMode="email"
              required
              data-autofocus
              ref={field.ref}
              value={field.value}
              onChange={(next) => field.onChange(addresses(next))}
              onBlur={field.onBlur}
              error={fieldState.error?.message}
              styles={{ error: { whiteSpace: 'pre-line' } }}
            />
          )}
        />
        <Controller
          control={control}
          name="roles"
          render={({ field }) => <RolesSelect type="User" label={t('organizations.roles.label')} description={t('organizations.invite.rolesText')} value={field.value} onChange={field.onChange} />}
        />
        <Controller
          control={control}
          name="days"
          render={({ field }) => (
            <Select
              label={t('organizations.invite.expires')}
              allowDeselect={false}
              data={lifetimes.map((count) => ({ value: String(count), label: t('applications.credentials.expiries.days', { count }) }))}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
        <Controller
          control={control}
          name="delivery"
          render={({ field }) => <Delivery value={byMail ? 'mail' : 'link'} onChange={field.onChange} canMail={canMail} />}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" loading={isSubmitting}>{t(byMail ? 'organizations.invite.send' : 'organizations.invite.make')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Why somebody cannot be invited; the server's own sentences tell less of whom it is about. */
function useReason() {
  const { t } = useTranslation();
  const describe = useProblemText();
  return (error: unknown) => {
    if (error instanceof ApiError && error.code === 'entity.unique_integrity_violation') return t('organizations.invite.open');
    if (error instanceof ApiError && error.status === 422 && error.code === 'request.invalid_input') return t('organizations.invite.member');
    return describe(error);
  };
}

function Delivery({ value, onChange, canMail }: { value: 'mail' | 'link'; onChange: (value: string) => void; canMail: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('organizations.invite.delivery')} value={value} onChange={onChange}>
      <Stack gap="sm" mt={6}>
        <Radio value="mail" disabled={canMail === false} label={t('organizations.invite.mail')} description={t('organizations.invite.mailText')} />
        <Radio value="link" label={t('organizations.invite.link')} description={t('organizations.invite.linkText')} />
      </Stack>
      {canMail === false && (
        <Text fz="xs" c="dimmed" mt="xs">
          {t('organizations.invite.noMail')} <Anchor component={Link} to="/connectors" fz="xs">{t('organizations.invite.setUpMail')}</Anchor>
        </Text>
      )}
    </Radio.Group>
  );
}
