import type { Database } from './open.ts';

/** One row a process, written at start-up: proves that the file takes writes. Before the first migration there is no table yet. */
export async function beat(db: Pick<Database, 'writer' | 'clock'>, process: string): Promise<void> {
  if (!(await db.writer.schema.hasTable('heartbeats'))) return;
  await db.writer('heartbeats').insert({ process, at: db.clock.now() }).onConflict('process').merge(['at']);
}
