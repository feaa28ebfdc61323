import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import { ApiError } from '../api/errors';

export const kinds = ['access-token', 'client-credentials'] as const;
export type Kind = (typeof kinds)[number];

export interface Customizer {
  script: string;
  environmentVariables?: Record<string, string>;
  contextSample?: object;
  tokenSample?: object;
  blockIssuanceOnError?: boolean;
}

export interface Stored {
  /** Nothing while there is no script. */
  customizer: Customizer | null;
  tag: string | null;
}

const keyOf: Record<Kind, string> = { 'access-token': 'jwt.accessToken', 'client-credentials': 'jwt.clientCredentials' };
const path = '/configs/jwt-customizer';

/** Which of the two there are. */
export function useCustomizers() {
  const api = useApi();
  return useQuery({
    queryKey: ['scripts'],
    queryFn: async () => {
      const all = await api.get<{ key: string; value: Customizer }[]>(path);
      return new Map(kinds.map((kind) => [kind, all.find(({ key }) => key === keyOf[kind])?.value]));
    },
  });
}

/** One script with the tag of this version; read once for each visit. */
export function useCustomizer(kind: Kind) {
  const api = useApi();
  return useQuery({
    queryKey: ['scripts', kind],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async (): Promise<Stored> => {
      try {
        const { value, tag } = await api.tagged<Customizer>(`${path}/${kind}`);
        return { customizer: value, tag };
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return { customizer: null, tag: null };
        throw error;
      }
    },
  });
}

export interface Run {
  script: string;
  environmentVariables: Record<string, string>;
  token: object;
  context: object;
}

export function useCustomizerChanges(kind: Kind) {
  const api = useApi();
  const queries = useQueryClient();
  return {
    save: async (customizer: Customizer, tag: string | null) => {
      await api.put<Customizer>(`${path}/${kind}`, customizer, tag);
      await queries.invalidateQueries({ queryKey: ['scripts'], exact: true });
    },
    remove: async () => {
      await api.delete(`${path}/${kind}`);
      await queries.invalidateQueries({ queryKey: ['scripts'] });
    },
    test: (run: Run) => api.post<{ claims: object; log: Log }>(`${path}/test`, { tokenType: kind, withLog: true, ...run }),
  };
}

/** What the script said to its console; the server cuts what is too long. */
export interface Log {
  lines: { level: string; text: string }[];
  cut: boolean;
}

/** What a test run told: claims, a refusal of the script itself, or a fault of it. */
export type Result = { log?: Log } & (
  | { claims: object }
  | { denied: string }
  | { name: string; message: string; line: number | null; column: number | null }
);

export function resultOf(error: unknown): Result | null {
  if (!(error instanceof ApiError) || error.code !== 'jwt_customizer.general') return null;
  const { message = error.message, error: fault = {}, log } = (error.data ?? {}) as { message?: string; error?: { name?: string; message?: string; line?: number | null; column?: number | null }; log?: Log };
  const told = log && { log };
  if (error.status === 403) return { denied: message, ...told };
  return { ...told, name: fault.name ?? 'Error', message: fault.message ?? message, line: fault.line ?? null, column: fault.column ?? null };
}
