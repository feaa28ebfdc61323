/** A public key as RFC 7517 writes it. */
export type Jwk = Record<string, unknown>;

export type KeysFault = 'json' | 'empty' | 'private' | 'symmetric' | 'kind' | 'incomplete' | 'short' | 'encryption' | 'duplicate';

export interface Keys {
  keys: Jwk[];
  fault: KeysFault | null;
  /** Which key is at fault, counted from 1. */
  at?: number;
}

/** Members that only who holds the private key knows (RFC 7518 section 6, RFC 8037). */
const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];
const needed: Record<string, string[]> = { EC: ['crv', 'x', 'y'], RSA: ['n', 'e'], OKP: ['crv', 'x'] };
const curves: Record<string, string[]> = { EC: ['P-256', 'P-384', 'P-521'], OKP: ['Ed25519'] };

/** A set of keys out of what was pasted: a JWK Set, a list of keys, or a single one. */
export function readKeys(text: string): Keys {
  const keys = listOf(text);
  if (!keys) return { keys: [], fault: 'json' };
  if (keys.length === 0) return { keys, fault: 'empty' };
  let useless: Keys | undefined;
  for (const [index, key] of keys.entries()) {
    const again = key.kid !== undefined && keys.findIndex((other) => other.kid === key.kid) < index;
    const found: Keys = { keys, fault: again ? 'duplicate' : faultOf(key), at: index + 1 };
    // Beside a key for signatures there may be others, such as one for encryption.
    if (found.fault === 'kind' || found.fault === 'encryption') useless ??= found;
    else if (found.fault) return found;
  }
  return useless && !keys.some((key) => faultOf(key) === null) ? useless : { keys, fault: null };
}

function listOf(text: string): Jwk[] | null {
  if (!text.trim()) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const list: unknown = isObject(value) ? ('keys' in value ? value.keys : [value]) : value;
  return Array.isArray(list) && list.every(isObject) ? list : null;
}

const isObject = (value: unknown): value is Jwk => typeof value === 'object' && value !== null && !Array.isArray(value);

function faultOf(key: Jwk): KeysFault | null {
  const { kty, use } = key;
  if (kty === 'oct' || 'k' in key) return 'symmetric';
  if (secret.some((member) => member in key)) return 'private';
  const members = typeof kty === 'string' ? needed[kty] : undefined;
  if (!members) return 'kind';
  if (members.some((member) => typeof key[member] !== 'string' || key[member] === '')) return 'incomplete';
  if (curves[kty as string]?.includes(key.crv as string) === false) return 'kind';
  if (kty === 'RSA' && bitsOf(key.n as string) < 2048) return 'short';
  return use === 'enc' ? 'encryption' : null;
}

/** Length of a number in base64url, in whole bytes. */
const bitsOf = (text: string) => Math.floor((text.replace(/^A+/, '').length * 6) / 8) * 8;

/** The same keys without what must stay with the application. */
export function publicKeys(text: string): string {
  const keys = listOf(text) ?? [];
  return keysText(keys.map((key) => Object.fromEntries(Object.entries(key).filter(([member]) => !secret.includes(member)))));
}

export const keysText = (keys: readonly Jwk[]) => JSON.stringify({ keys }, null, 2);

/** Whether FAPI 2.0 lets a client sign with it (section 5.4.1: PS256, ES256, EdDSA with Ed25519). */
export function signsForFapi(key: Jwk): boolean {
  const { kty, crv, alg } = key;
  if (faultOf(key)) return false;
  if (kty === 'RSA') return alg === undefined || alg === 'PS256';
  if (kty === 'EC') return crv === 'P-256' && (alg === undefined || alg === 'ES256');
  return crv === 'Ed25519';
}

/** What a key is in a word or two: `EC P-256`, `RSA 2048`. */
export const kindOf = ({ kty, crv, n }: Jwk) => (kty === 'RSA' ? `RSA ${bitsOf(String(n ?? ''))}` : [kty, crv].filter(Boolean).join(' '));
