import type { SsoConnector, SsoProviderName } from '../api/types';

/** The providers this console can set up, the most asked for first. */
export const offered = ['AzureAdOidc', 'GoogleWorkspace', 'Okta', 'OIDC'] as const satisfies readonly SsoProviderName[];
export type OfferedProvider = (typeof offered)[number];

export function isOffered(provider: SsoProviderName): provider is OfferedProvider {
  return (offered as readonly string[]).includes(provider);
}

/** Google has one issuer for everybody. */
export const googleIssuer = 'https://accounts.google.com';
export const asksForIssuer = (provider: SsoProviderName) => provider !== 'GoogleWorkspace';

/** Where the provider sends the browser back to. */
export const callbackUri = (origin: string, id: string) => `${origin}/callback/${id}`;

/** Where a tile in the provider's own portal leads. */
export const startUri = (origin: string, id: string) => `${origin}/enterprise-sso/${id}/start`;

export type Missing = 'connection' | 'domain';

/** What a connector lacks before anyone can sign in with it. The server takes a connection whole or not at all. */
export function missing({ config, domains }: Pick<SsoConnector, 'config' | 'domains'>): Missing[] {
  return [
    ...(Object.keys(config).length === 0 ? (['connection'] as const) : []),
    ...(domains.length === 0 ? (['domain'] as const) : []),
  ];
}

export type Status = 'inUse' | 'incomplete' | 'off';

/** `enabled` is the one switch for all connectors, in the sign-in experience. */
export function statusOf(connector: Pick<SsoConnector, 'config' | 'domains'>, enabled: boolean): Status {
  if (missing(connector).length > 0) return 'incomplete';
  return enabled ? 'inUse' : 'off';
}
