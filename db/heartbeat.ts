import type { Database } from './open.ts';
import { plumbingTx } from './transaction.ts';

/** How often a process that stays says that it lives. */
export const BEAT_EVERY_MS = 30_000;
/** Three beats missed in a row. */
export const LATE_AFTER_MS = 3 * BEAT_EVERY_MS;

/** One row a process, written first at start-up: proves that the file takes writes. Before the first migration there is no table yet. */
export async function beat(db: Pick<Database, 'writer' | 'clock'>, process: string): Promise<void> {
  if (!(await db.writer.schema.hasTable('heartbeats'))) return;
  await db.writer('heartbeats').insert({ process, at: db.clock.now() }).onConflict('process').merge(['at']);
}

/** The same row again, from a process that runs. */
export async function beatAgain(db: Database, process: string): Promise<void> {
  await plumbingTx(db, 'beat', (tx) =>
    tx('heartbeats').insert({ process, at: db.clock.now() }).onConflict('process').merge(['at']),
  );
}
