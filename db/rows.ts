import type { Tx } from './tx.ts';

/** Well below PostgreSQL's 65,535. */
const MOST_BINDINGS = 16_000;
/** So many rows are made ready at a time. */
const MOST_ROWS = 5000;

type Value = string | number | null | undefined;
type Rows = readonly Readonly<Record<string, Value>>[];

/** Many rows of one table in few statements. All rows have the first row's columns; undefined is null. */
export async function insertRows(tx: Tx, table: string, rows: Rows): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const insert = tx.client.dialect === 'sqlite3' ? insertText : insertValues;
  for (const page of pagesOf(rows, MOST_ROWS)) {
    const values = page.map((row) => columns.map((column) => row[column] ?? null));
    await insert(tx, `INSERT INTO ${table} (${columns.join(',')})`, values);
  }
}

type Values = (string | number | null)[][];

async function insertValues(tx: Tx, head: string, rows: Values): Promise<void> {
  const width = rows[0]?.length ?? 1;
  const one = `(${Array.from({ length: width }, () => '?').join(',')})`;
  for (const page of pagesOf(rows, Math.max(1, Math.floor(MOST_BINDINGS / width))))
    await tx.raw(`${head} VALUES ${page.map(() => one).join(',')}`, page.flat());
}

/** SQLite's driver takes longer over each value it binds than SQLite over reading them all from one text. */
async function insertText(tx: Tx, head: string, rows: Values): Promise<void> {
  const text = JSON.stringify(rows);
  if (UNSAFE.test(text)) return insertValues(tx, head, rows);
  const columns = rows[0]?.map((_, at) => `value ->> ${at}`).join(',');
  await tx.raw(`${head} SELECT ${columns} FROM json_each(?)`, [text]);
}

/** What SQLite's JSON would change: a text is cut at a NUL, half a character is kept as it is. */
const UNSAFE = /\\u(0000|d[89a-f])/;

export function pagesOf<T>(items: readonly T[], size: number): T[][] {
  const pages: T[][] = [];
  for (let from = 0; from < items.length; from += size) pages.push(items.slice(from, from + size));
  return pages;
}
