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
