/** The wire shapes the console reads and writes, in the words of the Management API. */

export const applicationTypes = ['Traditional', 'SPA', 'Native', 'MachineToMachine'] as const;
export type CreatableType = (typeof applicationTypes)[number];
export type ApplicationType = CreatableType | 'Protected' | 'SAML';

export interface OidcClientMetadata {
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri?: string;
  backchannelLogoutSessionRequired?: boolean;
  logoUri?: string;
}

export interface CustomClientMetadata {
  corsAllowedOrigins?: string[];
  idTokenTtl?: number;
  refreshTokenTtl?: number;
  refreshTokenTtlInDays?: number;
  tenantId?: string;
  alwaysIssueRefreshToken?: boolean;
  rotateRefreshToken?: boolean;
  allowTokenExchange?: boolean;
  isDeviceFlow?: boolean;
  maxAllowedGrants?: number;
}

export interface Application {
  id: string;
  name: string;
  description: string | null;
  type: ApplicationType;
  oidcClientMetadata: OidcClientMetadata;
  customClientMetadata: CustomClientMetadata;
  customData: Record<string, unknown>;
  isThirdParty: boolean;
  createdAt: number;
}

export interface ApplicationSecret {
  applicationId: string;
  name: string;
  value: string;
  createdAt: number;
  expiresAt: number | null;
}

export interface Role {
  id: string;
  name: string;
  description: string;
  type: 'User' | 'MachineToMachine';
}

export interface UserProfile {
  familyName?: string;
  givenName?: string;
  nickname?: string;
  website?: string;
  [key: string]: unknown;
}

export interface User {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
  name: string | null;
  avatar: string | null;
  customData: Record<string, unknown>;
  profile: UserProfile;
  lastSignInAt: number | null;
  createdAt: number;
  updatedAt: number;
  applicationId: string | null;
  isSuspended: boolean;
  hasPassword?: boolean;
  /** Only where it was asked for. */
  ssoIdentities?: SsoIdentity[];
}

/** A user as an enterprise's identity provider knows him; `updatedAt` is when he last came from there. */
export interface SsoIdentity {
  id: string;
  userId: string;
  issuer: string;
  identityId: string;
  detail: Record<string, unknown>;
  ssoConnectorId: string;
  createdAt: number;
  updatedAt: number;
}

export type SsoProviderName = 'OIDC' | 'SAML' | 'AzureAD' | 'AzureAdOidc' | 'GoogleWorkspace' | 'Okta';

export interface SsoProvider {
  providerName: SsoProviderName;
  providerType: 'oidc' | 'saml';
  name: string;
  description: string;
  logo: string;
  logoDark: string;
}

/** Empty in a draft. A list leaves the secret out, and what this console does not know is kept as it came. */
export interface SsoConfig {
  clientId?: string;
  clientSecret?: string;
  clientAuthentication?: string;
  issuer?: string;
  scope?: string;
  trustUnverifiedEmail?: boolean;
  offlineAccess?: boolean;
  [key: string]: unknown;
}

/** What a provider says about itself at its metadata address. */
export interface SsoEndpoints {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  userinfoEndpoint?: string;
  jwksUri: string;
  endSessionEndpoint?: string;
}

export interface SsoConnector {
  id: string;
  providerName: SsoProviderName;
  connectorName: string;
  config: SsoConfig;
  domains: string[];
  branding: { displayName?: string; logo?: string; darkLogo?: string };
  syncProfile: boolean;
  enableTokenStorage: boolean;
  createdAt: number;
  /** Of the provider, in the language of the request. */
  name: string;
  providerType: 'oidc' | 'saml';
  providerLogo: string;
  providerLogoDark: string;
  /** Left out where the provider does not answer. */
  providerConfig?: SsoConfig & Partial<SsoEndpoints>;
}

export const identifiers = ['username', 'email', 'phone'] as const;
export type Identifier = (typeof identifiers)[number];

export interface SignInMethod {
  identifier: Identifier;
  password: boolean;
  verificationCode: boolean;
  isPasswordPrimary: boolean;
}

export type SignInMode = 'SignIn' | 'Register' | 'SignInAndRegister';

export interface SignInExperience {
  color: { primaryColor: string; isDarkModeEnabled: boolean; darkPrimaryColor: string };
  branding: { logoUrl?: string; darkLogoUrl?: string; favicon?: string; darkFavicon?: string };
  languageInfo: { autoDetect: boolean; fallbackLanguage: string };
  termsOfUseUrl: string | null;
  privacyPolicyUrl: string | null;
  signIn: { methods: SignInMethod[] };
  signUp: { identifiers: Identifier[]; password: boolean; verify: boolean };
  signInMode: SignInMode;
  singleSignOnEnabled: boolean;
  customCss: string | null;
}

export interface LogPayload {
  key: string;
  result: 'Success' | 'Error';
  error?: unknown;
  ip?: string;
  userAgent?: string;
  userId?: string;
  applicationId?: string;
  sessionId?: string;
  /** What was called, where it was the Management API. */
  path?: string;
  [key: string]: unknown;
}

export interface Log {
  id: string;
  key: string;
  payload: LogPayload;
  createdAt: number;
}
