import type { Dialect, Migration } from './migration.ts';

/*
 * Migrations are written once, as SQLite SQL with STRICT tables; here it becomes PostgreSQL where the two differ.
 *
 *   id IDENTITY                 a row number given by the database (primary key)
 *   col INTEGER / col TEXT      64-bit integer / text compared by code point, on both
 *   is_instant(col)             2026-09-01T00:00:00.000Z
 *   is_date(col)                a real date, 2026-09-01
 *   is_bool(col)                0 or 1
 *   is_id(col, 'enr')           an opaque id with that prefix
 *   is_hash(col)                sha256:… (64 hexadecimal digits)
 *   is_json(col)                JSON text
 *   ) STRICT; / WITHOUT ROWID   dropped on PostgreSQL
 *
 * Each statement ends with `;` at the end of a line. PostgreSQL wants a referenced table to exist before the reference.
 */

const DIGIT = '[0-9]';
const GLOB_DATE = `${DIGIT.repeat(4)}-${DIGIT.repeat(2)}-${DIGIT.repeat(2)}`;
const GLOB_INSTANT = `${GLOB_DATE}T${DIGIT.repeat(2)}:${DIGIT.repeat(2)}:${DIGIT.repeat(2)}.${DIGIT.repeat(3)}Z`;
const ID_LETTER = '[0-9a-hjkmnp-tv-z]';

type Check = (column: string, argument: string) => string;

const sqliteChecks: Record<string, Check> = {
  is_instant: (c) => `(${c} GLOB '${GLOB_INSTANT}')`,
  is_date: (c) => `(${c} GLOB '${GLOB_DATE}' AND date(${c}) IS ${c})`,
  is_bool: (c) => `(${c} IN (0, 1))`,
  is_id: (c, prefix) => `(${c} GLOB '${prefix}_${ID_LETTER.repeat(26)}')`,
  is_hash: (c) => `(${c} GLOB 'sha256:${'[0-9a-f]'.repeat(64)}')`,
  is_json: (c) => `(json_valid(${c}))`,
};

const postgresChecks: Record<string, Check> = {
  is_instant: (c) => `(${c} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$')`,
  is_date: (c) => `(${c} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND ${realDate(c)})`,
  is_bool: (c) => `(${c} IN (0, 1))`,
  is_id: (c, prefix) => `(${c} ~ '^${prefix}_${ID_LETTER}{26}$')`,
  is_hash: (c) => `(${c} ~ '^sha256:[0-9a-f]{64}$')`,
  is_json: (c) => `(${c} IS JSON)`,
};

/** The day must exist in its month; casting would raise another error than the check's. */
function realDate(c: string): string {
  const [year, month, day] = [`substr(${c}, 1, 4)::int`, `substr(${c}, 6, 2)::int`, `substr(${c}, 9, 2)::int`];
  const leap = `(${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0))`;
  const last = `CASE ${month} WHEN 2 THEN CASE WHEN ${leap} THEN 29 ELSE 28 END WHEN 4 THEN 30 WHEN 6 THEN 30 WHEN 9 THEN 30 WHEN 11 THEN 30 ELSE 31 END`;
  return `(${month} BETWEEN 1 AND 12 AND ${day} BETWEEN 1 AND (${last}))`;
}

const CHECK_CALL = /\b(is_instant|is_date|is_bool|is_id|is_hash|is_json)\(([a-z_0-9.]+)(?:, *'([a-z]+)')?\)/g;

/** The statements of a migration text in one dialect. */
export function statementsOf(text: string, dialect: Dialect): string[] {
  const checks = dialect === 'sqlite' ? sqliteChecks : postgresChecks;
  const expanded = text.replace(CHECK_CALL, (_all, name: string, column: string, argument?: string) =>
    checks[name]!(column, argument ?? ''),
  );
  return expanded
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => translate(statement.trim(), dialect))
    .filter((statement) => statement !== '');
}

function translate(statement: string, dialect: Dialect): string {
  if (dialect === 'sqlite') return statement.replace(/\bIDENTITY\b/g, 'INTEGER PRIMARY KEY AUTOINCREMENT');
  return statement
    .replace(/\)\s*(STRICT|WITHOUT ROWID)(\s*,\s*(STRICT|WITHOUT ROWID))?$/, ')')
    .replace(/\bINTEGER\b/g, 'BIGINT')
    .replace(/\bBLOB\b/g, 'BYTEA')
    .replace(/((?:^|[,(]|\bADD COLUMN)\s*[a-z_][a-z_0-9]*\s+)TEXT\b/gm, '$1TEXT COLLATE "C"')
    .replace(/\bIDENTITY\b/g, 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY');
}

interface Guarded {
  /** Name of the guard, when a table has several. */
  name?: string;
  /** Only rows for which this holds, such as `OLD.frozen_at IS NOT NULL`. */
  when?: string;
}

/** Rows are only ever added: UPDATE, DELETE and, on PostgreSQL, TRUNCATE abort with `append_only`. */
export async function appendOnly(
  m: Migration,
  table: string,
  { name = 'append_only', when }: Guarded = {},
): Promise<void> {
  const guard = { m, table, when };
  await refuseChange(guard, { trigger: `${table}_${name}_update`, event: 'UPDATE' });
  await refuseChange(guard, { trigger: `${table}_${name}_delete`, event: 'DELETE' });
  if (m.dialect === 'sqlite') return;
  await m.statement(
    `CREATE TRIGGER ${table}_${name}_truncate BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  );
}

/** These columns never change once written; the row's other columns may. The row itself is never deleted. */
export async function immutableColumns(m: Migration, table: string, columns: readonly string[]): Promise<void> {
  const guard = { m, table, when: undefined };
  await refuseChange(guard, { trigger: `${table}_fixed_update`, event: `UPDATE OF ${columns.join(', ')}` });
  await refuseChange(guard, { trigger: `${table}_fixed_delete`, event: 'DELETE' });
}

interface Guard {
  m: Migration;
  table: string;
  when: string | undefined;
}

async function refuseChange(
  { m, table, when }: Guard,
  { trigger, event }: { trigger: string; event: string },
): Promise<void> {
  const condition = when === undefined ? '' : ` WHEN (${when})`;
  const body =
    m.dialect === 'sqlite'
      ? `${condition} BEGIN SELECT RAISE(ABORT, 'append_only'); END`
      : ` FOR EACH ROW${condition} EXECUTE FUNCTION refuse_change()`;
  await m.statement(`CREATE TRIGGER ${trigger} BEFORE ${event} ON ${table}${body}`);
}
