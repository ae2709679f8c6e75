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

export type OpenTest = (options?: Partial<OpenOptions>) => Promise<Database & { clock: TestClock }>;

/** Where a test database lies: for opening it a second time, as another process would. */
export const placeOf = new WeakMap<Database, { dataDir: string } | { url: string }>();

/** The same tests on SQLite and on PostgreSQL. `open()` gives a migrated, empty database, closed and removed at the end. */
export function forEachDatabase(body: (name: 'sqlite' | 'postgres', open: OpenTest) => void): void {
  describe('on SQLite', () => onSqlite((open) => body('sqlite', open)));
  describe('on PostgreSQL', () => onPostgres((open) => body('postgres', open)));
}

export function onSqlite(body: (open: OpenTest) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-db-'));
  const opened: Database[] = [];
  let template: Promise<string> | undefined;
  let count = 0;
  afterAll(async () => {
    for (const db of opened) await db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  body(async (options) => {
    template ??= sqliteTemplate(join(folder, 'template'));
    const dataDir = join(folder, String((count += 1)));
    mkdirSync(dataDir);
    copyFileSync(await template, join(dataDir, REGISTER_FILE));
    return openTest({ dataDir }, options, opened);
  });
}

async function sqliteTemplate(dataDir: string): Promise<string> {
  const db = await openDatabase({ dataDir }, { keys: testKeys(), clock: testClock() });
  await migrate(db);
  await db.close(); // the last connection folds the WAL into the file
  return join(dataDir, REGISTER_FILE);
}

export function onPostgres(body: (open: OpenTest) => void): void {
  const opened: Database[] = [];
  afterAll(async () => {
    for (const db of opened) await db.close();
  });
  body(async (options) => {
    const admin = await postgresUrl();
    const name = `test_${randomBytes(6).toString('hex')}`;
    await withTemplate(admin, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`));
    return openTest({ url: databaseUrl(admin, name) }, options, opened);
  });
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

type Place = { dataDir: string } | { url: string };

async function openTest(place: Place, options: Partial<OpenOptions> = {}, opened: Database[]): Promise<Database & { clock: TestClock }> {
  const clock = testClock();
  const db = await openDatabase(place, { keys: testKeys(), clock, ...options });
  opened.push(db);
  placeOf.set(db, place);
  return { ...db, clock };
}

/** A database of nothing: opened, not migrated. */
export async function openEmpty(name: 'sqlite' | 'postgres', options: Partial<OpenOptions> = {}): Promise<Database> {
  const standard = { keys: testKeys(), clock: testClock(), ...options };
  if (name === 'sqlite') return openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'dualcert-empty-')) }, standard);
  const admin = await postgresUrl();
  const database = `empty_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client(admin);
  await client.connect();
  await client.query(`CREATE DATABASE ${database}`);
  await client.end();
  return openDatabase({ url: databaseUrl(admin, database) }, standard);
}
