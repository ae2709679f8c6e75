import type { Knex } from 'knex';
import { StartupFault } from './faults.ts';
import { beat } from './heartbeat.ts';
import { migrations as shipped } from './migrations/index.ts';
import type { Dialect, Migration, MigrationStep } from './migrations/migration.ts';
import { statementsOf } from './migrations/sql.ts';
import type { Database } from './open.ts';

/** One at a time over all processes on PostgreSQL; SQLite's IMMEDIATE does the same. */
const LOCK = 7_133_001;

/** Brings the database to this version. Returns the names of the steps that ran; a newer database is refused. */
export async function migrate(db: Database, steps: readonly MigrationStep[] = shipped): Promise<string[]> {
  const done: string[] = [];
  for (;;) {
    const name = await db.writer.transaction((tx) => nextStep(db, tx, steps));
    if (name === null) break;
    done.push(name);
  }
  await beat(db, 'migrate');
  return done;
}

/** Refuses to work on a database that is behind or ahead of this version. */
export async function demandMigrated(db: Database, steps: readonly MigrationStep[] = shipped): Promise<void> {
  if (!(await db.reader.schema.hasTable('schema_migrations'))) throw new StartupFault('schema_behind');
  const have = await ranBefore(db.reader);
  refuseNewer(have, steps);
  if (have.length < steps.length) throw new StartupFault('schema_behind');
}

async function nextStep(db: Database, tx: Knex.Transaction, steps: readonly MigrationStep[]): Promise<string | null> {
  const { dialect, clock } = db;
  if (dialect === 'postgres') await tx.raw('SELECT pg_advisory_xact_lock(?)', [LOCK]);
  await tx.raw('CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, ran_at TEXT NOT NULL)');
  const have = await ranBefore(tx);
  refuseNewer(have, steps);
  const step = steps[have.length];
  if (step === undefined) return null;
  await step.up(migrationOn(tx, dialect));
  await tx('schema_migrations').insert({ name: step.name, ran_at: clock.now() });
  if (dialect === 'sqlite') await tx.raw(`PRAGMA user_version=${have.length + 1}`);
  return step.name;
}

async function ranBefore(knex: Knex): Promise<string[]> {
  return await knex('schema_migrations').orderBy('name').pluck<string[]>('name');
}

/** What ran must be the beginning of what this version knows. */
function refuseNewer(have: readonly string[], steps: readonly MigrationStep[]): void {
  have.forEach((name, i) => {
    if (steps[i]?.name !== name) throw new StartupFault('data_newer_than_code', name);
  });
}

export function migrationOn(tx: Knex.Transaction, dialect: Dialect): Migration {
  const statement = async (sql: string): Promise<void> => {
    await tx.raw(sql);
  };
  return {
    dialect,
    statement,
    async run(sql) {
      for (const one of statementsOf(sql, dialect)) await statement(one);
    },
  };
}
