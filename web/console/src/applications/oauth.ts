import type { Application, CustomClientMetadata, OidcClientMetadata } from '../api/types';
import { filled, webFault } from '../ui/uris';
import { keysText, readKeys, signsForFapi } from './jwks';

type Method = NonNullable<OidcClientMetadata['tokenEndpointAuthMethod']>;
export type ResponseType = NonNullable<OidcClientMetadata['responseTypes']>[number];
export type Dpop = NonNullable<CustomClientMetadata['dpop']>;

/** Under the names of the wire, so that what the server says of one lands on it. */
export interface Fields {
  /** Empty: a secret, wherever it comes. */
  tokenEndpointAuthMethod: Method | '';
  keySource: 'jwks' | 'jwksUri';
  jwks: string;
  jwksUri: string;
  dpop: Dpop;
  securityProfile: boolean;
  responseTypes: ResponseType[];
  requirePushedAuthorizationRequests: boolean;
}

export type Shown = Pick<Application, 'type' | 'customClientMetadata'>;

/** Can keep a secret, and so prove itself. */
export const isConfidential = ({ type }: Pick<Application, 'type'>) => type === 'Traditional' || type === 'MachineToMachine' || type === 'Protected';
/** Types in a code on another device: no browser comes back to it. */
export const isDevice = ({ type, customClientMetadata }: Shown) => type === 'Native' && customClientMetadata.isDeviceFlow === true;
/** A browser comes back to it with an answer. */
export const isRedirectedTo = (application: Shown) => application.type !== 'MachineToMachine' && !isDevice(application);
/** Has pages of its own that the server can call or a browser can load. */
export const isWeb = ({ type }: Pick<Application, 'type'>) => type === 'Traditional' || type === 'SPA' || type === 'Protected';

export const provesByKey = ({ oidcClientMetadata: { tokenEndpointAuthMethod } }: Application) => tokenEndpointAuthMethod === 'private_key_jwt';
export const isFapi = ({ customClientMetadata: { securityProfile } }: Application) => securityProfile === 'fapi2';

/** What holds where nothing is said: the profile brings DPoP along. */
const unsaid = ({ securityProfile }: CustomClientMetadata): Dpop => (securityProfile === 'fapi2' ? 'required' : 'off');

export function fieldsOf({ oidcClientMetadata: oidc, customClientMetadata: custom }: Application): Fields {
  return {
    tokenEndpointAuthMethod: oidc.tokenEndpointAuthMethod ?? '',
    keySource: oidc.jwksUri && !oidc.jwks ? 'jwksUri' : 'jwks',
    jwks: oidc.jwks ? keysText(oidc.jwks.keys) : '',
    jwksUri: oidc.jwksUri ?? '',
    dpop: custom.dpop ?? unsaid(custom),
    securityProfile: custom.securityProfile === 'fapi2',
    responseTypes: oidc.responseTypes ?? ['code'],
    requirePushedAuthorizationRequests: oidc.requirePushedAuthorizationRequests ?? false,
  };
}

/**
 * Both metadata objects are replaced as a whole, so what the form does not show is sent along. What is as it would be
 * without a setting is not set.
 */
export function patchOf(fields: Fields, application: Application) {
  const { tokenEndpointAuthMethod: _method, responseTypes: _types, requirePushedAuthorizationRequests: pushed, jwks, jwksUri, ...oidc } = application.oidcClientMetadata;
  const { dpop, securityProfile: _profile, ...custom } = application.customClientMetadata;
  const securityProfile = fields.securityProfile ? ('fapi2' as const) : undefined;
  const dpopStays = !dpop && fields.dpop === unsaid(application.customClientMetadata) && fields.dpop === unsaid({ securityProfile });
  const byKey = fields.tokenEndpointAuthMethod === 'private_key_jwt';
  // One source only (RFC 7591 section 2). Who tries another method for a while finds the keys again.
  const keys = byKey
    ? fields.keySource === 'jwks' ? { jwks: { ...jwks, keys: readKeys(fields.jwks).keys } } : { jwksUri: fields.jwksUri.trim() }
    : { ...(jwks && { jwks }), ...(jwksUri && { jwksUri }) };
  const codeAlone = fields.responseTypes.length === 1 && fields.responseTypes[0] === 'code';
  return {
    oidcClientMetadata: {
      ...oidc,
      ...keys,
      ...(fields.tokenEndpointAuthMethod && { tokenEndpointAuthMethod: fields.tokenEndpointAuthMethod }),
      ...(codeAlone ? {} : { responseTypes: fields.responseTypes }),
      // What was said stays said; off is not said.
      ...((fields.requirePushedAuthorizationRequests || pushed !== undefined) && { requirePushedAuthorizationRequests: fields.requirePushedAuthorizationRequests }),
    },
    customClientMetadata: {
      ...custom,
      ...(dpopStays || fields.dpop === 'off' ? {} : { dpop: fields.dpop }),
      ...(securityProfile && { securityProfile }),
    },
  };
}

export const demands = ['signing', 'method', 'keys', 'dpop', 'code', 'redirects'] as const;
export type Demand = (typeof demands)[number];

/** Of keys that may sign for an application that keeps FAPI 2.0 (section 5.4.1): for it, those of RS256 sign with PS256. */
const permitted = ['RS256', 'ES256', 'EdDSA'];

/**
 * What FAPI 2.0 asks of the settings of a client, and which of it is so.
 *
 * @param signing algorithms of the tenant's keys that sign now or next; where they are not known, nothing is said of them
 */
export function demandsOf(fields: Fields, application: Application, signing?: readonly string[]): { demand: Demand; met: boolean }[] {
  const met: Record<Demand, () => boolean> = {
    signing: () => signing!.every((algorithm) => permitted.includes(algorithm)),
    method: () => fields.tokenEndpointAuthMethod === 'private_key_jwt',
    keys: () => {
      if (fields.keySource === 'jwksUri') return fields.jwksUri.trim() !== '' && !webFault(fields.jwksUri.trim());
      const { keys, fault } = readKeys(fields.jwks);
      return !fault && keys.some(signsForFapi);
    },
    dpop: () => fields.dpop === 'required',
    code: () => fields.responseTypes.every((type) => type === 'code'),
    redirects: () => filled(application.oidcClientMetadata.redirectUris).every(fitsFapi),
  };
  return demands
    .filter((demand) => demand !== 'signing' || signing !== undefined)
    .filter((demand) => isRedirectedTo(application) || (demand !== 'code' && demand !== 'redirects'))
    .map((demand) => ({ demand, met: met[demand]() }));
}

/** Encrypted or on the machine itself, and one address and no pattern of them (FAPI 2.0 section 5.3.2.2). */
export const fitsFapi = (uri: string) => webFault(uri) === null;
