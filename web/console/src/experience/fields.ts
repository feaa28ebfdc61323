import type { CustomUiAssets, Identifier, SignInExperience, SignInMethod, SignInMode } from '../api/types';
import { filled } from '../ui/uris';

export interface Fields {
  primaryColor: string;
  isDarkModeEnabled: boolean;
  darkPrimaryColor: string;
  logoUrl: string;
  darkLogoUrl: string;
  favicon: string;
  customCss: string;
  registration: boolean;
  /** Identifiers joined by a comma, as the choice offers them. */
  signUpIdentifier: string;
  methods: SignInMethod[];
  singleSignOnEnabled: boolean;
  autoDetect: boolean;
  fallbackLanguage: string;
  termsOfUseUrl: string;
  privacyPolicyUrl: string;
  customUiAssets: CustomUiAssets | null;
  scriptSrc: string[];
  connectSrc: string[];
}

export const signUpChoices = ['username', 'email', 'phone', 'email,phone', ''] as const;

export function fieldsOf(saved: SignInExperience): Fields {
  const { color, branding, signUp, signIn, languageInfo } = saved;
  return {
    primaryColor: color.primaryColor,
    isDarkModeEnabled: color.isDarkModeEnabled,
    darkPrimaryColor: color.darkPrimaryColor,
    logoUrl: branding.logoUrl ?? '',
    darkLogoUrl: branding.darkLogoUrl ?? '',
    favicon: branding.favicon ?? '',
    customCss: saved.customCss ?? '',
    registration: saved.signInMode !== 'SignIn',
    signUpIdentifier: [...signUp.identifiers].sort().join(','),
    methods: signIn.methods,
    singleSignOnEnabled: saved.singleSignOnEnabled,
    autoDetect: languageInfo.autoDetect,
    fallbackLanguage: languageInfo.fallbackLanguage,
    termsOfUseUrl: saved.termsOfUseUrl ?? '',
    privacyPolicyUrl: saved.privacyPolicyUrl ?? '',
    customUiAssets: saved.customUiAssets ?? null,
    scriptSrc: saved.customUiCsp?.scriptSrc ?? [],
    connectSrc: saved.customUiCsp?.connectSrc ?? [],
  };
}

/** The parts that are replaced as a whole carry along what the form does not show. */
export function patchOf(fields: Fields, saved: SignInExperience) {
  const { logoUrl: _logo, darkLogoUrl: _dark, favicon: _icon, ...branding } = saved.branding;
  const identifiers = fields.signUpIdentifier.split(',').filter(Boolean) as Identifier[];
  const byCode = identifiers.some((identifier) => identifier !== 'username');
  const unchanged = fields.signUpIdentifier === fieldsOf(saved).signUpIdentifier;
  const mode: SignInMode = saved.signInMode === 'Register' ? 'Register' : 'SignInAndRegister';
  const url = (key: string, value: string) => (value.trim() ? { [key]: value.trim() } : {});
  return {
    color: {
      ...saved.color,
      primaryColor: fields.primaryColor,
      isDarkModeEnabled: fields.isDarkModeEnabled,
      darkPrimaryColor: fields.darkPrimaryColor,
    },
    branding: { ...branding, ...url('logoUrl', fields.logoUrl), ...url('darkLogoUrl', fields.darkLogoUrl), ...url('favicon', fields.favicon) },
    customCss: fields.customCss.trim() ? fields.customCss : null,
    signInMode: fields.registration ? mode : ('SignIn' as SignInMode),
    signUp: unchanged ? saved.signUp : { ...saved.signUp, identifiers, password: identifiers.length > 0, verify: byCode },
    signIn: { ...saved.signIn, methods: fields.methods },
    singleSignOnEnabled: fields.singleSignOnEnabled,
    languageInfo: { ...saved.languageInfo, autoDetect: fields.autoDetect, fallbackLanguage: fields.fallbackLanguage },
    termsOfUseUrl: fields.termsOfUseUrl.trim() || null,
    privacyPolicyUrl: fields.privacyPolicyUrl.trim() || null,
  };
}

/** Own pages, apart from what the preview of ours is made of. */
export function ownPagesOf({ customUiAssets, scriptSrc, connectSrc }: Fields, saved: SignInExperience) {
  const { scriptSrc: _script, connectSrc: _connect, ...rest } = saved.customUiCsp ?? {};
  const list = (key: string, sources: string[]) => (filled(sources).length > 0 ? { [key]: filled(sources) } : {});
  return {
    // An upload that is in use may not be asked for again once it is replaced.
    ...(customUiAssets?.id === saved.customUiAssets?.id ? {} : { customUiAssets }),
    customUiCsp: { ...rest, ...list('scriptSrc', scriptSrc), ...list('connectSrc', connectSrc) },
  };
}

/** Which field an error of the server is about; a rule about sign-up or sign-in is told where it is set. */
export function fieldOf(path: string): string {
  const [first, second] = path.split('.');
  if (first === 'customUiAssets') return first;
  if (first === 'signUp') return 'signUpIdentifier';
  if (first === 'signIn') return 'methods';
  return second ?? path;
}

/** Longer than this, an address is refused somewhere on its way. */
const longestPreview = 6000;

export function previewOf(fields: Fields, saved: SignInExperience): string {
  return encodePreview(patchOf(fields, saved));
}

/** Unsaved settings for the preview, in the address of the page: base64url of their JSON. */
export function encodePreview({ customCss, ...rest }: Partial<SignInExperience>): string {
  const whole = encode({ ...rest, customCss });
  return whole.length <= longestPreview ? whole : encode(rest);
}

function encode(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
