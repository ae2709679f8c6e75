import { pagesOf } from './rows.ts';
import type { Tx } from './tx.ts';

interface Asked {
  table: string;
  /** The column rows are gathered by, and the keys wanted. */
  by: string;
  keys: readonly string[];
  columns: readonly string[];
}

const PAGE = 900;
const lists: Readonly<Record<string, (columns: string) => string>> = {
  sqlite3: (columns) => `json_group_array(json_array(${columns}))`,
  postgresql: (columns) => `json_agg(json_build_array(${columns}))::text`,
};

/**
 * Many small rows of each key, gathered by the database into one: handing a row over costs more than what is in it. Values come in the
 * order of the columns, rows in none.
 */
export async function groupedRows<V extends readonly unknown[]>(
  tx: Tx,
  { table, by, keys, columns }: Asked,
): Promise<Map<string, V[]>> {
  const { dialect } = tx.client as { dialect: string };
  const list = tx.raw(`${lists[dialect]!(columns.join(', '))} AS list`);
  const found = new Map<string, V[]>();
  for (const page of pagesOf(keys, PAGE)) {
    const rows: { id: string; list: string }[] = await tx(table).whereIn(by, page).groupBy(by).select({ id: by }, list);
    for (const { id, list: text } of rows) found.set(id, JSON.parse(text) as V[]);
  }
  return found;
}
