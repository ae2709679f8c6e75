import { asProblem } from './faults.ts';
import type { Database } from './open.ts';
import type { Tx } from './tx.ts';

/** One snapshot for all reads of `fn`; it cannot write. Keep it short: an open reader stops SQLite's checkpoints. */
export async function readTx<T>(db: Database, fn: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db.reader.transaction(
      fn,
      db.dialect === 'postgres' ? { isolationLevel: 'repeatable read', readOnly: true } : {},
    );
  } catch (error) {
    throw asProblem(error);
  }
}
