import { Badge, Button, Card, Group, SimpleGrid, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconRobot, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { kinds, useCustomizers, type Customizer, type Kind } from './queries';

const icons = { 'access-token': IconUser, 'client-credentials': IconRobot } as const;

/** The two kinds of tokens that a script can add claims to. */
export function ScriptsPage() {
  const { t } = useTranslation();
  const found = useCustomizers();
  return (
    <>
      <PageHead title={t('scripts.title')} text={t('scripts.text')} />
      {found.error && !found.data
        ? <Problem error={found.error} retry={() => void found.refetch()} />
        : (
          <Stack gap="xl">
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
              {kinds.map((kind) => found.data ? <KindCard key={kind} kind={kind} customizer={found.data.get(kind)} /> : <Skeleton key={kind} h={210} radius="lg" />)}
            </SimpleGrid>
            <section aria-labelledby="scripts-how">
              <Title order={2} id="scripts-how" mb="sm">{t('scripts.how.title')}</Title>
              <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="lg">
                {(['runs', 'safe', 'fails'] as const).map((part) => (
                  <div key={part}>
                    <Text fw={600} mb={4}>{t(`scripts.how.${part}.title`)}</Text>
                    <Text fz="sm" c="dimmed">{t(`scripts.how.${part}.text`)}</Text>
                  </div>
                ))}
              </SimpleGrid>
            </section>
          </Stack>
        )}
    </>
  );
}

function KindCard({ kind, customizer }: { kind: Kind; customizer: Customizer | undefined }) {
  const { t } = useTranslation();
  const Icon = icons[kind];
  const lines = customizer?.script.trimEnd().split('\n').length ?? 0;
  return (
    <Card>
      <Stack gap="md" h="100%" justify="space-between">
        <div>
          <Group justify="space-between" mb="sm">
            <ThemeIcon size={40} radius="lg" variant="light"><Icon size={22} stroke={1.7} /></ThemeIcon>
            {customizer
              ? <Badge color="green" variant="light" radius="sm" tt="none" fw={550}>{t('scripts.active')}</Badge>
              : <Badge color="gray" variant="light" radius="sm" tt="none" fw={550}>{t('scripts.none')}</Badge>}
          </Group>
          <Title order={2}>{t(`scripts.kinds.${kind}.title`)}</Title>
          <Text c="dimmed" fz="sm" mt={4}>{t(`scripts.kinds.${kind}.text`)}</Text>
          {customizer && (
            <Text fz="xs" c="dimmed" mt="sm">
              {t('scripts.lines', { count: lines })} · {customizer.blockIssuanceOnError ? t('scripts.blocks') : t('scripts.goesOn')}
            </Text>
          )}
        </div>
        <div>
          <Button component={Link} to={`/custom-jwt/${kind}`} variant={customizer ? 'default' : 'filled'}>
            {customizer ? t('scripts.edit') : t('scripts.create')}
          </Button>
        </div>
      </Stack>
    </Card>
  );
}
