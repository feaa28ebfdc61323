import type { en } from './en';

/** The same keys in every language; the compiler holds the other two to English. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
export type Words = Same<typeof en>;
