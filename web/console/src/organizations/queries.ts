import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import type { Invitation, MachineMember, Member, Organization, Role, SsoConnector } from '../api/types';
import { difference } from './difference';
import type { OrganizationPatch } from './fields';

export const pathOf = (id: string) => `/organizations/${encodeURIComponent(id)}`;
const invitations = '/organization-invitations';

export type OrganizationRole = Role;

export interface NewOrganization {
  name: string;
  description?: string;
}

/**
 * One organization and the tag of this version. It is read once for each visit and forgotten after it: a form that is
 * being filled in must not get a newer tag than the values it began with.
 */
export function useOrganization(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['organizations', 'one', id],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () => api.tagged<Organization>(pathOf(id)),
  });
}

/** How many things end with an organization. */
export function useDependents(id: string, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: ['organizations', id, 'dependents'],
    enabled,
    gcTime: 0,
    queryFn: async () => {
      const first = { page: 1, page_size: 1 };
      const [users, applications, invited] = await Promise.all([
        api.page<Member>(`${pathOf(id)}/users`, first),
        api.page<MachineMember>(`${pathOf(id)}/applications`, first),
        api.page<Invitation>(invitations, { ...first, organizationId: id, status: 'Pending' }),
      ]);
      return { members: users.total, machines: applications.total, invitations: invited.total };
    },
  });
}

export function useJitDomains(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['organizations', id, 'jit-domains'],
    queryFn: async () => (await api.get<{ emailDomain: string }[]>(`${pathOf(id)}/jit/email-domains`)).map(({ emailDomain }) => emailDomain),
  });
}

export function useJitConnectors(id: string) {
  const api = useApi();
  return useQuery({ queryKey: ['organizations', id, 'jit-connectors'], queryFn: () => api.get<SsoConnector[]>(`${pathOf(id)}/jit/sso-connectors`) });
}

export function useJitRoles(id: string) {
  const api = useApi();
  return useQuery({ queryKey: ['organizations', id, 'jit-roles'], queryFn: () => api.get<OrganizationRole[]>(`${pathOf(id)}/jit/roles`) });
}

/** Whether anything is set up that sends e-mail. */
export function useCanMail() {
  const api = useApi();
  return useQuery({ queryKey: ['connectors', 'can-mail'], retry: false, queryFn: async () => (await api.get<{ type: string }[]>('/connectors')).some(({ type }) => type === 'Email') });
}

export interface Invited {
  invitee: string;
  organizationId: string;
  organizationRoleIds: string[];
  expiresAt: number;
  /** `false` sends nothing. */
  messagePayload: false | Record<string, string>;
}

/** Everything that changes an organization; the lists follow by themselves. */
export function useOrganizationChanges() {
  const api = useApi();
  const queries = useQueryClient();
  const listsChanged = () => queries.invalidateQueries({ queryKey: ['organizations', 'list'] });
  const changed = async (id: string, part: string) => {
    await queries.invalidateQueries({ queryKey: ['organizations', id, part] });
    if (part === 'users') await listsChanged();
  };
  const run = (id: string, part: string) => async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      // Of several steps some may have been taken before one failed.
      await changed(id, part);
    }
  };
  const join = (part: 'users' | 'applications', name: 'userIds' | 'applicationIds') => (id: string, ids: string[], roles: string[]) =>
    run(id, part)((async () => {
      await api.post(`${pathOf(id)}/${part}`, { [name]: ids });
      if (roles.length > 0) await api.post(`${pathOf(id)}/${part}/roles`, { [name]: ids, organizationRoleIds: roles });
    })());
  /** Adds and takes away, instead of replacing: what another administrator does meanwhile stays. */
  const change = async (roles: string, before: string[], after: string[]) => {
    const { added, removed } = difference(before, after);
    if (added.length > 0) await api.post(roles, { organizationRoleIds: added });
    for (const role of removed) await api.delete(`${roles}/${encodeURIComponent(role)}`);
  };
  const setRoles = (part: 'users' | 'applications') => (id: string, member: string, before: string[], after: string[]) =>
    run(id, part)(change(`${pathOf(id)}/${part}/${encodeURIComponent(member)}/roles`, before, after));
  const leave = (part: 'users' | 'applications') => (id: string, member: string) => run(id, part)(api.delete(`${pathOf(id)}/${part}/${encodeURIComponent(member)}`));
  return {
    create: async (body: NewOrganization) => {
      const made = await api.post<Organization>('/organizations', body);
      await listsChanged();
      return made;
    },
    update: async (id: string, patch: OrganizationPatch, tag: string | null) => {
      await api.patch(pathOf(id), patch, tag);
      await listsChanged();
    },
    remove: async (id: string) => {
      await api.delete(pathOf(id));
      await listsChanged();
    },
    addMembers: join('users', 'userIds'),
    setMemberRoles: setRoles('users'),
    removeMember: leave('users'),
    addMachines: join('applications', 'applicationIds'),
    setMachineRoles: setRoles('applications'),
    removeMachine: leave('applications'),
    invite: (body: Invited) => run(body.organizationId, 'invitations')(api.post<Invitation>(invitations, body)),
    /** A link of the invitation to pass on; the one before stops working. */
    newLink: async (invitation: string) => (await api.post<{ link: string }>(`${invitations}/${encodeURIComponent(invitation)}/link`, {})).link,
    resend: (id: string, invitation: string) => run(id, 'invitations')(api.post(`${invitations}/${encodeURIComponent(invitation)}/message`, {})),
    revoke: (id: string, invitation: string) => run(id, 'invitations')(api.put(`${invitations}/${encodeURIComponent(invitation)}/status`, { status: 'Revoked' })),
    forget: (id: string, invitation: string) => run(id, 'invitations')(api.delete(`${invitations}/${encodeURIComponent(invitation)}`)),
    addDomain: (id: string, emailDomain: string) => run(id, 'jit-domains')(api.post(`${pathOf(id)}/jit/email-domains`, { emailDomain })),
    removeDomain: (id: string, domain: string) => run(id, 'jit-domains')(api.delete(`${pathOf(id)}/jit/email-domains/${encodeURIComponent(domain)}`)),
    addConnectors: (id: string, ssoConnectorIds: string[]) => run(id, 'jit-connectors')(api.post(`${pathOf(id)}/jit/sso-connectors`, { ssoConnectorIds })),
    removeConnector: (id: string, connector: string) => run(id, 'jit-connectors')(api.delete(`${pathOf(id)}/jit/sso-connectors/${encodeURIComponent(connector)}`)),
    setJitRoles: (id: string, before: string[], after: string[]) => run(id, 'jit-roles')(change(`${pathOf(id)}/jit/roles`, before, after)),
  };
}
