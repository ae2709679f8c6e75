import { closeSync, openSync } from 'node:fs';
import knexModule from 'knex';
import type { Knex } from 'knex';
import Client from 'knex/lib/dialects/sqlite3/index.js';
import Transaction from 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js';
import { COMMAND_END } from './command-end-sql.ts';
import { StartupFault } from './faults.ts';
import { silent } from './knex-log.ts';
import type { Preparing, Statement } from './prepared.ts';
import { giveUpAll, statementOf } from './prepared.ts';

/** Knex begins deferred; a transaction that reads and then writes is then refused at random under load. */
class Immediate extends Transaction {
  override begin(connection: unknown): Promise<unknown> {
    return this.query(connection, 'BEGIN IMMEDIATE;');
  }

  /** A failed COMMIT must reject, so that Knex rolls back; else the connection returns inside the transaction. */
  override async commit(connection: unknown, value: unknown): Promise<unknown> {
    await this.trxClient.query(connection, 'COMMIT;');
    this._completed = true;
    this._resolver(value);
    return undefined;
  }
}

/** What a builder of Knex becomes before it is sent. */
interface Sent {
  sql: string;
  bindings: readonly unknown[];
  method?: string;
  returning?: unknown;
  response?: unknown;
  context?: { lastID: number; changes: number };
}

/** Sends statements that are prepared once a connection, and not anew each time as Knex does. */
class PreparedClient extends Client {
  override _query(connection: Connection, sent: Sent): Promise<Sent> {
    const statement = statementOf(connection, sent.sql);
    if (statement === null) return super._query(connection, sent) as Promise<Sent>;
    // at once where it can be: until it is used, the statement might be given up
    return statement instanceof Promise ? statement.then((made) => execute(made, sent)) : execute(statement, sent);
  }

  override async destroyRawConnection(connection: Connection): Promise<unknown> {
    await giveUpAll(connection);
    return super.destroyRawConnection(connection);
  }
}

function execute(statement: Statement, sent: Sent): Promise<Sent> {
  const { bindings = [] } = sent;
  return new Promise((resolve, reject) => {
    if (isRun(sent))
      statement.run(bindings, function done(error) {
        // copied at once: the statement may run again before Knex looks
        sent.context = { lastID: this.lastID, changes: this.changes };
        if (error) reject(error);
        else resolve(sent);
      });
    else
      statement.all(bindings, (error, rows) => {
        sent.response = rows;
        if (error) reject(error);
        else resolve(sent);
      });
  });
}

/** As Knex chooses: what answers rows reads them all, what changes rows says how many. */
function isRun({ method, returning }: Sent): boolean {
  if (method === 'insert' || method === 'update') return !returning;
  return method === 'counter' || method === 'del';
}

class RegisterClient extends PreparedClient {
  override transaction(...args: unknown[]): Immediate {
    return new Immediate(this, ...args);
  }
}

/** As they must read back. `synchronous` 2 is FULL: NORMAL lost acknowledged rows in simulated power cuts. */
export const PRAGMAS = {
  busy_timeout: 10_000,
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  secure_delete: 1,
} as const;

/** `SZ01`: marks the file as a register. */
export const APPLICATION_ID = 0x53_5a_30_31;

/** `memory`: a database of its own that lives as long as its one connection, for comparison only. */
export type Role = 'write' | 'read' | 'memory';

interface Connection extends Preparing {
  exec(sql: string, done: (error: Error | null) => void): void;
  get(sql: string, done: (error: Error | null, row?: Record<string, unknown>) => void): void;
}

/** The file is made 0600 before SQLite opens it; WAL and index take over its mode. */
export function createFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}

/** One connection that writes, or a pool of four that cannot. */
export function connectSqlite(filename: string, role: Role): Knex {
  return knexModule.knex({
    // Knex takes a client class here; its types know only its own
    client: (role === 'read' ? PreparedClient : RegisterClient) as unknown as typeof Knex.Client,
    connection: { filename },
    useNullAsDefault: true,
    acquireConnectionTimeout: 5000,
    compileSqlOnError: false, // messages must not quote values
    log: silent,
    pool: {
      min: 0,
      max: role === 'read' ? 4 : 1,
      idleTimeoutMillis: 2 ** 31 - 1,
      afterCreate(connection: Connection, done: (error: Error | null, connection: Connection) => void) {
        prepare(connection, role).then(
          () => done(null, connection),
          (error: Error) => done(error, connection),
        );
      },
    },
  });
}

async function prepare(connection: Connection, role: Role): Promise<void> {
  const journal = role === 'memory' ? { journal_mode: 'memory' } : {};
  const wanted = { ...PRAGMAS, ...journal, query_only: role === 'read' ? 1 : 0 };
  const sql = Object.entries(wanted).map(([name, value]) => `PRAGMA ${name}=${value};`);
  await runAll(connection, sql.join(''));
  for (const [name, value] of Object.entries(wanted)) await demandPragma(connection, name, value);
  if (role !== 'read') await runAll(connection, COMMAND_END);
}

async function runAll(connection: Connection, sql: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.exec(sql, (error) => (error ? reject(error) : resolve()));
  });
}

async function demandPragma(connection: Connection, name: string, wanted: string | number): Promise<void> {
  const got = await new Promise<unknown>((resolve, reject) => {
    connection.get(`PRAGMA ${name};`, (error, row) => (error ? reject(error) : resolve(Object.values(row ?? {})[0])));
  });
  if (got !== wanted) throw new StartupFault('pragma_mismatch', `${name} is ${String(got)}, wanted ${wanted}`);
}

/** Every pragma once more after a write: some builds show their weaker default only then. */
export async function recheckPragmas(knex: Knex): Promise<void> {
  for (const [name, wanted] of Object.entries(PRAGMAS)) {
    const rows = await knex.raw<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const got = Object.values(rows[0] ?? {})[0];
    if (got !== wanted) throw new StartupFault('pragma_mismatch', `${name} is ${String(got)}, wanted ${wanted}`);
  }
}

/** A new file is marked as a register; a file of another program is refused. */
export async function claimFile(writer: Knex): Promise<void> {
  const [row] = await writer.raw<{ application_id: number }[]>('PRAGMA application_id');
  if (row?.application_id === APPLICATION_ID) return;
  const tables = await writer.raw<unknown[]>('SELECT 1 FROM sqlite_schema LIMIT 1');
  if (row?.application_id !== 0 || tables.length > 0) throw new StartupFault('not_a_register');
  await writer.raw(`PRAGMA application_id=${APPLICATION_ID}`);
}
