import { Anchor, Button, Card, Group, SimpleGrid, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconArrowRight, IconHistory, IconPalette, IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FrameworkCard } from '../guides/FrameworkCard';
import { frameworkOf, type FrameworkId } from '../guides/frameworks';
import { PageHead } from '../ui/PageHead';

// Below the fold, and its tooltips weigh more than the rest of the page.
const Facts = lazy(async () => ({ default: (await import('./Facts')).Facts }));

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
        <Suspense fallback={<Skeleton h={210} radius="lg" />}>
          <Facts />
        </Suspense>
      </Stack>
    </>
  );
}
