import { beatAgain, BEAT_EVERY_MS } from '../../db/heartbeat.ts';
import { deleteOldKeys } from '../../db/idempotency.ts';
import type { Database } from '../../db/open.ts';
import { repeat } from './repeat.ts';
import type { Repeating } from './repeat.ts';

const HOUR = 3_600_000;
/** A day more than the 30 that every key is kept for. */
const KEEP_KEYS = 31 * 24 * HOUR;

interface Log {
  warn(fields: object, message: string): void;
}

/** A sign of life of a process that stays. */
export function keepBeating(db: Database, { process, log }: { process: string; log: Log }): Repeating {
  return repeat(() => beatAgain(db, process), {
    everyMs: BEAT_EVERY_MS,
    onFault: (error) => log.warn({ error: nameOf(error) }, 'no heartbeat could be written'),
  });
}

/** What only costs room is put away, at the start and each hour. Sent nudges are put away by the relay. */
export function keepHouse(db: Database, log: Log): Repeating {
  const before = () => new Date(Date.parse(db.clock.now()) - KEEP_KEYS).toISOString();
  return repeat(() => deleteOldKeys(db, before()), {
    everyMs: HOUR,
    onFault: (error) => log.warn({ error: nameOf(error) }, 'old idempotency keys could not be deleted'),
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
