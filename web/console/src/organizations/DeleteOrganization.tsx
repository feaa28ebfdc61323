import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Organization } from '../api/types';
import { Danger } from '../ui/Danger';
import { useDependents, useOrganizationChanges } from './queries';

/** Counts what ends with it before it asks for the name. */
export function DeleteOrganization({ organization, opened, onClose }: { organization: Organization; opened: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const changes = useOrganizationChanges();
  const found = useDependents(organization.id, opened);
  const { name } = organization;
  const counts = found.data && (Object.entries(found.data) as [keyof typeof found.data, number][]).filter(([, count]) => count > 0);
  const what = counts && new Intl.ListFormat(i18n.language).format(counts.map(([part, count]) => t(`organizations.delete.${part}`, { count })));
  return (
    <Danger
      opened={opened}
      onClose={onClose}
      title={t('organizations.delete.title', { name })}
      text={found.isPending ? t('organizations.delete.counting') : what ? t('organizations.delete.text', { what }) : t(found.error ? 'organizations.delete.uncounted' : 'organizations.delete.textUnused')}
      action={t('organizations.delete.action')}
      name={name}
      act={async () => {
        await changes.remove(organization.id);
        await navigate('/organizations', { replace: true, state: { nothingToSave: true } });
        notifications.show({ message: t('organizations.delete.done', { name }) });
      }}
    />
  );
}
