import { Anchor, Button, Card, Group, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconArrowRight, IconHistory, IconPalette, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api/context';
import { FrameworkCard } from '../guides/Gallery';
import { frameworkOf, type FrameworkId } from '../guides/frameworks';
import { CopyText } from '../ui/CopyText';
import { PageHead } from '../ui/PageHead';

const featured: FrameworkId[] = ['flask', 'next', 'react', 'express', 'spring-boot', 'flutter'];

const steps = [
  { key: 'look', to: '/sign-in-experience', icon: IconPalette },
  { key: 'people', to: '/users/create', icon: IconUserPlus },
  { key: 'watch', to: '/audit-logs', icon: IconHistory },
] as const;

export function StartPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('start.title')} text={t('start.text')} />
      <Stack gap="xl">
        <Card component="section" aria-labelledby="connect">
          <Group justify="space-between" align="flex-start" mb="md" wrap="nowrap">
            <div>
              <Title order={2} id="connect">{t('start.connect.title')}</Title>
              <Text c="dimmed" mt={2}>{t('start.connect.text')}</Text>
            </div>
            <Anchor component={Link} to="/get-started/frameworks" fw={550} style={{ flexShrink: 0 }}>
              <Group gap={4} wrap="nowrap">{t('start.connect.viewAll')}<IconArrowRight size={15} /></Group>
            </Anchor>
          </Group>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
            {featured.map((id) => <FrameworkCard key={id} id={id} name={frameworkOf(id)!.name} />)}
          </SimpleGrid>
        </Card>
        <section aria-labelledby="steps">
          <Title order={2} id="steps" mb="sm">{t('start.steps')}</Title>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
            {steps.map(({ key, to, icon: Icon }) => (
              <Card key={key} component="article">
                <ThemeIcon variant="light" size={36} radius="md"><Icon size={19} stroke={1.7} /></ThemeIcon>
                <Title order={3} mt="sm">{t(`start.${key}.title`)}</Title>
                <Text c="dimmed" fz="sm" mt={2} flex={1}>{t(`start.${key}.text`)}</Text>
                <Group mt="md"><Button component={Link} to={to} variant="default">{t(`start.${key}.action`)}</Button></Group>
              </Card>
            ))}
          </SimpleGrid>
        </section>
        <Facts />
      </Stack>
    </>
  );
}

function Facts() {
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
