import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Clock } from '../schemas/time.ts';
import { isFatal } from './faults.ts';
import { beat } from './heartbeat.ts';
import type { Keyring } from './keys.ts';
import type { Dialect } from './migrations/migration.ts';
import { connectPostgres } from './postgres.ts';
import { claimFile, connectSqlite, createFile, recheckPragmas } from './sqlite.ts';

export interface SlowCommand {
  command: string;
  millis: number;
}

export interface Database {
  readonly dialect: Dialect;
  /** Only for writeTx and migrations; inside a write transaction it would wait for itself. */
  readonly writer: Knex;
  readonly reader: Knex;
  readonly keys: Keyring;
  /** System time: idempotency, outbox, audit `at`. Legal time is the college clock's. */
  readonly clock: Clock;
  readonly onSlow: (slow: SlowCommand) => void;
  close(): Promise<void>;
}

export type Place = { dataDir: string } | { url: string };

export interface OpenOptions {
  keys: Keyring;
  clock: Clock;
  /** Disk or file is damaged: end the process within a second. */
  onFatal?: (error: Error) => void;
  onSlow?: (slow: SlowCommand) => void;
  /** Name of the heartbeat row, such as `api` or `worker`. */
  process?: string;
}

export const REGISTER_FILE = 'register.db';

/** Opens the register, proves its settings, and leaves a heartbeat where the schema is there already. */
export async function openDatabase(place: Place, options: OpenOptions): Promise<Database> {
  const { dialect, writer, reader } = 'url' in place ? openPostgres(place.url) : await openSqlite(place.dataDir);
  const onFatal = options.onFatal ?? endProcess;
  for (const knex of [writer, reader]) {
    knex.on('query-error', (error: Error) => {
      if (isFatal(error)) onFatal(error);
    });
  }
  const { keys, clock, onSlow = () => {} } = options;
  const close = async (): Promise<void> => {
    await reader.destroy();
    await writer.destroy();
  };
  const db: Database = { dialect, writer, reader, keys, clock, onSlow, close };
  try {
    await proveSettings(db, options.process ?? 'unnamed');
  } catch (error) {
    await close();
    throw error;
  }
  return db;
}

interface Pools {
  dialect: Dialect;
  writer: Knex;
  reader: Knex;
}

function openPostgres(url: string): Pools {
  return { dialect: 'postgres', writer: connectPostgres(url, 'write'), reader: connectPostgres(url, 'read') };
}

/** The writer opens first, so that WAL is set before anyone reads. */
async function openSqlite(dataDir: string): Promise<Pools> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, REGISTER_FILE);
  createFile(file);
  const writer = connectSqlite(file, 'write');
  try {
    await claimFile(writer);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  return { dialect: 'sqlite', writer, reader: connectSqlite(file, 'read') };
}

async function proveSettings(db: Database, process: string): Promise<void> {
  await beat(db, process);
  if (db.dialect === 'sqlite') await recheckPragmas(db.writer);
  await db.reader.raw('SELECT 1');
}

function endProcess(error: Error): void {
  process.stderr.write(`register storage failed (${'code' in error ? String(error.code) : error.name}); ending\n`);
  process.exit(74);
}
