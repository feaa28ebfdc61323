import { Alert, Card, Skeleton, Stack, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/context';
import type { AccessRules, Application, Organization, Role, RoleName, User } from '../api/types';
import { OrganizationLogo } from '../organizations/OrganizationLogo';
import { RoleChips } from '../organizations/RoleChips';
import { RolesSelect } from '../organizations/RolesSelect';
import { Problem, useProblemText } from '../ui/Problem';
import { Section } from '../ui/Section';
import { callName } from '../users/queries';
import { UserAvatar } from '../users/UserAvatar';
import { useAccessRules } from './access';
import { Assigned } from './Assigned';

type Access = ReturnType<typeof useAccessRules>;

/** Who may use the application: everybody, or those who are named here. */
export function AccessTab({ application }: { application: Application }) {
  const { t } = useTranslation();
  const access = useAccessRules(application.id);
  const { found } = access;
  if (found.error && !found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={420} radius="lg" />;
  const rules = found.data.value;
  return (
    <Card p={0}>
      <Section title={t('access.control.title')} text={t('access.control.text')}>
        <Control application={application} access={access} rules={rules} />
      </Section>
      <Section title={t('access.control.users')} text={t('access.control.usersText')}>
        <Users access={access} rules={rules} />
      </Section>
      <Section title={t('access.control.roles')} text={t('access.control.rolesText')}>
        <Roles access={access} rules={rules} />
      </Section>
      <Section title={t('access.control.organizations')} text={t('access.control.organizationsText')}>
        <Organizations access={access} rules={rules} />
      </Section>
    </Card>
  );
}

function Control({ application, access, rules }: { application: Application; access: Access; rules: AccessRules }) {
  const { t } = useTranslation();
  const describe = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const on = application.appLevelAccessControlEnabled;
  const none = Object.values(rules).every((list: unknown[]) => list.length === 0);
  return (
    <Stack gap="sm">
      <Switch
        label={t('access.control.switch')}
        description={t('access.control.switchText')}
        checked={busy ? !on : on}
        disabled={busy || (!on && none)}
        onChange={async (event) => {
          const enabled = event.currentTarget.checked;
          setBusy(true);
          setProblem(undefined);
          try {
            await access.enable(enabled);
            notifications.show({ message: t(enabled ? 'access.control.on' : 'access.control.off', { name: application.name }) });
          } catch (error) {
            setProblem(error);
          } finally {
            setBusy(false);
          }
        }}
      />
      {!on && none && <Alert variant="light" color="blue">{t('access.control.first')}</Alert>}
      {on && none && <Alert variant="light" color="red">{t('access.control.nobody')}</Alert>}
      {problem !== undefined && <Alert color="red" role="alert">{describe(problem)}</Alert>}
    </Stack>
  );
}

/** What the things of these ids are called; an id while it is not known. */
function useNamed<T>(path: string, ids: readonly string[]): Map<string, T> {
  const api = useApi();
  const found = useQueries({
    queries: ids.slice(0, 100).map((id) => ({
      queryKey: ['named', path, id],
      staleTime: 60_000,
      queryFn: () => api.get<T>(`${path}/${encodeURIComponent(id)}`),
    })),
  });
  return new Map(found.flatMap(({ data }, index) => (data ? [[ids[index]!, data] as const] : [])));
}

const without = (ids: string[], id: string) => ids.filter((each) => each !== id);
const union = (before: string[], more: string[]) => [...new Set([...before, ...more])];

function Users({ access, rules }: { access: Access; rules: AccessRules }) {
  const { t } = useTranslation();
  const named = useNamed<User>('/users', rules.userIds);
  const exclude = useMemo(() => new Set(rules.userIds), [rules]);
  return (
    <Assigned<User>
      label={t('access.control.users')}
      items={rules.userIds.map((id) => {
        const user = named.get(id);
        return { id, name: user ? callName(user) : id, detail: user?.primaryEmail ?? null, to: `/users/${id}` };
      })}
      none={t('access.control.noUsers')}
      action={t('access.control.addUsers')}
      removeText={t('access.control.removeText')}
      remove={({ id }) => access.replace((now) => ({ ...now, userIds: without(now.userIds, id) }))}
      modal={{
        source: {
          path: '/users',
          row: (user) => ({ id: user.id, label: callName(user), detail: user.primaryEmail ?? user.username ?? undefined, icon: <UserAvatar user={user} size={26} /> }),
          exclude,
        },
        assign: (ids) => access.replace((now) => ({ ...now, userIds: union(now.userIds, ids) })),
      }}
    />
  );
}

function Roles({ access, rules }: { access: Access; rules: AccessRules }) {
  const { t } = useTranslation();
  const named = useNamed<Role>('/roles', rules.userRoleIds);
  const exclude = useMemo(() => new Set(rules.userRoleIds), [rules]);
  return (
    <Assigned<Role>
      label={t('access.control.roles')}
      items={rules.userRoleIds.map((id) => ({ id, name: named.get(id)?.name ?? id, detail: named.get(id)?.description ?? null, to: `/roles/${id}` }))}
      none={t('access.control.noRoles')}
      action={t('access.control.addRoles')}
      removeText={t('access.control.removeText')}
      remove={({ id }) => access.replace((now) => ({ ...now, userRoleIds: without(now.userRoleIds, id) }))}
      modal={{
        source: { path: '/roles', query: { type: 'User' }, row: (role) => ({ id: role.id, label: role.name, detail: role.description }), exclude },
        assign: (ids) => access.replace((now) => ({ ...now, userRoleIds: union(now.userRoleIds, ids) })),
      }}
    />
  );
}

function Organizations({ access, rules }: { access: Access; rules: AccessRules }) {
  const { t } = useTranslation();
  const [roles, setRoles] = useState<RoleName[]>([]);
  const pairs = new Map(rules.organizationRoleRules.map((rule) => [rule.organizationId, rule.organizationRoleIds]));
  const ids = [...new Set([...rules.organizationIds, ...pairs.keys()])];
  const named = useNamed<Organization>('/organizations', ids);
  const namedRoles = useNamed<Role>('/organization-roles', [...new Set([...pairs.values()].flat())]);
  const everybody = new Set(rules.organizationIds);
  return (
    <Assigned<Organization>
      label={t('access.control.organizations')}
      items={ids.map((id) => ({
        id,
        name: named.get(id)?.name ?? id,
        to: `/organizations/${id}`,
        ...(everybody.has(id)
          ? { detail: t('access.control.allMembers') }
          : { more: <RoleChips all roles={(pairs.get(id) ?? []).map((role) => ({ id: role, name: namedRoles.get(role)?.name ?? role }))} /> }),
      }))}
      none={t('access.control.noOrganizations')}
      action={t('access.control.addOrganizations')}
      removeText={t('access.control.removeText')}
      remove={({ id }) => access.replace((now) => ({
        ...now,
        organizationIds: without(now.organizationIds, id),
        organizationRoleRules: now.organizationRoleRules.filter((rule) => rule.organizationId !== id),
      }))}
      modal={{
        source: {
          path: '/organizations',
          searchBy: 'q',
          row: (each) => ({ id: each.id, label: each.name, detail: each.description ?? undefined, icon: <OrganizationLogo organization={each} size={26} /> }),
          exclude: everybody,
        },
        assign: async (chosen) => {
          await access.replace((now) => withOrganizations(now, chosen, roles.map(({ id }) => id)));
          setRoles([]);
        },
        children: <RolesSelect type="User" label={t('organizations.roles.label')} description={t('access.control.onlyRoles')} value={roles} onChange={setRoles} />,
      }}
    />
  );
}

/** Without roles all members are meant, and rules about some of them say nothing more. */
export function withOrganizations(now: AccessRules, chosen: string[], roles: string[]): AccessRules {
  const others = now.organizationRoleRules.filter((rule) => !chosen.includes(rule.organizationId));
  if (roles.length === 0) return { ...now, organizationIds: union(now.organizationIds, chosen), organizationRoleRules: others };
  const before = (id: string) => now.organizationRoleRules.find((rule) => rule.organizationId === id)?.organizationRoleIds ?? [];
  return { ...now, organizationRoleRules: [...others, ...chosen.map((organizationId) => ({ organizationId, organizationRoleIds: union(before(organizationId), roles) }))] };
}
