import type { en } from './en';
import type { Later } from './later';

/** The same keys in every language; the compiler holds the other two to English. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
/** All words, those that come later included. */
export type English = typeof en & Later;
export type Words = Same<English>;
export type FirstWords = Omit<Words, keyof Later>;
