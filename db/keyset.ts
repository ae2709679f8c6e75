import type { Knex } from 'knex';
import { Problem } from '../schemas/problem.ts';

/** A select being put together. */
// biome-ignore lint/suspicious/noExplicitAny: Knex leaves the row type open until the columns are named
export type Rows = Knex.QueryBuilder<any, any>;

export interface Keyset {
  /** The id column, which settles ties: `e.id`. */
  id: string;
  /** Columns before it, none of them nullable: `p.name_sort`. */
  order?: readonly string[];
  direction?: 'asc' | 'desc';
  /** Opaque id of the last row read. */
  cursor?: string | undefined;
  limit: number;
}

export interface KeysetPage<R> {
  rows: R[];
  next: string | null;
}

/**
 * The rows after the cursor, in order. The cursor holds an id only, for a sort key may be personal data; the key is
 * read again here. Each row must select the id column as `id`.
 */
export async function keysetPage<R extends { id: string }>(rows: Rows, keyset: Keyset): Promise<KeysetPage<R>> {
  const { id, order = [], direction = 'asc', cursor, limit } = keyset;
  const columns = [...order, id];
  const query = rows.clone();
  if (cursor !== undefined) {
    const key = await keyOf(rows, { columns, id, cursor });
    void query.whereRaw(
      `(${columns.join(', ')}) ${direction === 'asc' ? '>' : '<'} (${columns.map(() => '?').join(', ')})`,
      key,
    );
  }
  for (const column of columns) void query.orderBy(column, direction);
  const found: R[] = await query.limit(limit + 1);
  const page = found.slice(0, limit);
  return { rows: page, next: found.length > limit ? page.at(-1)!.id : null };
}

interface Looking {
  columns: readonly string[];
  id: string;
  cursor: string;
}

/** Whatever the filters are: the row may have left them since, and the list goes on from where it stood. */
async function keyOf(rows: Rows, { columns, id, cursor }: Looking): Promise<string[]> {
  const names = Object.fromEntries(columns.map((column, i) => [`k${i}`, column]));
  const row: Record<string, string> | undefined = await rows
    .clone()
    .clearSelect()
    .clearOrder()
    .clearWhere()
    .where(id, cursor)
    .first(names);
  if (!row) throw new Problem('bad_input', [{ pointer: '/cursor', code: 'cursor_gone' }]);
  return columns.map((_column, i) => row[`k${i}`]!);
}
