import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { LaterRoom } from './later';
import type { English, FirstWords } from './words';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: English };
  }
}

export const languages = { en: 'English', ja: '日本語', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languages;

const key = 'ostiary-console-language';

const load: Record<Language, () => Promise<FirstWords>> = {
  en: async () => (await import('./en')).en,
  ja: async () => (await import('./ja')).ja,
  'zh-CN': async () => (await import('./zh-CN')).zhCN,
};

/** Words that come with their room, because the first page does not need them. */
const rooms = import.meta.glob<Record<string, object>>('./*/later/*.ts');
const brought = new Set<LaterRoom>();

async function bring(language: Language, room: LaterRoom): Promise<void> {
  const words = await rooms[`./${language}/later/${room}.ts`]!();
  i18next.addResourceBundle(language, 'words', { [room]: words[room] }, true);
}

/** To be awaited before the room is shown. */
export async function bringWords(room: LaterRoom): Promise<void> {
  if (brought.has(room)) return;
  await startWords();
  await bring(i18next.language as Language, room);
  brought.add(room);
}

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

/** The router opens its first page while the words are still on their way; asked again, it is the same start. */
let started: Promise<void> | undefined;

export function startWords(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
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
  await Promise.all([...brought].map((room) => bring(language, room)));
  localStorage.setItem(key, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
