import { Alert, Group, Loader, Table, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useFormContext, type RegisterOptions } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { SsoConnector, SsoEndpoints } from '../api/types';
import { CopyIcon } from '../ui/CopyText';
import { useProblemText } from '../ui/Problem';
import { googleIssuer } from './connectors';
import type { Fields } from './fields';
import { faultOf, useDiscovery, type Discovered } from './queries';
import classes from './sso.module.css';

const examples: Partial<Record<SsoConnector['providerName'], string>> = {
  AzureAdOidc: 'https://login.microsoftonline.com/<directory-id>/v2.0',
  Okta: 'https://acme.okta.com',
  OIDC: 'https://id.example.com',
};

export function IssuerField({ saved, rules }: { saved: SsoConnector; rules: RegisterOptions<Fields, 'issuer'> }) {
  const { t } = useTranslation();
  const { register, watch, formState: { errors } } = useFormContext<Fields>();
  const issuer = watch('issuer');
  return (
    <>
      <TextInput
        label={t('sso.fields.issuer')}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        required
        placeholder={examples[saved.providerName]}
        error={errors.issuer?.message}
        {...register('issuer', rules)}
      />
      <ParsedSettings saved={saved} typed={issuer} told={!!errors.issuer} />
    </>
  );
}

/** What the provider publishes about itself, or why it could not be read; asked as soon as typing pauses. */
export function ParsedSettings({ saved, typed = googleIssuer, told = false }: { saved: SsoConnector; typed?: string; told?: boolean }) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const known = knownOf(saved, typed);
  const asked = useDiscovery(saved.providerName, typed, !known);
  const found = known ?? (asked.waiting ? undefined : asked.data);
  if (asked.waiting) {
    return <Group gap="xs" role="status"><Loader size={14} /><Text fz="sm" c="dimmed">{t('sso.parsed.asking')}</Text></Group>;
  }
  if (asked.error && !known) {
    const fault = faultOf(asked.error);
    return (
      <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t('sso.parsed.failed')} role={told ? undefined : 'alert'}>
        <Text fz="sm" maw="68ch">{fault ? t(`sso.faults.${fault.fault}`) : describe(asked.error)}</Text>
        {fault?.detail && <Text fz="xs" c="dimmed" mt={4} ff="monospace" style={{ overflowWrap: 'anywhere' }}>{fault.detail}</Text>}
      </Alert>
    );
  }
  if (!found) return <Text fz="sm" c="dimmed">{t('sso.parsed.none')}</Text>;
  return <Endpoints found={found} typed={typed.trim()} />;
}

/** The single connector brings what the provider said when it was read, so that nothing needs to be asked again. */
function knownOf({ config, providerConfig }: SsoConnector, typed: string): Discovered | undefined {
  const { issuer, authorizationEndpoint, tokenEndpoint, jwksUri } = providerConfig ?? {};
  const same = typed === googleIssuer || typed.trim() === config.issuer;
  return same && issuer && authorizationEndpoint && tokenEndpoint && jwksUri ? (providerConfig as Discovered) : undefined;
}

const rows = ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userinfoEndpoint', 'jwksUri', 'endSessionEndpoint'] as const satisfies readonly (keyof SsoEndpoints)[];

function Endpoints({ found, typed }: { found: Discovered; typed: string }) {
  const { t } = useTranslation();
  const stored = found.issuerToStore;
  return (
    <div className={classes.parsed} role="group" aria-label={t('sso.parsed.title')}>
      <Group gap={6} wrap="nowrap" className={classes.parsedHead} role="status">
        <IconCircleCheck size={17} color="var(--success)" aria-hidden="true" style={{ flexShrink: 0 }} />
        <Text fz="sm" fw={550}>{t('sso.parsed.title')}</Text>
        {stored && stored !== typed && <Text fz="xs" c="dimmed">{t('sso.parsed.stored', { issuer: stored })}</Text>}
      </Group>
      <Table variant="vertical" layout="fixed" verticalSpacing={4} horizontalSpacing="sm" withRowBorders={false}>
        <Table.Tbody>
          {rows.filter((row) => found[row]).map((row) => (
            <Table.Tr key={row}>
              <Table.Th scope="row" w={170} bg="transparent" c="dimmed" fz="xs" fw={500}>{t(`sso.parsed.${row}`)}</Table.Th>
              <Table.Td>
                <Group gap={2} wrap="nowrap">
                  <Text ff="monospace" fz={12.5} truncate title={found[row]}>{found[row]}</Text>
                  <CopyIcon value={found[row]!} what={t(`sso.parsed.${row}`)} size={22} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
