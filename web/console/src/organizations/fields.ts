import type { Organization, SignInExperience } from '../api/types';
import { encodePreview } from '../experience/fields';
import { jsonObject, jsonText } from '../ui/json';

export interface Fields {
  name: string;
  description: string;
  isMfaRequired: boolean;
  customData: string;
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

const images = ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const;

export function fieldsOf(saved: Organization): Fields {
  const { color, branding } = saved;
  return {
    name: saved.name,
    description: saved.description ?? '',
    isMfaRequired: saved.isMfaRequired,
    customData: jsonText(saved.customData),
    ownColors: color.primaryColor !== undefined || color.darkPrimaryColor !== undefined,
    primaryColor: color.primaryColor ?? '',
    darkPrimaryColor: color.darkPrimaryColor ?? '',
    logoUrl: branding.logoUrl ?? '',
    darkLogoUrl: branding.darkLogoUrl ?? '',
    favicon: branding.favicon ?? '',
    darkFavicon: branding.darkFavicon ?? '',
    customCss: saved.customCss ?? '',
  };
}

export type OrganizationPatch = Partial<Pick<Organization, 'name' | 'description' | 'isMfaRequired' | 'customData' | 'color' | 'branding' | 'customCss'>>;

function colorOf(fields: Fields, saved: Organization): Organization['color'] {
  const { primaryColor: _light, darkPrimaryColor: _dark, ...others } = saved.color;
  return fields.ownColors ? { ...others, primaryColor: fields.primaryColor, darkPrimaryColor: fields.darkPrimaryColor } : {};
}

function brandingOf(fields: Fields): Organization['branding'] {
  return Object.fromEntries(images.map((key) => [key, fields[key].trim()]).filter(([, value]) => value));
}

/** Only what differs: a save shall not undo what another administrator has changed elsewhere. */
export function patchOf(fields: Fields, saved: Organization): OrganizationPatch {
  const began = fieldsOf(saved);
  const differs = (...names: (keyof Fields)[]) => names.some((name) => fields[name] !== began[name]);
  return {
    ...(differs('name') ? { name: fields.name.trim() } : {}),
    ...(differs('description') ? { description: fields.description.trim() || null } : {}),
    ...(differs('isMfaRequired') ? { isMfaRequired: fields.isMfaRequired } : {}),
    ...(differs('customData') ? { customData: jsonObject(fields.customData) ?? {} } : {}),
    ...(differs('ownColors') || (fields.ownColors && differs('primaryColor', 'darkPrimaryColor')) ? { color: colorOf(fields, saved) } : {}),
    ...(differs(...images) ? { branding: brandingOf(fields) } : {}),
    ...(differs('customCss') ? { customCss: fields.customCss.trim() ? fields.customCss : null } : {}),
  };
}

/** `color.primaryColor` of an answer is the field `primaryColor` here. */
export const fieldOf = (path: string) => {
  const [first, second] = path.split('.');
  return (first === 'color' || first === 'branding') && second ? second : (first ?? path);
};

/** Which tab holds a field. */
export function tabOf(field: string | undefined): 'settings' | 'branding' {
  return ['name', 'description', 'isMfaRequired', 'customData'].includes(field ?? '') ? 'settings' : 'branding';
}

/**
 * The sign-in pages as the organization dresses the tenant's, for the preview. Two colours, two logos and two icons belong
 * together: with one of the organization's own, the other is not the tenant's.
 */
export function previewOf(fields: Fields, tenant: SignInExperience): string {
  const pair = (light: 'logoUrl' | 'favicon', dark: 'darkLogoUrl' | 'darkFavicon') => {
    const [one, other] = [fields[light].trim(), fields[dark].trim()];
    return one || other ? { [light]: one || other, [dark]: other || one } : {};
  };
  return encodePreview({
    color: fields.ownColors ? { ...tenant.color, primaryColor: fields.primaryColor, darkPrimaryColor: fields.darkPrimaryColor } : tenant.color,
    branding: { ...tenant.branding, ...pair('logoUrl', 'darkLogoUrl'), ...pair('favicon', 'darkFavicon') },
    customCss: fields.customCss.trim() ? fields.customCss : tenant.customCss,
  });
}
