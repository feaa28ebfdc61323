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
  frontchannelLogoutUri?: string;
  frontchannelLogoutSessionRequired?: boolean;
  initiateLoginUri?: string;
  tokenEndpointAuthMethod?: 'client_secret_basic' | 'client_secret_post' | 'client_secret_jwt' | 'private_key_jwt' | 'none';
  jwks?: { keys: Record<string, unknown>[] };
  jwksUri?: string;
  responseTypes?: ('code' | 'code id_token' | 'id_token' | 'none')[];
  requirePushedAuthorizationRequests?: boolean;
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
  dpop?: 'off' | 'optional' | 'required';
  securityProfile?: 'fapi2';
  standardClaims?: boolean;
  idTokenSignedResponseAlg?: string;
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
  /** Who brought it; absent where the tenant has made it. */
  source?: 'Registered' | 'Document';
  appLevelAccessControlEnabled: boolean;
  createdAt: number;
  /** Of the version that was read, where one application was asked for. */
  tag?: string | null;
}

/** A permission, of an API or of organizations. */
export interface Scope {
  id: string;
  name: string;
  description: string | null;
}

export interface ScopesOfResource {
  resource: { id: string; name: string; indicator: string };
  scopes: Scope[];
}

/** What a third-party application may ask users for. */
export interface ConsentScopes {
  userScopes: string[];
  resourceScopes: ScopesOfResource[];
  organizationResourceScopes: ScopesOfResource[];
  organizationScopes: Scope[];
}

/** Who may use an application; one that fits is enough. */
export interface AccessRules {
  userIds: string[];
  userRoleIds: string[];
  organizationIds: string[];
  organizationRoleRules: { organizationId: string; organizationRoleIds: string[] }[];
}

/** How an application shows itself on the sign-in pages. */
export interface ApplicationLook {
  color: Organization['color'];
  branding: Branding;
  customCss: string | null;
  termsOfUseUrl: string | null;
  privacyPolicyUrl: string | null;
  displayName: string | null;
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
  /** Accounts at social providers, by their target. */
  identities?: Record<string, { userId: string; details?: Record<string, unknown> }>;
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

export interface Branding {
  logoUrl?: string;
  darkLogoUrl?: string;
  favicon?: string;
  darkFavicon?: string;
}

/** A part of a user's name and face, as lists of organizations show it. */
export type FeaturedUser = Pick<User, 'id' | 'avatar' | 'name'>;

export interface Organization {
  id: string;
  name: string;
  description: string | null;
  customData: Record<string, unknown>;
  isMfaRequired: boolean;
  /** What is left out is the tenant's. */
  color: { primaryColor?: string; isDarkModeEnabled?: boolean; darkPrimaryColor?: string };
  branding: Branding;
  customCss: string | null;
  createdAt: number;
  /** Only where it was asked for. */
  usersCount?: number;
  featuredUsers?: FeaturedUser[];
}

/** Its name and id alone, as members and invitations carry it. */
export interface RoleName {
  id: string;
  name: string;
}

export type Member = User & { organizationRoles: RoleName[] };
export type MachineMember = Application & { organizationRoles: RoleName[] };

export const invitationStatuses = ['Pending', 'Accepted', 'Expired', 'Revoked'] as const;
export type InvitationStatus = (typeof invitationStatuses)[number];

export interface Invitation {
  id: string;
  inviterId: string | null;
  invitee: string;
  acceptedUserId: string | null;
  organizationId: string;
  status: InvitationStatus;
  createdAt: number;
  updatedAt: number;
  expiresAt: number;
  organizationRoles: RoleName[];
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
  /** Pages of the tenant's own in the place of ours. */
  customUiAssets: CustomUiAssets | null;
  customUiCsp: { scriptSrc?: string[]; connectSrc?: string[] };
}

export interface CustomUiAssets {
  id: string;
  createdAt: number;
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
