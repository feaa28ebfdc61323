import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';

export type KeyType = 'private-keys' | 'cookie-keys';

export interface Key {
  id: string;
  /** Seconds since the epoch, like the next. */
  createdAt: number;
  /** Of the signatures, `ES384`; private keys only, like the next. */
  algorithm?: string;
  /** `P-384`, `RSA-3072`, `Ed25519`, … */
  kind?: string;
  status?: 'Next' | 'Current' | 'Previous';
  effectiveAt?: number;
}

/** What a new key can be, the usual one first. */
export const kinds = ['P-384', 'P-256', 'P-521', 'RSA-2048', 'RSA-3072', 'RSA-4096', 'Ed25519'] as const;
export type Kind = (typeof kinds)[number];

export interface Rotation {
  signingKeyAlgorithm?: Kind;
  /** A key that was made elsewhere. */
  pem?: string;
  /** Seconds. */
  rotationGracePeriod?: number;
}

const path = (type: KeyType) => `/configs/oidc/${type}`;

export function useKeys(type: KeyType) {
  const api = useApi();
  return useQuery({
    queryKey: ['keys', type],
    queryFn: () => api.get<Key[]>(path(type)),
    // A key that waits begins to sign while the page is open.
    refetchInterval: (query) => (query.state.data?.some(({ status }) => status === 'Next') ? 30_000 : false),
  });
}

export function useKeyChanges(type: KeyType) {
  const api = useApi();
  const queries = useQueryClient();
  return {
    rotate: async (body: Rotation) =>
      queries.setQueryData(['keys', type], await api.post<Key[]>(`${path(type)}/${body.pem === undefined ? 'rotate' : 'import'}`, body)),
    remove: async (id: string) => {
      await api.delete(`${path(type)}/${encodeURIComponent(id)}`);
      await queries.invalidateQueries({ queryKey: ['keys', type] });
    },
  };
}
