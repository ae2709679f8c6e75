import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe } from 'vitest';
import type { Keyring } from '../../db/keys.ts';
import { keyringOf } from '../../db/keys.ts';
import { migrate } from '../../db/migrate.ts';
import type { Database, OpenOptions } from '../../db/open.ts';
import { openDatabase, REGISTER_FILE } from '../../db/open.ts';
import type { Clock } from '../../schemas/time.ts';
import { postgresUrl } from './postgres.ts';

export interface TestClock extends Clock {
  set(instant: string): void;
  advance(millis: number): void;
}

/** A clock that stands still until told otherwise. */
export function testClock(start = '2026-03-02T00:00:00.000Z'): TestClock {
  let now = start;
  return {
    now: () => now,
    set: (instant) => {
      now = instant;
    },
    advance: (millis) => {
      now = new Date(Date.parse(now) + millis).toISOString();
    },
  };
}

/** Always the same keys, so that a test's MACs and indexes are the same in each run. */
export function testKeys(): Keyring {
  const key = (name: string): Buffer => createHash('sha256').update(`test ${name}`).digest();
  return keyringOf({ master: key('master'), rowMac: key('row-mac'), idNumber: key('id-number') });
}

export type TestDatabase = Database & { clock: TestClock };
export type TestOptions = Partial<Omit<OpenOptions, 'clock'>> & { clock?: TestClock };

export interface OpenTest {
  /** Migrated and empty, closed and removed when the file's tests are over. */
  (options?: TestOptions): Promise<TestDatabase>;
  /** Not even migrated. */
  bare(options?: TestOptions): Promise<TestDatabase>;
}

export type Place = { dataDir: string } | { url: string };

/** Where a test database lies: for opening it a second time, as another process would. */
export const placeOf = new WeakMap<Database, Place>();

/** The same tests on SQLite and on PostgreSQL; each `open()` gives a database of its own. */
export function forEachDatabase(body: (name: 'sqlite' | 'postgres', open: OpenTest) => void): void {
  describe('on SQLite', () => onSqlite((open) => body('sqlite', open)));
  describe('on PostgreSQL', () => onPostgres((open) => body('postgres', open)));
}

export function onSqlite(body: (open: OpenTest) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-db-'));
  let template: Promise<string> | undefined;
  let count = 0;
  const place = (): { dataDir: string } => {
    const dataDir = join(folder, String((count += 1)));
    mkdirSync(dataDir);
    return { dataDir };
  };
  const { remember, closeAll } = keeper();
  afterAll(async () => {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = async (options?: TestOptions): Promise<TestDatabase> => {
    template ??= sqliteTemplate(join(folder, 'template'));
    const file = await template;
    const { dataDir } = place();
    copyFileSync(file, join(dataDir, REGISTER_FILE));
    return remember({ dataDir }, options);
  };
  body(Object.assign(open, { bare: (options?: TestOptions) => remember(place(), options) }));
}

export function onPostgres(body: (open: OpenTest) => void): void {
  const { remember, closeAll } = keeper();
  afterAll(closeAll);
  const openFrom = async (template: string, options?: TestOptions): Promise<TestDatabase> => {
    const admin = await postgresUrl();
    const name = `test_${randomBytes(6).toString('hex')}`;
    await withTemplate(admin, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
    return remember({ url: databaseUrl(admin, name) }, options);
  };
  const open = (options?: TestOptions): Promise<TestDatabase> => openFrom(TEMPLATE, options);
  body(Object.assign(open, { bare: (options?: TestOptions) => openFrom('template0', options) }));
}

interface Keeper {
  remember(place: Place, options?: TestOptions): Promise<TestDatabase>;
  closeAll(): Promise<void>;
}

function keeper(): Keeper {
  const opened: Database[] = [];
  return {
    async remember(place, { clock = testClock(), ...options } = {}) {
      const db = Object.assign(await openDatabase(place, { keys: testKeys(), ...options, clock }), { clock });
      opened.push(db);
      placeOf.set(db, place);
      return db;
    },
    async closeAll() {
      for (const db of opened) await db.close();
    },
  };
}

async function sqliteTemplate(dataDir: string): Promise<string> {
  const db = await openDatabase({ dataDir }, { keys: testKeys(), clock: testClock() });
  await migrate(db);
  await db.close(); // the last connection folds the WAL into the file
  return join(dataDir, REGISTER_FILE);
}

const TEMPLATE = 'dualcert_template';

/** The template is migrated once a run by whoever comes first; the advisory lock also keeps copies from meeting one another. */
async function withTemplate(admin: string, copy: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [TEMPLATE]);
    if (known.rowCount === 0) await makeTemplate(admin, client);
    await copy(client);
  } finally {
    await client.end();
  }
}

async function makeTemplate(admin: string, client: pg.Client): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  const db = await openDatabase({ url: databaseUrl(admin, TEMPLATE) }, { keys: testKeys(), clock: testClock() });
  await migrate(db);
  await db.close();
  await client.query(`ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`);
}

function databaseUrl(admin: string, name: string): string {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.toString();
}
