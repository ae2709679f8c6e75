import type { Knex } from 'knex';
import { migrationOn } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Dialect } from './migrations/migration.ts';
import type { Database } from './open.ts';
import { connectSqlite } from './sqlite.ts';

export interface SchemaFault {
  code:
    | 'table_differs'
    | 'object_missing'
    | 'object_unknown'
    | 'trigger_disabled'
    | 'integrity_broken'
    | 'reference_broken';
  name: string;
}

interface SchemaObject {
  type: 'table' | 'index' | 'trigger';
  name: string;
  /** Only SQLite keeps the text a thing was made with. */
  sql: string | null;
}

/** The tables, indexes and triggers are those the migrations make, and the file is sound. Read-only; slow on large files. */
export async function checkSchema(db: Database): Promise<SchemaFault[]> {
  const wanted = await objectsMade();
  const found = db.dialect === 'sqlite' ? await sqliteObjects(db.reader) : await postgresObjects(db.reader);
  const faults = compare(wanted, found, db.dialect);
  return [...faults, ...(db.dialect === 'sqlite' ? await sqliteFaults(db.reader) : await postgresFaults(db.reader))];
}

/** What a database fresh from the migrations holds; names are the same on PostgreSQL. */
async function objectsMade(): Promise<SchemaObject[]> {
  const fresh = connectSqlite(':memory:', 'memory');
  try {
    await fresh.transaction(async (tx) => {
      for (const step of migrations) await step.up(migrationOn(tx, 'sqlite'));
    });
    return await sqliteObjects(fresh);
  } finally {
    await fresh.destroy();
  }
}

async function sqliteObjects(knex: Knex): Promise<SchemaObject[]> {
  // indexes without text are those of constraints: the table's text has them
  return knex('sqlite_schema')
    .whereNotNull('sql')
    .whereNot('name', 'like', 'sqlite_%')
    .whereNot('name', 'schema_migrations')
    .select<SchemaObject[]>('type', 'name', 'sql');
}

async function postgresObjects(knex: Knex): Promise<SchemaObject[]> {
  const here = 'current_schema()::regnamespace';
  const result = await knex.raw<{ rows: SchemaObject[] }>(`
    SELECT 'table' AS type, relname AS name, NULL AS sql FROM pg_class WHERE relnamespace = ${here} AND relkind = 'r' AND relname <> 'schema_migrations'
    UNION ALL
    SELECT 'index', c.relname, NULL FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
      WHERE c.relnamespace = ${here} AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u'))
    UNION ALL
    SELECT 'trigger', t.tgname, NULL FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = ${here} AND NOT t.tgisinternal AND t.tgname NOT LIKE '%\\_truncate'`);
  return result.rows;
}

function compare(wanted: readonly SchemaObject[], found: readonly SchemaObject[], dialect: Dialect): SchemaFault[] {
  const keyOf = ({ type, name }: SchemaObject): string => `${type} ${name}`;
  const have = new Map(found.map((object) => [keyOf(object), object]));
  const want = new Map(wanted.map((object) => [keyOf(object), object]));
  const faults: SchemaFault[] = [];
  for (const [name, object] of want) {
    const other = have.get(name);
    if (other === undefined) faults.push({ code: 'object_missing', name });
    else if (dialect === 'sqlite' && other.sql !== object.sql) faults.push({ code: 'table_differs', name });
  }
  for (const name of have.keys()) if (!want.has(name)) faults.push({ code: 'object_unknown', name });
  return faults;
}

async function sqliteFaults(reader: Knex): Promise<SchemaFault[]> {
  const integrity = await reader.raw<{ integrity_check: string }[]>('PRAGMA integrity_check(20)');
  const references = await reader.raw<{ table: string }[]>('PRAGMA foreign_key_check');
  return [
    ...integrity
      .filter((row) => row.integrity_check !== 'ok')
      .map((row): SchemaFault => ({ code: 'integrity_broken', name: row.integrity_check })),
    ...[...new Set(references.map((row) => row.table))].map(
      (name): SchemaFault => ({ code: 'reference_broken', name }),
    ),
  ];
}

async function postgresFaults(reader: Knex): Promise<SchemaFault[]> {
  const disabled = await reader.raw<{ rows: { name: string }[] }>(`
    SELECT t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND t.tgenabled <> 'O'`);
  return disabled.rows.map(({ name }) => ({ code: 'trigger_disabled', name }));
}
