import { ActionIcon, Button, Card, Group, SimpleGrid, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconChartAreaLine, IconChevronLeft, IconChevronRight, IconPlugConnected, IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '../ui/EmptyState';
import { PageHead } from '../ui/PageHead';
import { Problem } from '../ui/Problem';
import { DayChart } from './DayChart';
import { dayOf, shifted, today } from './days';
import { Figure } from './Figure';
import { useActive, useFigures } from './queries';

export function DashboardPage() {
  const { t } = useTranslation();
  const figures = useFigures();
  const { data } = figures;
  return (
    <>
      <PageHead title={t('dashboard.title')} text={t('dashboard.text')} />
      {figures.error && <Problem error={figures.error} retry={() => void figures.refetch()} />}
      {data?.total === 0 && <Card p={0}><Nobody /></Card>}
      {!figures.error && data?.total !== 0 && (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
            <Figure label={t('dashboard.total')} text={t('dashboard.totalText')} value={data?.total} />
            <Figure label={t('dashboard.newToday')} text={t('dashboard.newTodayText')} value={data?.today} than={t('dashboard.than.yesterday')} />
            <Figure label={t('dashboard.newWeek')} text={t('dashboard.newWeekText')} value={data?.last7Days} than={t('dashboard.than.week')} />
          </SimpleGrid>
          <ActiveUsers />
        </Stack>
      )}
    </>
  );
}

function ActiveUsers() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const until = dayOf(params.get('until'));
  const active = useActive(until);
  const { data } = active;
  const show = (day: string) => setParams(day < today() ? { until: day } : {}, { replace: true });
  return (
    <>
      <Group justify="space-between" align="flex-end" mt="sm" gap="sm">
        <div>
          <Title order={2}>{t('dashboard.active.title')}</Title>
          <Text c="dimmed" fz="sm">{t('dashboard.active.text')}</Text>
        </div>
        <Period until={until ?? today()} onChange={show} />
      </Group>
      {active.error ? <Problem error={active.error} retry={() => void active.refetch()} /> : (
        <>
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
            <Figure label={t('dashboard.active.dau')} text={t('dashboard.active.dauText')} value={data?.dau} than={t('dashboard.than.dayBefore')} />
            <Figure label={t('dashboard.active.wau')} text={t('dashboard.active.wauText')} value={data?.wau} than={t('dashboard.than.week')} />
            <Figure label={t('dashboard.active.mau')} text={t('dashboard.active.mauText')} value={data?.mau} than={t('dashboard.than.month')} />
          </SimpleGrid>
          <Card>
            <Title order={3} mb="sm">{t('dashboard.chart.title')}</Title>
            {data ? <DayChart days={data.dauCurve} label={t('dashboard.chart.label')} /> : <Skeleton h={264} />}
          </Card>
        </>
      )}
    </>
  );
}

/** The last of the thirty days that are shown. */
function Period({ until, onChange }: { until: string; onChange: (day: string) => void }) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap">
      <ActionIcon variant="default" size={36} aria-label={t('dashboard.earlier')} onClick={() => onChange(shifted(until, -30))}><IconChevronLeft size={18} /></ActionIcon>
      <TextInput
        type="date"
        aria-label={t('dashboard.until')}
        value={until}
        max={today()}
        onChange={(event) => {
          const day = dayOf(event.currentTarget.value);
          if (day) onChange(day);
        }}
      />
      <ActionIcon variant="default" size={36} aria-label={t('dashboard.later')} disabled={until >= today()} onClick={() => onChange(shifted(until, 30))}><IconChevronRight size={18} /></ActionIcon>
    </Group>
  );
}

function Nobody() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconChartAreaLine size={24} />}
      title={t('dashboard.empty.title')}
      text={t('dashboard.empty.text')}
      action={(
        <Group gap="xs" justify="center">
          <Button component={Link} to="/get-started" leftSection={<IconPlugConnected size={16} />}>{t('dashboard.empty.connect')}</Button>
          <Button component={Link} to="/users/create" variant="default" leftSection={<IconUserPlus size={16} />}>{t('dashboard.empty.create')}</Button>
        </Group>
      )}
    />
  );
}
