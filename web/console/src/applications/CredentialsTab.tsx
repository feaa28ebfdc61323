import { Alert, Anchor, Card, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { Section } from '../ui/Section';
import { Endpoints } from './Endpoints';
import { ManagementAccess } from './ManagementAccess';
import { isConfidential, provesByKey } from './oauth';
import { Secrets } from './Secrets';

export function CredentialsTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  return (
    <Card p={0}>
      <Section title={t('applications.credentials.id.title')} text={t('applications.credentials.id.text')}>
        <div>
          <Text fz="sm" fw={550} mb={4}>{t('applications.credentials.appId')}</Text>
          <CopyText value={application.id} what={t('applications.credentials.appId')} block />
        </div>
        {isConfidential(application) && provesByKey(application) && (
          <Alert variant="light" color="blue">
            {t('oauth.secrets.unused')} <Anchor component={Link} to={`/applications/${application.id}/security`} fz="sm" underline="always">{t('oauth.secrets.toMethod')}</Anchor>
          </Alert>
        )}
        {isConfidential(application)
          ? <Secrets application={application} />
          : <Text c="dimmed" fz="sm">{t('applications.credentials.publicClient')}</Text>}
      </Section>
      {application.type === 'MachineToMachine' && <ManagementAccess application={application} />}
      <Endpoints application={application} />
    </Card>
  );
}
