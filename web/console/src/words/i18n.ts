import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en';
import type { Words } from './words';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: typeof en };
  }
}

export const languages = { en: 'English', ja: '日本語', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languages;

const key = 'ostiary-console-language';

const load: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./en')).en,
  ja: async () => (await import('./ja')).ja,
  'zh-CN': async () => (await import('./zh-CN')).zhCN,
};

/** The first language of the browser that the console speaks; what was chosen by hand comes first. */
export function preferred(chosen: string | null, browser: readonly string[]): Language {
  for (const tag of chosen ? [chosen, ...browser] : browser) {
    const base = tag.toLowerCase();
    if (base.startsWith('en')) return 'en';
    if (base.startsWith('ja')) return 'ja';
    if (base.startsWith('zh')) return 'zh-CN';
  }
  return 'en';
}

export async function startWords(): Promise<void> {
  const language = preferred(localStorage.getItem(key), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'words',
    ns: ['words'],
    resources: { [language]: { words: await load[language]() } },
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'words')) {
    i18next.addResourceBundle(language, 'words', await load[language]());
  }
  localStorage.setItem(key, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
