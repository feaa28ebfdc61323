import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context';
import { ApiError } from '../api/errors';

export const factory = 'simple-mail-transfer-protocol';

export const usages = [
  'SignIn', 'Register', 'ForgotPassword', 'OrganizationInvitation', 'MfaVerification', 'BindMfa', 'BindNewIdentifier', 'UserPermissionValidation', 'Generic',
] as const;
export type Usage = (typeof usages)[number];

export interface Template {
  usageType: string;
  contentType: 'text/plain' | 'text/html';
  subject: string;
  content: string;
}

export interface SmtpConfig {
  host: string;
  port: number;
  auth?: { type?: string; user: string; pass?: string };
  fromEmail: string;
  replyTo?: string;
  secure?: boolean;
  ignoreTLS?: boolean;
  templates?: Template[];
}

export interface Connector {
  id: string;
  connectorId: string;
  config: SmtpConfig;
  logo: string;
  logoDark: string | null;
}

export interface BuiltIn extends Template {
  language: string;
}

export interface Email {
  /** Nothing while no mail server is set up. */
  connector: Connector | null;
  tag: string | null;
}

/** What sends the tenant's e-mail, with its secret and the tag of this version; read once for each visit. */
export function useEmail() {
  const api = useApi();
  return useQuery({
    queryKey: ['connectors', 'email'],
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async (): Promise<Email> => {
      const [first] = await api.get<Connector[]>('/connectors', { target: factory });
      if (!first) return { connector: null, tag: null };
      const { value, tag } = await api.tagged<Connector>(`/connectors/${encodeURIComponent(first.id)}`);
      return { connector: value, tag };
    },
  });
}

/** The words that are there before a tenant writes its own. */
export function useBuiltIn() {
  const api = useApi();
  return useQuery({ queryKey: ['connectors', 'built-in'], staleTime: Infinity, queryFn: () => api.get<BuiltIn[]>(`/connector-factories/${factory}/templates`) });
}

export function useEmailChanges() {
  const api = useApi();
  const queries = useQueryClient();
  return {
    save: (email: Email, config: SmtpConfig) =>
      email.connector
        ? api.patch<Connector>(`/connectors/${encodeURIComponent(email.connector.id)}`, { config }, email.tag)
        : api.post<Connector>('/connectors', { connectorId: factory, config }),
    remove: async (id: string) => {
      await api.delete(`/connectors/${encodeURIComponent(id)}`);
      await queries.invalidateQueries({ queryKey: ['connectors'] });
    },
    test: (email: string, config: SmtpConfig, locale: string) => api.post<void>(`/connectors/${factory}/test`, { email, config, locale }),
  };
}

export const faults = [
  'host_not_found', 'private_address', 'not_encrypted', 'refused', 'timeout', 'tls', 'starttls_missing', 'login_rejected',
  'sender_rejected', 'recipient_rejected', 'message_rejected', 'broken',
] as const;
export type Fault = (typeof faults)[number];

/** Why the mail server did not take a message. */
export function faultOf(error: unknown): Fault | null {
  if (!(error instanceof ApiError) || error.code !== 'connector.general') return null;
  const { fault } = (error.data ?? {}) as { fault?: string };
  return faults.find((known) => known === fault) ?? null;
}
