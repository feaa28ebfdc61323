import type { SsoConfig, SsoConnector } from '../api/types';
import { asksForIssuer } from './connectors';
import { canonical } from './domains';

export interface Fields {
  connectorName: string;
  clientId: string;
  /** Empty keeps the one that is stored. */
  clientSecret: string;
  issuer: string;
  scope: string;
  domains: string[];
  displayName: string;
  logo: string;
  darkLogo: string;
  syncProfile: 'first' | 'each';
  trustUnverifiedEmail: boolean;
  enableTokenStorage: boolean;
  offlineAccess: boolean;
}

export type Part = 'clientId' | 'clientSecret' | 'issuer';

export function fieldsOf({ connectorName, config, domains, branding, syncProfile, enableTokenStorage }: SsoConnector): Fields {
  return {
    connectorName,
    clientId: config.clientId ?? '',
    clientSecret: '',
    issuer: config.issuer ?? '',
    scope: config.scope ?? '',
    domains,
    displayName: branding.displayName ?? '',
    logo: branding.logo ?? '',
    darkLogo: branding.darkLogo ?? '',
    syncProfile: syncProfile ? 'each' : 'first',
    trustUnverifiedEmail: config.trustUnverifiedEmail ?? false,
    enableTokenStorage,
    offlineAccess: config.offlineAccess ?? false,
  };
}

/** Whether there is or will be a connection: then it must be whole, for the server takes no part of one. */
export function begun(fields: Fields, saved: SsoConnector): boolean {
  return saved.config.clientId !== undefined || [fields.clientId, fields.clientSecret, fields.issuer, fields.scope].some((value) => value.trim() !== '');
}

/** Whether the connector proves itself by a secret, or (chosen over the API) by the tenant's key. */
export function hasSecret(saved: SsoConnector): boolean {
  return saved.config.clientAuthentication !== 'private_key_jwt';
}

/** The values that a connection still lacks. */
export function lacking(fields: Fields, saved: SsoConnector): Part[] {
  const parts: Part[] = asksForIssuer(saved.providerName) ? ['clientId', 'clientSecret', 'issuer'] : ['clientId', 'clientSecret'];
  return parts.filter((part) => !fields[part].trim() && !(part === 'clientSecret' && (saved.config.clientSecret || !hasSecret(saved))));
}

const connection = ['clientId', 'clientSecret', 'issuer', 'scope', 'trustUnverifiedEmail', 'offlineAccess'] as const;

function configOf(fields: Fields, saved: SsoConnector): SsoConfig {
  // What this form does not show (how the client authenticates, say) is sent back as it came.
  const { scope: _scope, issuer: _issuer, offlineAccess: _offline, ...others } = saved.config;
  const google = !asksForIssuer(saved.providerName);
  return {
    ...others,
    clientId: fields.clientId.trim(),
    ...(hasSecret(saved) ? { clientSecret: fields.clientSecret.trim() || saved.config.clientSecret } : {}),
    ...(google ? { offlineAccess: fields.offlineAccess } : { issuer: fields.issuer.trim() }),
    ...(fields.scope.trim() ? { scope: fields.scope.trim().split(/[\s,+]+/).join(' ') } : {}),
    trustUnverifiedEmail: fields.trustUnverifiedEmail,
  };
}

export type ConnectorPatch = Partial<Pick<SsoConnector, 'connectorName' | 'config' | 'domains' | 'branding' | 'syncProfile' | 'enableTokenStorage'>>;

/**
 * Only what differs: a save on one tab shall not reach out to the provider for the other's sake, nor undo what
 * another administrator has changed elsewhere.
 */
export function patchOf(fields: Fields, saved: SsoConnector): ConnectorPatch {
  const before = fieldsOf(saved);
  const differs = (...names: (keyof Fields)[]) => names.some((name) => JSON.stringify(fields[name]) !== JSON.stringify(before[name]));
  const text = (key: string, value: string) => (value.trim() ? { [key]: value.trim() } : {});
  return {
    ...(differs('connectorName') ? { connectorName: fields.connectorName.trim() } : {}),
    ...(begun(fields, saved) && differs(...connection) ? { config: configOf(fields, saved) } : {}),
    ...(differs('domains') ? { domains: fields.domains.map(canonical) } : {}),
    ...(differs('displayName', 'logo', 'darkLogo')
      ? { branding: { ...text('displayName', fields.displayName), ...text('logo', fields.logo), ...text('darkLogo', fields.darkLogo) } }
      : {}),
    ...(differs('syncProfile') ? { syncProfile: fields.syncProfile === 'each' } : {}),
    ...(differs('enableTokenStorage') ? { enableTokenStorage: fields.enableTokenStorage } : {}),
  };
}

/** Which tab holds a field. */
export function tabOf(field: string | undefined): 'connection' | 'experience' {
  return ['clientId', 'clientSecret', 'issuer', 'scope'].includes(field ?? '') ? 'connection' : 'experience';
}
