type Row = Record<string, any>;

const now = Date.now();
const day = 86_400_000;
const role = (id: string, name: string, type = 'User'): Row => ({ id, name, description: `May ${name.toLowerCase()}`, type, scopes: [], resourceScopes: [] });
export const organizationRoles = process.env.MOCK_EMPTY ? [] : [role('admin', 'Admin'), role('editor', 'Editor'), role('viewer', 'Viewer'), role('billing', 'Billing'), role('importer', 'Importer', 'MachineToMachine')];
const organization = (id: string, name: string, more: Row = {}): Row => ({
  tenantId: 'default', id, name, description: null, customData: {}, isMfaRequired: false, color: {}, branding: {}, customCss: null, createdAt: now - 3 * day, ...more,
});
export const organizations: Row[] = process.env.MOCK_EMPTY ? [] : [
  organization('acme00000001', 'Acme Inc.', { description: 'Our first customer, in Osaka and Berlin', isMfaRequired: true, customData: { plan: 'enterprise' } }),
  organization('kyoto0000002', 'Kyoto Paper', { color: { primaryColor: '#7C3AED', darkPrimaryColor: '#A78BFA' } }),
  organization('north0000003', 'Northwind'),
];
/** Of each organization: member to its roles. */
const held: Record<'users' | 'applications', Map<string, Map<string, string[]>>> = { users: new Map(), applications: new Map() };
const of = (part: 'users' | 'applications', id: string) => held[part].get(id) ?? held[part].set(id, new Map()).get(id)!;
const jit = new Map<string, { domains: string[]; connectors: string[]; roles: string[] }>();
const jitOf = (id: string) => jit.get(id) ?? jit.set(id, { domains: [], connectors: [], roles: [] }).get(id)!;
const invitations: Row[] = [];
const versions = new Map<string, number>();
const names = (ids: string[]) => ids.map((id) => ({ id, name: organizationRoles.find((each) => each.id === id)?.name ?? id }));

export interface World {
  users: Row[];
  applications: Row[];
  connectors: Row[];
  page: (rows: Row[]) => Row[];
  refuse: (status: number, code: string, message: string) => Row;
  query: URLSearchParams;
  tag: (value: string) => void;
  ifMatch: string | undefined;
}

export function fill({ users, applications, connectors }: Pick<World, 'users' | 'applications' | 'connectors'>) {
  if (organizations.length === 0) return;
  users.slice(0, 30).forEach((user, index) => of('users', 'acme00000001').set(user.id, index === 0 ? ['admin', 'editor', 'billing', 'viewer'] : index % 3 ? ['viewer'] : []));
  users.slice(0, 2).forEach((user) => of('users', 'kyoto0000002').set(user.id, ['editor']));
  of('applications', 'acme00000001').set(applications[3]!.id, ['importer']);
  Object.assign(jitOf('acme00000001'), { domains: ['acme.com', 'acme-partners.example'], connectors: [connectors[1]!.id], roles: ['viewer'] });
  const invited = (invitee: string, status: string, expiresAt: number): Row => ({
    id: invitee, inviterId: null, invitee, acceptedUserId: null, organizationId: 'acme00000001', status, createdAt: now - 2 * day, updatedAt: now, expiresAt, organizationRoles: names(['editor']),
  });
  invitations.push(invited('kim@acme.com', 'Pending', now + 5 * day), invited('lee@acme.com', 'Accepted', now + 5 * day), invited('old@acme.com', 'Pending', now - day), invited('not@acme.com', 'Revoked', now + day));
}

export function answerInvitations(method: string, [, key, part]: string[], sent: Row, world: World): unknown {
  if (!key && method === 'GET') {
    const [words, status] = [world.query.get('q') ?? '', world.query.get('status')];
    const statusOf = (row: Row) => (row.status === 'Pending' && row.expiresAt < Date.now() ? 'Expired' : row.status);
    return world.page(invitations.filter((row) => row.organizationId === world.query.get('organizationId') && row.invitee.includes(words.toLowerCase()) && (!status || statusOf(row) === status)));
  }
  if (!key) {
    const made = { id: `${sent.invitee}-${Date.now()}`, inviterId: null, acceptedUserId: null, status: 'Pending', createdAt: Date.now(), updatedAt: Date.now(), ...sent, organizationRoles: names(sent.organizationRoleIds) };
    invitations.push(made);
    return made;
  }
  const row = invitations.find((each) => each.id === decodeURIComponent(key));
  if (!row) return undefined;
  if (method === 'DELETE') return invitations.splice(invitations.indexOf(row), 1), {};
  if (part === 'link') return { link: `http://localhost:3001/invitation/${Date.now()}?token=KX0mWc6yA0m1dFqk3yJv9rT2uPzYbH5nLsQeGi8oVwE`, expiresAt: row.expiresAt };
  if (part === 'status') return Object.assign(row, { status: sent.status });
  return row;
}

