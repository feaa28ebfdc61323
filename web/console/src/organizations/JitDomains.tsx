import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organization } from '../api/types';
import { canonical, domainFaults } from '../sso/domains';
import { useConnectors } from '../sso/queries';
import { Problem, useProblemText } from '../ui/Problem';
import { RemovableRow } from './RemovableRow';
import { useJitConnectors, useJitDomains, useOrganizationChanges } from './queries';

export function JitDomains({ organization: { id } }: { organization: Organization }) {
  const { t } = useTranslation();
  const changes = useOrganizationChanges();
  const found = useJitDomains(id);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={72} />;
  return (
    <Stack gap="sm">
      <AddDomain organizationId={id} taken={found.data} />
      {found.data.length > 0 && (
        <div role="list" aria-label={t('organizations.joining.domains')}>
          {found.data.map((domain) => (
            <RemovableRow
              key={domain}
              name={domain}
              text={t('organizations.joining.removeDomainText', { domain })}
              remove={async () => {
                await changes.removeDomain(id, domain);
                notifications.show({ message: t('organizations.removed', { name: domain }) });
              }}
            >
              <Text fw={550} fz="sm">{domain}</Text>
              <Owners domain={domain} organizationId={id} />
            </RemovableRow>
          ))}
        </div>
      )}
    </Stack>
  );
}

function AddDomain({ organizationId, taken }: { organizationId: string; taken: string[] }) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const changes = useOrganizationChanges();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const add = async () => {
    const domain = canonical(typed);
    const fault = domainFaults([...taken, domain]).at(-1);
    if (!domain || fault) return setProblem(domain ? t(`organizations.joining.fault.${fault!}`, { domain }) : t('ui.invalid.required'));
    setBusy(true);
    try {
      await changes.addDomain(organizationId, domain);
      setTyped('');
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={t('organizations.joining.domain')}
          placeholder="acme.com"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={problem}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
        <Button type="submit" variant="default" loading={busy}>{t('organizations.joining.addDomain')}</Button>
      </Group>
    </form>
  );
}

/** A domain may be a connector's as well: then its people come by that, and one should know which. */
function Owners({ domain, organizationId }: { domain: string; organizationId: string }) {
  const { t, i18n } = useTranslation();
  const found = useConnectors({ search: domain, size: 10 });
  const joining = useJitConnectors(organizationId).data;
  const changes = useOrganizationChanges();
  const describe = useProblemText();
  const owners = (found.data?.items ?? []).filter((connector) => connector.domains.includes(domain));
  if (owners.length === 0 || !joining) return null;
  const add = async () => {
    try {
      await changes.addConnectors(organizationId, others.map(({ id }) => id));
    } catch (error) {
      notifications.show({ color: 'red', message: describe(error) });
    }
  };
  const list = (names: string[]) => new Intl.ListFormat(i18n.language).format(names);
  const others = owners.filter(({ id }) => !joining.some((each) => each.id === id));
  if (others.length === 0) {
    return <Text fz="xs" c="dimmed">{t('organizations.joining.ownedHere', { names: list(owners.map(({ connectorName }) => connectorName)) })}</Text>;
  }
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" c="var(--warning)">
      <IconAlertTriangle size={14} style={{ flexShrink: 0, marginTop: 2 }} aria-hidden="true" />
      <Text fz="xs">
        {t('organizations.joining.ownedElsewhere', { domain, names: list(others.map(({ connectorName }) => connectorName)) })}{' '}
        <Anchor component="button" type="button" fz="xs" onClick={() => void add()}>{t('organizations.joining.addOwner')}</Anchor>
      </Text>
    </Group>
  );
}
