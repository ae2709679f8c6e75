import knexModule from 'knex';
import type { Knex } from 'knex';
import pg from 'pg';
import { silent } from './knex-log.ts';

const INT8 = 20;
const NUMERIC = 1700;

interface Connection {
  query(sql: string, done: (error: Error | null) => void): void;
}

export type Role = 'write' | 'read';

/** Counts and 64-bit integers as numbers, as SQLite gives them; one beyond 2^53 is an error, never rounded. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError('integer_too_large');
  return value;
}

/** READ COMMITTED; waits for locks no longer than SQLite's busy timeout; times are ours, so the zone is UTC. */
export function connectPostgres(url: string, role: Role): Knex {
  return knexModule.knex({
    client: 'pg',
    connection: { connectionString: url, types: { getTypeParser: typeParser }, application_name: `dualcert-${role}` },
    acquireConnectionTimeout: 5000,
    compileSqlOnError: false, // messages must not quote values
    log: silent,
    pool: {
      min: 0,
      max: role === 'write' ? 10 : 6,
      afterCreate(connection: Connection, done: (error: Error | null, connection: Connection) => void) {
        const readOnly = role === 'read' ? 'SET default_transaction_read_only = on;' : '';
        const sql = `SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET synchronous_commit = on; ${readOnly}`;
        connection.query(sql, (error) => done(error, connection));
      },
    },
  });
}

function typeParser(oid: number): (text: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return wholeNumber;
  return pg.types.getTypeParser(oid, 'text');
}
