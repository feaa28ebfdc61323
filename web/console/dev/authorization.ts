import { organizationRoles, type World } from './organizations.ts';

type Row = Record<string, any>;

/** API resources, roles, the template of organizations and the dashboard, of the mock. */
const empty = !!process.env.MOCK_EMPTY;
const now = Date.now();
const day = 86_400_000;
const made = (more: Row): Row => ({ id: `x${Math.random().toString(36).slice(2, 14)}`, createdAt: Date.now(), description: null, ...more });

const resource = (id: string, name: string, indicator: string): Row => ({ id, name, indicator, isDefault: false, accessTokenTtl: 3600 });
const resources: Row[] = [
  ...(empty ? [] : [resource('orders', 'Orders API', 'https://orders.example.com'), resource('books', 'Books API', 'https://books.example.com')]),
  resource('management-api', 'Logto Management API', 'https://default.logto.app/api'),
];
const scope = (resourceId: string, name: string): Row => ({ id: `${resourceId}-${name}`, resourceId, name, description: `May ${name.replace(':', ' ')}`, createdAt: now - day });
const scopes: Row[] = [
  ...(empty ? [] : [scope('orders', 'read:orders'), scope('orders', 'write:orders'), scope('books', 'read:books'), scope('books', 'write:books')]),
  scope('management-api', 'all'),
];
const role = (id: string, name: string, type: string, scopeIds: string[], more: Row = {}): Row => ({ id, name, description: `May ${name.toLowerCase()}`, type, isDefault: false, scopeIds, holders: [], ...more });
const roles: Row[] = [
  ...(empty ? [] : [role('editor', 'Editor', 'User', ['books-read:books', 'books-write:books']), role('customer', 'Customer', 'User', ['orders-read:orders'], { isDefault: true })]),
  role('management', 'Logto Management API access', 'MachineToMachine', ['management-api-all']),
];
const organizationScopes: Row[] = empty ? [] : ['invite:members', 'read:billing'].map((name) => ({ id: name, name, description: `May ${name.replace(':', ' ')}` }));
const versions = new Map<string, number>();

/** One of a list, read and changed under its version. */
function one(method: string, rows: Row[], row: Row, sent: Row, world: World): unknown {
  const tag = () => `W/"${versions.get(row.id) ?? 0}"`;
  if (method === 'DELETE') return rows.splice(rows.indexOf(row), 1), {};
  if (method === 'PATCH') {
    if (world.ifMatch && world.ifMatch !== tag()) return world.refuse(412, 'entity.changed_meanwhile', 'Changed elsewhere.');
    Object.assign(row, sent);
    versions.set(row.id, (versions.get(row.id) ?? 0) + 1);
  }
  world.tag(tag());
  return row;
}

/** Entries that a row has in a list of ids. */
function relation(method: string, ids: string[], id: string | undefined, sent: Row, all: Row[], world: World): unknown {
  if (method === 'POST') ids.push(...(Object.values(sent)[0] as string[]));
  if (method === 'DELETE') ids.splice(ids.indexOf(decodeURIComponent(id!)), 1);
  return method === 'GET' ? world.page(all.filter((each) => ids.includes(each.id))) : {};
}

function answerRoles(method: string, [, id, part, key]: string[], sent: Row, world: World): unknown {
  const users = (of: Row) => world.users.filter((user) => of.holders.includes(user.id));
  if (!id && method === 'POST') return roles.unshift({ ...made({ isDefault: false, type: 'User', ...sent }), scopeIds: sent.scopeIds ?? [], holders: [] }), roles[0];
  if (!id) {
    const { type, resourceId, scopeId } = Object.fromEntries(world.query);
    return world.page(roles
      .filter((row) => (!type || row.type === type) && (!scopeId || row.scopeIds.includes(scopeId)) && (!resourceId || scopes.some((each) => each.resourceId === resourceId && row.scopeIds.includes(each.id))))
      .map((row) => ({ ...row, usersCount: users(row).length, featuredUsers: users(row).slice(0, 3), applicationsCount: row.holders.length - users(row).length, featuredApplications: [] })));
  }
  const row = roles.find((each) => each.id === id);
  if (!row) return undefined;
  if (part === 'users') return relation(method, row.holders, key, sent, world.users, world);
  if (part === 'applications') return relation(method, row.holders, key, sent, world.applications, world);
  if (part === 'scopes') return relation(method, row.scopeIds, key, sent, scopes.map((each) => ({ ...each, resource: resources.find((of) => of.id === each.resourceId) })), world);
  return one(method, roles, row, sent, world);
}

