import { Alert, Skeleton, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Application } from '../api/types';
import { Problem } from '../ui/Problem';
import { Section } from '../ui/Section';
import { useManagementAccess } from './queries';

/** Lets a machine-to-machine application call the Management API. */
export function ManagementAccess({ application }: { application: Application }) {
  const { t } = useTranslation();
  return (
    <Section title={t('applications.access.title')} text={t('applications.access.text')}>
      <ManagementSwitch application={application} />
    </Section>
  );
}

export function ManagementSwitch({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { held, change } = useManagementAccess(application.id, true);
  if (held.error) return <Problem error={held.error} retry={() => void held.refetch()} />;
  if (!held.data) return <Skeleton h={24} w={260} />;
  if (!held.data.role) return <Alert color="yellow">{t('applications.access.missing')}</Alert>;
  return (
    <>
      <Switch
        label={t('applications.access.label')}
        checked={change.isPending ? change.variables : held.data.granted}
        disabled={change.isPending}
        onChange={(event) => {
          const grant = event.currentTarget.checked;
          change.mutate(grant, {
            onSuccess: () => notifications.show({ message: t(grant ? 'applications.access.granted' : 'applications.access.withdrawn', { name: application.name }) }),
          });
        }}
      />
      {change.error && <Problem error={change.error} />}
    </>
  );
}
