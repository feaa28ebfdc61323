import { Alert, Anchor, Button, Card, Group, Menu, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconCircleCheck, IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { useApi } from '../api/context';
import { ApiError } from '../api/errors';
import type { Application } from '../api/types';
import { Missing } from '../app/Broken';
import { isConfidential } from '../applications/oauth';
import { useApplication, useSecrets } from '../applications/queries';
import { CopyText } from '../ui/CopyText';
import { Problem } from '../ui/Problem';
import { useTitle } from '../ui/useTitle';
import { frameworkOf, frameworks, type Framework, type FrameworkId } from './frameworks';
import { FrameworkMark } from './FrameworkMark';
import { runnable, type Guide, type Values } from './guide';
import classes from './Guide.module.css';
import { StepCard } from './StepCard';

const contents = import.meta.glob<{ guide: Guide }>('./content/*.ts');

export function loadGuide(id: FrameworkId): Promise<Guide> {
  return contents[`./content/${id}.ts`]!().then(({ guide }) => guide);
}

/** A secret for the sample itself (its session cookie): 32 hexadecimal digits, new for each visit. */
function randomHex(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function GuidePage() {
  const { id = '', framework: chosen } = useParams();
  const framework = frameworkOf(chosen);
  const application = useApplication(id);
  const secrets = useSecrets(id, !!application.data && isConfidential(application.data));
  const guide = useQuery({ queryKey: ['guide', chosen], queryFn: () => loadGuide(framework!.id), enabled: !!framework, staleTime: Infinity });
  if (!framework || (application.error instanceof ApiError && application.error.status === 404)) return <Missing />;
  const error = application.error ?? secrets.error ?? guide.error;
  if (error) return <Problem error={error} retry={() => void Promise.all([application.refetch(), guide.refetch()])} />;
  if (!application.data || !guide.data || (isConfidential(application.data) && !secrets.data)) {
    return <Stack><Skeleton h={120} radius="lg" /><Skeleton h={180} radius="lg" /><Skeleton h={320} radius="lg" /></Stack>;
  }
  const valid = secrets.data?.find(({ expiresAt }) => expiresAt === null || expiresAt > Date.now());
  return <GuideView framework={framework} application={application.data} guide={guide.data} secret={valid?.value} />;
}

function GuideView({ framework, application, guide, secret }: {
  framework: Framework & { id: FrameworkId };
  application: Application;
  guide: Guide;
  secret: string | undefined;
}) {
  const { t } = useTranslation();
  const { origin } = useApi();
  const [random] = useState(randomHex);
  useTitle(t('guides.title', { framework: framework.name }));
  const { redirectUris, postLogoutRedirectUris } = application.oidcClientMetadata;
  const values: Values = {
    endpoint: origin,
    appId: application.id,
    appSecret: secret ?? '',
    redirectUri: runnable(redirectUris) ?? guide.redirectUri ?? '',
    postSignOutUri: runnable(postLogoutRedirectUris) ?? guide.postSignOutUri ?? '',
    random,
  };
  const stepTitle = (index: number) => {
    const step = guide.steps[index]!;
    return t(`guides.steps.${step.kind === 'code' ? step.title : step.kind}`);
  };
  return (
    <Stack gap="lg">
      <Anchor component={Link} to={`/applications/${application.id}`} fz="sm" c="dimmed">
        <Group gap={2}><IconChevronLeft size={15} />{application.name}</Group>
      </Anchor>
      <Head framework={framework} application={application} />
      <div className={classes.columns}>
        <Stack gap="md" style={{ minWidth: 0 }}>
          <ValuesCard values={values} secret={secret} application={application} />
          {guide.steps.map((step, index) => (
            <StepCard key={`${framework.id}-${index}`} number={index + 1} title={stepTitle(index)} step={step} guide={guide} application={application} values={values} />
          ))}
          <Group justify="flex-end" mt="xs">
            <Button component={Link} to={`/applications/${application.id}`}>{t('guides.finish')}</Button>
          </Group>
        </Stack>
        <nav className={classes.contents} aria-label={t('guides.contents')}>
          <Text fz="xs" fw={550} c="dimmed" mb={6}>{t('guides.contents')}</Text>
          <ol>
            {guide.steps.map((_, index) => <li key={index}><a href={`#step-${index + 1}`}>{stepTitle(index)}</a></li>)}
          </ol>
        </nav>
      </div>
    </Stack>
  );
}

function Head({ framework, application }: { framework: Framework & { id: FrameworkId }; application: Application }) {
  const { t } = useTranslation();
  const created = (useLocation().state as { created?: boolean } | null)?.created;
  const machine = application.type === 'MachineToMachine';
  const others = frameworks.filter(({ id, type }) => type === application.type && id !== framework.id);
  return (
    <Card className={created ? classes.created : undefined}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Group gap="md" align="flex-start" wrap="nowrap" style={{ flex: '1 1 320px', minWidth: 0 }}>
          <FrameworkMark id={framework.id} size={40} />
          <div style={{ minWidth: 0 }}>
            <Title order={1} fz={20} lh="28px" style={{ overflowWrap: 'anywhere' }}>
              {created && <IconCircleCheck size={20} color="var(--success)" style={{ verticalAlign: '-3px', marginRight: 6 }} aria-hidden="true" />}
              {created ? t('guides.congratulations', { name: application.name }) : t('guides.title', { framework: framework.name })}
            </Title>
            <Text c="dimmed" mt={2} maw={620}>
              {created
                ? t(machine ? 'guides.congratulationsTextMachine' : 'guides.congratulationsText', { framework: framework.name })
                : t('guides.plainText', { name: application.name })}
            </Text>
          </div>
        </Group>
        <Menu position="bottom-end">
          <Menu.Target><Button variant="default">{t('guides.other')}</Button></Menu.Target>
          <Menu.Dropdown>
            {others.map(({ id, name }) => (
              <Menu.Item key={id} component={Link} to={`/applications/${application.id}/guide/${id}`} leftSection={<FrameworkMark id={id} size={16} />}>{name}</Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Card>
  );
}

function ValuesCard({ values, secret, application }: { values: Values; secret: string | undefined; application: Application }) {
  const { t } = useTranslation();
  const confidential = isConfidential(application);
  return (
    <Card component="section" aria-label={t('guides.values')}>
      <div className={classes.values}>
        <Value label={t('guides.endpoint')} value={values.endpoint} />
        <Value label={t('guides.appId')} value={values.appId} />
        {confidential && secret && <Value label={t('guides.appSecret')} value={secret} />}
      </div>
      {confidential && !secret && (
        <Alert color="yellow" variant="light" mt="sm">
          {t('guides.noSecret')} <Anchor component={Link} to={`/applications/${application.id}/credentials`}>{t('guides.createSecret')}</Anchor>
        </Alert>
      )}
      {confidential && secret && (
        <Group gap={8} mt="sm" wrap="nowrap" align="flex-start" c="dimmed">
          <IconShieldLock size={16} style={{ flexShrink: 0, marginTop: 1 }} aria-hidden="true" />
          <Text fz="xs">{t('guides.secretCare')}</Text>
        </Group>
      )}
    </Card>
  );
}

function Value({ label, value }: { label: string; value: string }) {
  return (
    <div style={{ minWidth: 0 }}>
      <Text fz="xs" fw={550} c="dimmed" mb={3}>{label}</Text>
      <CopyText value={value} what={label} block />
    </div>
  );
}
