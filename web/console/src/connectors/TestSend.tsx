import { Alert, Button, Group, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../ui/Problem';
import { faultOf, useEmailChanges, type SmtpConfig } from './queries';

export interface TestSendProps {
  /** As it stands in the form, stored or not. */
  config: () => SmtpConfig;
  ready: () => Promise<boolean>;
}

/** Sends a real message, and says what the mail server answered. */
export function TestSend({ config, ready }: TestSendProps) {
  const { t, i18n } = useTranslation();
  const describe = useProblemText();
  const { test } = useEmailChanges();
  const [to, setTo] = useState('');
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<{ sent: string } | { problem: string }>();
  const [invalid, setInvalid] = useState(false);
  const send = async () => {
    const address = to.trim();
    const plausible = /^\S+@\S+\.\S+$/.test(address);
    setInvalid(!plausible);
    setResult(undefined);
    if (!(await ready()) || !plausible) return;
    setBusy(true);
    try {
      await test(address, config(), i18n.language);
      setResult({ sent: address });
    } catch (error) {
      const fault = faultOf(error);
      setResult({ problem: fault ? t(`connectors.faults.${fault}`) : describe(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput
          style={{ flex: '1 1 240px' }}
          label={t('connectors.test.to')}
          placeholder="you@example.com"
          inputMode="email"
          autoComplete="email"
          value={to}
          error={invalid ? t('ui.invalid.email') : undefined}
          onChange={(event) => setTo(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void send();
          }}
        />
        <Button variant="default" leftSection={<IconSend size={16} />} loading={busy} onClick={() => void send()}>{t('connectors.test.action')}</Button>
      </Group>
      {result && 'sent' in result && <Alert color="green" variant="light" icon={<IconCheck />} role="status">{t('connectors.test.sent', { address: result.sent })}</Alert>}
      {result && 'problem' in result && <Alert color="red" variant="light" icon={<IconAlertTriangle />} role="alert">{result.problem}</Alert>}
    </>
  );
}
