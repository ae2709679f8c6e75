import type { Detail } from './refuse.ts';

/** What the child is asked; the file itself follows on its standard input. */
export type Ask = { want: 'sheets' } | { want: 'import'; kind: string; components: readonly string[] };

/** What the child says, one JSON line each: a head, lists in pieces, and an end; or a refusal. */
export type Said =
  | { say: 'head'; head: unknown }
  | { say: 'items'; list: string; items: unknown[] }
  | { say: 'end' }
  | { say: 'refused'; code: string; detail: Detail };

/** An answer with its long lists apart, so that neither side ever holds one huge line. */
export interface Answer {
  head: unknown;
  lists: Record<string, unknown[]>;
}

export const PIECE = 500;
