import '../app/later';
import { Card, SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import { CopyText } from '../ui/CopyText';

/** The addresses that client libraries ask for. */
export function Facts() {
  const { t } = useTranslation();
  const { origin } = useApi();
  const facts = {
    endpoint: origin,
    issuer: `${origin}/oidc`,
    discovery: `${origin}/oidc/.well-known/openid-configuration`,
    api: 'https://default.logto.app/api',
  };
  return (
    <Card component="section" aria-labelledby="facts">
      <Title order={2} id="facts">{t('start.facts.title')}</Title>
      <Text c="dimmed" mt={2} mb="md">{t('start.facts.text')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {(Object.keys(facts) as (keyof typeof facts)[]).map((key) => (
          <div key={key}>
            <Text fz="xs" fw={550} c="dimmed" mb={3}>{t(`start.facts.${key}`)}</Text>
            <CopyText value={facts[key]} what={t(`start.facts.${key}`)} block />
          </div>
        ))}
      </SimpleGrid>
    </Card>
  );
}
