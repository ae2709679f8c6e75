/** The same keys with any text: what the English side must fill in completely. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
