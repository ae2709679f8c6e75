import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CHANNEL } from '../db/outbox.ts';

const RECONNECT_AFTER = 1_000;

/** On PostgreSQL the relay hears of a new row at once. Losing the line costs nothing but the pause of its poll. */
export async function listenToOutbox(
  url: string,
  { onRow, signal }: { onRow: () => void; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url, application_name: 'dualcert-listen' });
    const closed = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', onRow);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      onRow(); // what came while nobody listened
      await closed;
    } catch {
      // the poll goes on; the database's absence is reported by whoever queries it
    }
    await client.end().catch(() => undefined);
    await sleep(RECONNECT_AFTER, undefined, { signal }).catch(() => undefined);
  }
}
