/** Keys and the lifetime of sessions, for the mock. */
type Row = Record<string, any>;

const day = 86_400;
const seconds = () => Math.floor(Date.now() / 1000);
const kid = () => Array.from({ length: 43 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[Math.floor(Math.random() * 64)]).join('');
const algorithms: Record<string, string> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512', Ed25519: 'EdDSA' };
const key = (kind: string, status: string, ago: number): Row => ({ id: kid(), createdAt: seconds() - ago, kind, algorithm: algorithms[kind] ?? 'RS256', status });

const session = { ttl: 14 * day };
let privateKeys = [key('P-384', 'Current', 20 * day), key('RSA-3072', 'Previous', 200 * day)];
let cookieKeys: Row[] = [{ id: 'x8fkw02mdl3', createdAt: seconds() - 20 * day }];

export function answerConfigs(method: string, path: string[], sent: Row): unknown {
  const [, , room, part] = path;
  if (room === 'session') return Object.assign(session, sent);
  const cookies = room === 'cookie-keys';
  if (method === 'DELETE') {
    if (cookies) cookieKeys = cookieKeys.filter(({ id }) => id !== part);
    else privateKeys = privateKeys.filter(({ id }) => id !== part);
    return {};
  }
  if (method === 'POST' && cookies) cookieKeys = [{ id: kid().slice(0, 11), createdAt: seconds() }, ...cookieKeys].slice(0, 2);
  if (method === 'POST' && !cookies) {
    const grace = sent.rotationGracePeriod ?? 0;
    const fresh = { ...key(sent.signingKeyAlgorithm ?? 'P-256', grace > 0 ? 'Next' : 'Current', 0), ...(grace > 0 ? { effectiveAt: seconds() + grace } : {}) };
    const current = privateKeys.find(({ status }) => status === 'Current')!;
    privateKeys = grace > 0 ? [fresh, ...privateKeys] : [fresh, { ...current, status: 'Previous' }];
  }
  return cookies ? cookieKeys : privateKeys;
}
