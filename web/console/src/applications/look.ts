import type { ApplicationLook } from '../api/types';

export interface Fields {
  displayName: string;
  termsOfUseUrl: string;
  privacyPolicyUrl: string;
  /** Off: the colours of the tenant. */
  ownColors: boolean;
  primaryColor: string;
  darkPrimaryColor: string;
  logoUrl: string;
  darkLogoUrl: string;
  favicon: string;
  darkFavicon: string;
  customCss: string;
}

export const images = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;

export function fieldsOf({ color, branding, ...look }: ApplicationLook): Fields {
  return {
    displayName: look.displayName ?? '',
    termsOfUseUrl: look.termsOfUseUrl ?? '',
    privacyPolicyUrl: look.privacyPolicyUrl ?? '',
    ownColors: color.primaryColor !== undefined || color.darkPrimaryColor !== undefined,
    primaryColor: color.primaryColor ?? '',
    darkPrimaryColor: color.darkPrimaryColor ?? '',
    logoUrl: branding.logoUrl ?? '',
    darkLogoUrl: branding.darkLogoUrl ?? '',
    favicon: branding.favicon ?? '',
    darkFavicon: branding.darkFavicon ?? '',
    customCss: look.customCss ?? '',
  };
}

const orNull = (text: string) => text.trim() || null;

/** All of it: the two addresses have to be sent each time, and the version that was read guards the rest. */
export function lookOf(fields: Fields): ApplicationLook {
  return {
    displayName: orNull(fields.displayName),
    termsOfUseUrl: orNull(fields.termsOfUseUrl),
    privacyPolicyUrl: orNull(fields.privacyPolicyUrl),
    color: fields.ownColors ? { primaryColor: fields.primaryColor, darkPrimaryColor: fields.darkPrimaryColor } : {},
    branding: Object.fromEntries(images.map((name) => [name, fields[name].trim()]).filter(([, value]) => value)),
    customCss: fields.customCss.trim() ? fields.customCss : null,
  };
}

/** `branding.logoUrl` of an answer is the field `logoUrl` here. */
export const fieldOf = (path: string) => {
  const [first, second] = path.split('.');
  return (first === 'color' || first === 'branding') && second ? second : (first ?? path);
};