function answerResources(method: string, [, id, part, key]: string[], sent: Row, world: World): unknown {
  if (!id && method === 'POST') return resources.unshift(made({ isDefault: false, accessTokenTtl: 3600, ...sent })), resources[0];
  if (!id) return world.page(resources);
  const row = resources.find((each) => each.id === id);
  if (!row) return undefined;
  if (part === 'is-default') resources.forEach((each) => Object.assign(each, { isDefault: false }));
  if (part !== 'scopes') return one(method, resources, row, sent, world);
  if (method === 'POST') return scopes.unshift(made({ resourceId: id, ...sent })), scopes[0];
  if (!key) return world.page(scopes.filter((each) => each.resourceId === id));
  return one(method, scopes, scopes.find((each) => each.id === decodeURIComponent(key))!, sent, world);
}

function answerTemplate(method: string, [room, id, part, key]: string[], sent: Row, world: World): unknown {
  const rows = room === 'organization-roles' ? (organizationRoles as Row[]) : organizationScopes;
  if (!id && method === 'POST') {
    const { organizationScopeIds = [], resourceScopeIds = [], ...rest } = sent;
    return rows.unshift(made({ ...rest, given: organizationScopeIds, givenOfApis: resourceScopeIds })), rows[0];
  }
  const named = (row: Row) => ({
    ...row,
    scopes: organizationScopes.filter((each) => row.given?.includes(each.id)),
    resourceScopes: scopes.filter((each) => row.givenOfApis?.includes(each.id)).map((each) => ({ ...each, resource: resources.find((of) => of.id === each.resourceId) })),
  });
  if (!id) return world.page(room === 'organization-roles' ? rows.map(named) : rows);
  const row = rows.find((each) => each.id === decodeURIComponent(id));
  if (!row) return undefined;
  if (part === 'scopes') return relation(method, row.given ??= [], key, sent, organizationScopes, world);
  if (part === 'resource-scopes') return relation(method, row.givenOfApis ??= [], key, sent, scopes, world);
  return one(method, rows, row, sent, world);
}

function answerDashboard(figure: string | undefined, world: World): unknown {
  if (figure === 'total') return { totalUserCount: world.users.length };
  if (figure === 'new') return { today: { count: 8, delta: 3 }, last7Days: { count: world.users.length, delta: -4 } };
  const last = Date.parse(world.query.get('date') ?? new Date().toISOString().slice(0, 10));
  const count = (at: number) => Math.round(900 + 120 * Math.sin(at / day) - (new Date(at).getUTCDay() % 6 === 0 ? 350 : 0));
  const dauCurve = Array.from({ length: 30 }, (_, index) => last - (29 - index) * day).map((at) => ({ date: new Date(at).toISOString().slice(0, 10), count: count(at) }));
  return { dauCurve, dau: { count: count(last), delta: count(last) - count(last - day) }, wau: { count: 2509, delta: 32 }, mau: { count: 3686, delta: -115 } };
}

export const authorizationRooms = ['dashboard', 'resources', 'roles', 'organization-roles', 'organization-scopes'];

export function answerAuthorization(method: string, path: string[], sent: Row, world: World): unknown {
  if (path[0] === 'dashboard') return answerDashboard(path[2], world);
  if (path[0] === 'resources') return answerResources(method, path, sent, world);
  if (path[0] === 'roles') return answerRoles(method, path, sent, world);
  return answerTemplate(method, path, sent, world);
}
