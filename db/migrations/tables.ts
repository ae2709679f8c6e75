import type { Migration } from './migration.ts';

/** A STRICT table of the shared SQL (see sql.ts). */
export async function createTable(m: Migration, name: string, columns: string): Promise<void> {
  await m.run(`CREATE TABLE ${name} (${columns}) STRICT;\n`);
}

/** `target` is `table (columns)`. */
export async function createIndex(m: Migration, name: string, target: string): Promise<void> {
  await m.run(`CREATE INDEX ${name} ON ${target};\n`);
}

/** `target` is `table (columns or expressions)`, with `WHERE …` for a partial one. */
export async function createUnique(m: Migration, name: string, target: string): Promise<void> {
  await m.run(`CREATE UNIQUE INDEX ${name} ON ${target};\n`);
}
