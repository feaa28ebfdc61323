import { organizations, organizationRoles } from './organizations.ts';

type Row = Record<string, any>;

const now = Date.now();
const day = 86_400_000;
const seconds = (at: number) => Math.floor(at / 1000);
const agents = {
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  safari: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
};

/** What hangs on one user. */
interface Belongings {
  sessions: Row[];
  grants: Row[];
  tokens: Row[];
  factors: Row[];
}

const all = new Map<string, Belongings>();

function of(user: string, applications: Row[]): Belongings {
  const known = all.get(user);
  if (known) return known;
  const grant = (application: Row, ago: number): Row => ({ id: `grant-${application.id}`, payload: { iat: seconds(now - ago) }, expiresAt: now + 180 * day, application: { id: application.id, name: application.name } });
  const session = (uid: string, userAgent: string, ip: string, ago: number, to: Row[]): Row => ({
    payload: { uid, jti: uid, kind: 'Session', loginTs: seconds(now - ago), iat: seconds(now - ago), exp: seconds(now + 14 * day), accountId: user, authorizations: Object.fromEntries(to.map(({ id }) => [id, { grantId: `grant-${id}` }])) },
    lastSubmission: { interactionEvent: 'SignIn', userId: user, verificationRecords: [], signInContext: { ip, userAgent } },
    clientId: to[0]?.id ?? null, accountId: user, expiresAt: now + 14 * day,
  });
  const [first, second] = applications as [Row, Row];
  const made: Belongings = applications.length === 0 ? { sessions: [], grants: [], tokens: [], factors: [] } : {
    sessions: [session('one', agents.firefox, '203.0.113.7', 12 * 60_000, [first, second]), session('two', agents.safari, '2001:db8::42', 3 * day, [first])],
    grants: [grant(first, 3 * day), grant(second, 12 * 60_000)],
    tokens: [
      { userId: user, name: 'Nightly export', value: 'pat_5yKQbN0dXr8sW3mPzLcV1aTfUjEoHg7x', createdAt: now - 20 * day, expiresAt: now + 70 * day },
      { userId: user, name: 'Old laptop', value: 'pat_Zk2vB9qLrT6nYc4HwXsJ0dEoPaGmUi8f', createdAt: now - 90 * day, expiresAt: now - day },
    ],
    factors: [{ id: 'totp', type: 'Totp', createdAt: new Date(now - 30 * day).toISOString() }, { id: 'backup', type: 'BackupCode', createdAt: new Date(now - 30 * day).toISOString(), remainCodes: 8 }],
  };
  all.set(user, made);
  return made;
}

const held = new Map<string, Row[]>();
const reader = { id: 'reader', name: 'Book reader', description: 'Reads books and lists', type: 'User' };

/** Undefined for what is not about what hangs on a user. */
export function answerPeople(method: string, [, user, part, key]: string[], sent: Row, applications: Row[], page: (rows: Row[]) => Row[]): unknown {
  const { sessions, grants, tokens, factors } = of(user!, applications);
  const remove = (rows: Row[], match: (row: Row) => boolean) => (rows.splice(rows.findIndex(match), 1), {});
  switch (part) {
    case 'sessions':
      return method === 'DELETE' ? remove(sessions, (row) => !key || row.payload.uid === key) : { sessions };
    case 'grants':
      return method === 'DELETE' ? remove(grants, (row) => row.id === key) : { grants };
    case 'personal-access-tokens':
      if (method === 'GET') return tokens;
      if (key === 'delete') return remove(tokens, (row) => row.name === sent.name);
      if (method === 'PATCH') return Object.assign(tokens.find((row) => row.name === sent.currentName)!, { name: sent.name });
      return tokens.push({ userId: user, value: `pat_${Math.random().toString(36).slice(2).padEnd(32, 'x')}`, createdAt: Date.now(), expiresAt: null, ...sent }), tokens.at(-1);
    case 'mfa-verifications':
      if (method === 'GET') return factors;
      if (method === 'DELETE') return remove(factors, (row) => row.id === key);
      factors.push({ id: sent.type, type: sent.type, createdAt: new Date().toISOString(), ...(sent.type === 'BackupCode' && { remainCodes: 10 }) });
      return sent.type === 'Totp'
        ? { type: 'Totp', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', secretQrCode: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 6h2v2H6z"/></svg>' }
        : { type: 'BackupCode', codes: Array.from({ length: 10 }, (_, index) => `0a1b2c3d4${index}`) };
    case 'organizations':
      return page(organizations.slice(0, 2).map((row, index) => ({ ...row, organizationRoles: organizationRoles.slice(0, 2 - index).map(({ id, name }) => ({ id, name })) })));
    case 'roles': {
      const mine = held.get(user!) ?? held.set(user!, applications.length > 0 ? [reader] : []).get(user!)!;
      if (method === 'POST') mine.push(...sent.roleIds.map((id: string) => ({ ...reader, id, name: id })));
      return method === 'DELETE' ? remove(mine, (row) => row.id === key) : page(mine);
    }
    default:
      return undefined;
  }
}
