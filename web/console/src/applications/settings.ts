import type { Application } from '../api/types';
import { jsonObject, jsonText } from '../ui/json';
import { filled } from '../ui/uris';

export interface Fields {
  name: string;
  description: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  corsAllowedOrigins: string[];
  initiateLoginUri: string;
  backchannelLogoutUri: string;
  backchannelLogoutSessionRequired: boolean;
  frontchannelLogoutUri: string;
  frontchannelLogoutSessionRequired: boolean;
  customData: string;
}

export const labels = {
  name: 'applications.form.name',
  description: 'applications.form.description',
  redirectUris: 'applications.details.uris.redirect',
  postLogoutRedirectUris: 'applications.details.uris.postSignOut',
  corsAllowedOrigins: 'applications.details.uris.cors',
  initiateLoginUri: 'oauth.addresses.initiateLoginUri',
  backchannelLogoutUri: 'oauth.addresses.backchannelLogoutUri',
  backchannelLogoutSessionRequired: 'oauth.logout.backchannelSession',
  frontchannelLogoutUri: 'oauth.addresses.frontchannelLogoutUri',
  frontchannelLogoutSessionRequired: 'oauth.logout.frontchannelSession',
  customData: 'applications.details.data.label',
} as const satisfies Record<keyof Fields, string>;

export function fieldsOf({ name, description, oidcClientMetadata: oidc, customClientMetadata: custom, customData }: Application): Fields {
  return {
    name,
    description: description ?? '',
    redirectUris: oidc.redirectUris,
    postLogoutRedirectUris: oidc.postLogoutRedirectUris,
    corsAllowedOrigins: custom.corsAllowedOrigins ?? [],
    initiateLoginUri: oidc.initiateLoginUri ?? '',
    backchannelLogoutUri: oidc.backchannelLogoutUri ?? '',
    backchannelLogoutSessionRequired: oidc.backchannelLogoutSessionRequired ?? false,
    frontchannelLogoutUri: oidc.frontchannelLogoutUri ?? '',
    frontchannelLogoutSessionRequired: oidc.frontchannelLogoutSessionRequired ?? false,
    customData: jsonText(customData),
  };
}

/** The two metadata objects are replaced as a whole, so what the form does not show is sent along. */
export function patchOf(fields: Fields, application: Application) {
  const { initiateLoginUri: _initiate, backchannelLogoutUri: _back, frontchannelLogoutUri: _front, frontchannelLogoutSessionRequired: _session, ...oidc } = application.oidcClientMetadata;
  const [initiateLoginUri, backchannelLogoutUri, frontchannelLogoutUri] = [fields.initiateLoginUri.trim(), fields.backchannelLogoutUri.trim(), fields.frontchannelLogoutUri.trim()];
  return {
    name: fields.name.trim(),
    description: fields.description.trim() || null,
    oidcClientMetadata: {
      ...oidc,
      redirectUris: filled(fields.redirectUris),
      postLogoutRedirectUris: filled(fields.postLogoutRedirectUris),
      ...(initiateLoginUri && { initiateLoginUri }),
      ...(backchannelLogoutUri && { backchannelLogoutUri }),
      backchannelLogoutSessionRequired: fields.backchannelLogoutSessionRequired,
      ...(frontchannelLogoutUri && { frontchannelLogoutUri, frontchannelLogoutSessionRequired: fields.frontchannelLogoutSessionRequired }),
    },
    customClientMetadata: { ...application.customClientMetadata, corsAllowedOrigins: filled(fields.corsAllowedOrigins) },
    customData: jsonObject(fields.customData) ?? {},
  };
}
