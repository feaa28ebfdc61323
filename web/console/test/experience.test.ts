import { expect, test } from 'vitest';
import type { SignInExperience } from '../src/api/types';
import { contrast, forDarkMode, isHexColor } from '../src/experience/colors';
import { fieldsOf, ownPagesOf, patchOf, previewOf } from '../src/experience/fields';

const saved: SignInExperience = {
  color: { primaryColor: '#6139F6', isDarkModeEnabled: false, darkPrimaryColor: '#8768F8' },
  branding: { logoUrl: 'https://example.com/logo.svg', darkFavicon: 'https://example.com/dark.ico' },
  languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
  termsOfUseUrl: null,
  privacyPolicyUrl: null,
  signIn: { methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }] },
  signUp: { identifiers: ['username'], password: true, verify: false },
  signInMode: 'SignInAndRegister',
  singleSignOnEnabled: false,
  customCss: null,
  customUiAssets: null,
  customUiCsp: {},
};

const decode = (text: string) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0)))) as Record<string, never>;

test('saving what was not touched changes nothing', () => {
  const { color, branding, signIn, signUp, signInMode, customCss } = patchOf(fieldsOf(saved), saved);
  expect({ color, branding, signIn, signUp, signInMode, customCss }).toEqual({
    color: saved.color, branding: saved.branding, signIn: saved.signIn, signUp: saved.signUp, signInMode: saved.signInMode, customCss: null,
  });
});

test('closing the registration leaves sign-in only; opening it keeps a mode of registration only', () => {
  expect(patchOf({ ...fieldsOf(saved), registration: false }, saved).signInMode).toBe('SignIn');
  const first = { ...saved, signInMode: 'Register' as const };
  expect(patchOf(fieldsOf(first), first).signInMode).toBe('Register');
});

test('e-mail as identifier asks for verification', () => {
  expect(patchOf({ ...fieldsOf(saved), signUpIdentifier: 'email' }, saved).signUp).toEqual({ identifiers: ['email'], password: true, verify: true });
});

test('an emptied logo is removed, what the form does not show stays', () => {
  expect(patchOf({ ...fieldsOf(saved), logoUrl: ' ' }, saved).branding).toEqual({ darkFavicon: 'https://example.com/dark.ico' });
});

test('the preview carries unsaved settings, and leaves the CSS out when it grows too long', () => {
  const fields = { ...fieldsOf(saved), primaryColor: '#0F766E', customCss: 'p::after { content: "é—🚪" }' };
  expect(decode(previewOf(fields, saved))).toMatchObject({ color: { primaryColor: '#0F766E' }, customCss: fields.customCss });
  const long = previewOf({ ...fields, customCss: 'p { color: red }'.repeat(2000) }, saved);
  expect(long.length).toBeLessThanOrEqual(6000);
  expect(decode(long)).not.toHaveProperty('customCss');
});

test.each(['#0F766E', '#6139F6', '#000', '#FFFFFF'])('%s made for dark mode can be read there', (color) => {
  const dark = forDarkMode(color);
  expect(isHexColor(dark)).toBe(true);
  expect(contrast(dark, '#111827')).toBeGreaterThanOrEqual(4.5);
});

test('own pages are sent only when they change, and their policy keeps what the form does not show', () => {
  const used = { ...saved, customUiAssets: { id: 'old', createdAt: 1 }, customUiCsp: { scriptSrc: ['https://cdn.example.com'], later: ['x'] } } as SignInExperience;
  expect(ownPagesOf(fieldsOf(used), used)).toEqual({ customUiCsp: used.customUiCsp });
  const next = { id: 'new', createdAt: 2 };
  expect(ownPagesOf({ ...fieldsOf(used), customUiAssets: next, scriptSrc: [' '] }, used)).toEqual({ customUiAssets: next, customUiCsp: { later: ['x'] } });
  expect(ownPagesOf({ ...fieldsOf(used), customUiAssets: null }, used).customUiAssets).toBeNull();
});
