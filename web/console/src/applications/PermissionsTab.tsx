import { Alert, Card, Checkbox, Skeleton, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, Scope, ScopesOfResource } from '../api/types';
import { Problem } from '../ui/Problem';
import { Section } from '../ui/Section';
import { userScopes, useConsentScopes, type ConsentKind } from './access';
import { Assigned } from './Assigned';
import { ScopesModal } from './ScopesModal';

type Consents = ReturnType<typeof useConsentScopes>;

/** What a third-party application may ask users for, kind by kind. */
export function PermissionsTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Alert variant="light" color="blue" icon={<IconInfoCircle />}>{t('access.permissions.text')}</Alert>
      <ConsentKinds consents={useConsentScopes(application.id)} />
    </Stack>
  );
}

/** What whoever it is about may ask users for, each kind in a section; a change counts at once. */
export function ConsentKinds({ consents }: { consents: Consents }) {
  const { t } = useTranslation();
  const { found } = consents;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={420} radius="lg" />;
  const { organizationScopes, resourceScopes, organizationResourceScopes } = found.data;
  return (
    <Card p={0}>
      <Section title={t('access.permissions.user')} text={t('access.permissions.userText')}>
        <UserScopes consents={consents} allowed={found.data.userScopes} />
      </Section>
      <Section title={t('access.permissions.resource')} text={t('access.permissions.resourceText')}>
        <ResourceScopes kind="resource-scopes" consents={consents} allowed={resourceScopes} />
      </Section>
      <Section title={t('access.permissions.organization')} text={t('access.permissions.organizationText')}>
        <OrganizationScopes consents={consents} allowed={organizationScopes} />
      </Section>
      <Section title={t('access.permissions.organizationResource')} text={t('access.permissions.organizationResourceText')}>
        <ResourceScopes kind="organization-resource-scopes" consents={consents} allowed={organizationResourceScopes} />
      </Section>
    </Card>
  );
}

function UserScopes({ consents, allowed }: { consents: Consents; allowed: string[] }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const set = async (scope: string, on: boolean) => {
    setBusy(scope);
    setProblem(undefined);
    try {
      await (on ? consents.add('user-scopes', [scope]) : consents.remove('user-scopes', scope));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Stack gap={10}>
      {userScopes.map((scope) => (
        <Checkbox
          key={scope}
          label={t(`access.userScopes.${scope.slice(scope.lastIndexOf(':') + 1) as 'profile'}`)}
          description={<Text span ff="monospace" fz="xs">{scope}</Text>}
          checked={(busy === scope) !== allowed.includes(scope)}
          disabled={busy !== undefined}
          onChange={(event) => void set(scope, event.currentTarget.checked)}
        />
      ))}
      {problem !== undefined && <Problem error={problem} />}
    </Stack>
  );
}

function ResourceScopes({ kind, consents, allowed }: { kind: ConsentKind; consents: Consents; allowed: ScopesOfResource[] }) {
  const { t } = useTranslation();
  const exclude = useMemo(() => new Set(allowed.flatMap((of) => of.scopes.map(({ id }) => id))), [allowed]);
  const label = t(kind === 'resource-scopes' ? 'access.permissions.resource' : 'access.permissions.organizationResource');
  return (
    <Assigned
      label={label}
      items={allowed.flatMap((of) => of.scopes.map((scope) => ({ id: scope.id, name: scope.name, detail: [of.resource.name, scope.description].filter(Boolean).join(' · ') })))}
      none={t('access.permissions.none')}
      action={t('access.permissions.add')}
      removeText={t('access.permissions.removeText')}
      remove={({ id }) => consents.remove(kind, id)}
      modal={(opened, onClose) => <ScopesModal opened={opened} onClose={onClose} label={label} exclude={exclude} add={(ids) => consents.add(kind, ids)} />}
    />
  );
}

function OrganizationScopes({ consents, allowed }: { consents: Consents; allowed: Scope[] }) {
  const { t } = useTranslation();
  const exclude = useMemo(() => new Set(allowed.map(({ id }) => id)), [allowed]);
  return (
    <Assigned<Scope>
      label={t('access.permissions.organization')}
      items={allowed.map(({ id, name, description }) => ({ id, name, detail: description }))}
      none={t('access.permissions.none')}
      action={t('access.permissions.add')}
      removeText={t('access.permissions.removeText')}
      remove={({ id }) => consents.remove('organization-scopes', id)}
      modal={{
        source: { path: '/organization-scopes', searchBy: 'q', row: ({ id, name, description }) => ({ id, label: name, detail: description ?? undefined }), exclude },
        empty: t('access.permissions.noScopes'),
        assign: (ids) => consents.add('organization-scopes', ids),
      }}
    />
  );
}
