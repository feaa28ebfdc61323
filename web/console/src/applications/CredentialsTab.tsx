import { Card, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import type { Application } from '../api/types';
import { CopyText } from '../ui/CopyText';
import { Section } from '../ui/Section';
import { ManagementAccess } from './ManagementAccess';
import { Secrets } from './Secrets';

export const keepsSecrets = ({ type }: Application) => type === 'Traditional' || type === 'MachineToMachine' || type === 'Protected';

export function CredentialsTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { origin } = useApi();
  const issuer = `${origin}/oidc`;
  const interactive = application.type !== 'MachineToMachine';
  const endpoints = {
    endpoint: origin,
    issuer,
    discovery: `${issuer}/.well-known/openid-configuration`,
    ...(interactive ? { authorization: `${issuer}/auth` } : {}),
    token: `${issuer}/token`,
    ...(interactive ? { userinfo: `${issuer}/me`, endSession: `${issuer}/session/end` } : {}),
    jwks: `${issuer}/jwks`,
  };
  return (
    <Card p={0}>
      <Section title={t('applications.credentials.id.title')} text={t('applications.credentials.id.text')}>
        <div>
          <Text fz="sm" fw={550} mb={4}>{t('applications.credentials.appId')}</Text>
          <CopyText value={application.id} what={t('applications.credentials.appId')} block />
        </div>
        {keepsSecrets(application)
          ? <Secrets application={application} />
          : <Text c="dimmed" fz="sm">{t('applications.credentials.publicClient')}</Text>}
      </Section>
      {application.type === 'MachineToMachine' && <ManagementAccess application={application} />}
      <Section title={t('applications.credentials.endpoints.title')} text={t('applications.credentials.endpoints.text')}>
        <SimpleGrid cols={1} spacing="sm">
          {(Object.keys(endpoints) as (keyof typeof endpoints)[]).map((key) => (
            <div key={key}>
              <Text fz="sm" fw={550} mb={4}>{t(`applications.credentials.${key}`)}</Text>
              <CopyText value={endpoints[key]!} what={t(`applications.credentials.${key}`)} block />
            </div>
          ))}
        </SimpleGrid>
      </Section>
    </Card>
  );
}