export function answerOrganizations(method: string, [, id, part, key, sub, last]: string[], sent: Row, world: World): unknown {
  const { query } = world;
  if (!id && method === 'GET') {
    const words = (query.get('q') ?? '').toLowerCase();
    return world.page(organizations.filter((row) => row.name.toLowerCase().includes(words) || row.id.includes(words)).map((row) => {
      const members = [...of('users', row.id).keys()];
      return { ...row, usersCount: members.length, featuredUsers: members.slice(0, 3).map((each) => world.users.find((user) => user.id === each)) };
    }));
  }
  if (!id) return organizations.unshift(organization(`new${Date.now()}`.slice(0, 12), sent.name, { ...sent, createdAt: Date.now() })), organizations[0];
  const row = organizations.find((each) => each.id === id);
  if (!row) return undefined;
  if (part === 'users' || part === 'applications') return answerMembers(method, part, id, key, sub, last, sent, world);
  if (part === 'jit') return answerJit(method, key!, id, sub, sent, world);
  const tag = () => `W/"${versions.get(id) ?? 0}"`;
  if (method === 'DELETE') return organizations.splice(organizations.indexOf(row), 1), {};
  if (method === 'PATCH') {
    if (world.ifMatch && world.ifMatch !== tag()) return world.refuse(412, 'request.precondition_failed', 'Changed elsewhere.');
    Object.assign(row, sent);
    versions.set(id, (versions.get(id) ?? 0) + 1);
  }
  world.tag(tag());
  return row;
}

function answerMembers(method: string, part: 'users' | 'applications', id: string, key: string | undefined, sub: string | undefined, last: string | undefined, sent: Row, world: World): unknown {
  const members = of(part, id);
  const ids: string[] = sent.userIds ?? sent.applicationIds ?? [];
  if (!key && method === 'GET') {
    const [words, role] = [(world.query.get('q') ?? '').toLowerCase(), world.query.get('organizationRoleId')];
    const rows = [...members].map(([each, roles]) => ({ ...world[part].find((one) => one.id === each), roles, organizationRoles: names(roles) }) as Row);
    return world.page(rows.filter((each) => JSON.stringify([each.name, each.username, each.primaryEmail]).toLowerCase().includes(words) && (!role || each.roles.includes(role))));
  }
  if (!key) return ids.forEach((each) => members.set(each, members.get(each) ?? [])), {};
  if (key === 'roles') return ids.forEach((each) => members.set(each, [...new Set([...members.get(each)!, ...sent.organizationRoleIds])])), {};
  if (!sub && method === 'DELETE') return members.delete(key), {};
  if (sub === 'roles' && method === 'POST') return members.set(key, [...members.get(key)!, ...sent.organizationRoleIds]), {};
  if (sub === 'roles' && method === 'DELETE') return members.set(key, members.get(key)!.filter((each) => each !== last)), {};
  return names(members.get(key) ?? []);
}

function answerJit(method: string, kind: string, id: string, key: string | undefined, sent: Row, world: World): unknown {
  const all = jitOf(id);
  const part = kind === 'email-domains' ? 'domains' : kind === 'sso-connectors' ? 'connectors' : 'roles';
  if (method === 'POST') all[part] = [...new Set([...all[part], ...(sent.emailDomain ? [sent.emailDomain] : (sent.ssoConnectorIds ?? sent.organizationRoleIds))])];
  if (method === 'DELETE') all[part] = all[part].filter((each) => each !== key);
  if (part === 'domains') return all.domains.map((emailDomain) => ({ organizationId: id, emailDomain }));
  return part === 'connectors' ? world.connectors.filter((each) => all.connectors.includes(each.id)) : organizationRoles.filter((each) => all.roles.includes(each.id));
}
