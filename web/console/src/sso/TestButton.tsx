import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { SsoConnector } from '../api/types';
import { useProblemText } from '../ui/Problem';
import { missing } from './connectors';
import type { Fields } from './fields';
import { useConnectorChanges } from './queries';

/** A real sign-in at the provider in a window of its own, which shows the claims and signs nobody in. */
export function TestButton({ saved }: { saved: SsoConnector }) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const { test } = useConnectorChanges();
  const { formState: { isDirty } } = useFormContext<Fields>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [link, setLink] = useState<string>();
  const unready = missing(saved).includes('connection') ? t('sso.test.incomplete') : isDirty ? t('sso.test.unsaved') : undefined;
  const start = async () => {
    // Opened by the click itself, or the browser takes it for a pop-up nobody asked for.
    const opened = window.open('about:blank', '_blank');
    setBusy(true);
    setProblem(undefined);
    setLink(undefined);
    try {
      const address = await test(saved.id);
      if (!opened) return setLink(address);
      opened.opener = null;
      opened.location.replace(address);
    } catch (error) {
      opened?.close();
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <Group gap="sm">
        <Button variant="default" leftSection={<IconExternalLink size={16} />} loading={busy} disabled={!!unready} onClick={() => void start()}>{t('sso.test.action')}</Button>
        {unready && <Text fz="sm" c="dimmed">{unready}</Text>}
      </Group>
      {problem && <Text fz="sm" c="var(--danger)" mt="xs" role="alert">{problem}</Text>}
      {link && <Text fz="sm" mt="xs" role="alert">{t('sso.test.blocked')} <Anchor href={link} target="_blank" rel="noreferrer noopener">{t('sso.test.open')}</Anchor></Text>}
    </div>
  );
}
