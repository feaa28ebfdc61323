import type { en } from './en';
import type { sso } from './en/sso';

/** The same keys in every language; the compiler holds the other two to English. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
/** All words; those of rooms that come later are files of their own. */
export type English = typeof en & { sso: typeof sso };
export type Words = Same<English>;
export type FirstWords = Omit<Words, 'sso'>;
