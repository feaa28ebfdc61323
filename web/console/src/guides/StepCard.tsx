import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Application } from '../api/types';
import { ManagementSwitch } from '../applications/ManagementAccess';
import { Step as NumberedStep } from '../ui/Step';
import { CodeBlock } from './CodeBlock';
import { fill, type Guide, type Step, type Values } from './guide';
import { UriStep } from './UriStep';

export interface StepCardProps {
  number: number;
  title: string;
  step: Step;
  guide: Guide;
  application: Application;
  values: Values;
}

export function StepCard({ number, title, step, guide, application, values }: StepCardProps) {
  const { t } = useTranslation();
  return (
    <NumberedStep number={number} title={title} id={`step-${number}`}>
      {step.kind === 'uris' && <UriStep application={application} guide={guide} />}
      {step.kind === 'access' && (
        <Stack gap="sm">
          <Text c="dimmed">{t('guides.accessText')}</Text>
          <ManagementSwitch application={application} />
        </Stack>
      )}
      {step.kind === 'code' && (
        <Stack gap="sm">
          {step.text && <Text c="dimmed">{t(`guides.texts.${step.text}`, { endpoint: values.endpoint })}</Text>}
          {step.blocks.map((block, index) => (
            <CodeBlock key={index} code={fill(block.code, values)} lang={block.lang} file={block.file && fill(block.file, values)} />
          ))}
          {step.text === 'runWeb' && <OpenLink address={new URL(values.redirectUri).origin} />}
        </Stack>
      )}
    </NumberedStep>
  );
}

function OpenLink({ address }: { address: string }) {
  const { t } = useTranslation();
  return (
    <Anchor href={address} target="_blank" rel="noreferrer noopener" fw={550}>
      <Group gap={4}>{t('guides.open', { address })}<IconExternalLink size={15} aria-hidden="true" /></Group>
    </Anchor>
  );
}
