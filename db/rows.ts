import type { Tx } from './tx.ts';

/** Well below SQLite's 32,766 and PostgreSQL's 65,535. */
const MOST_BINDINGS = 16_000;

type Value = string | number | null | undefined;

/** Many rows of one table in few statements. All rows have the first row's columns; undefined is null. */
export async function insertRows(
  tx: Tx,
  table: string,
  rows: readonly Readonly<Record<string, Value>>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const one = `(${columns.map(() => '?').join(',')})`;
  const head = `INSERT INTO ${table} (${columns.join(',')}) VALUES `;
  for (const page of pagesOf(rows, Math.max(1, Math.floor(MOST_BINDINGS / Math.max(1, columns.length))))) {
    const values = page.flatMap((row) => columns.map((column) => row[column] ?? null));
    await tx.raw(head + page.map(() => one).join(','), values);
  }
}

export function pagesOf<T>(items: readonly T[], size: number): T[][] {
  const pages: T[][] = [];
  for (let from = 0; from < items.length; from += size) pages.push(items.slice(from, from + size));
  return pages;
}
