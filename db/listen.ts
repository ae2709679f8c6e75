import type { Database } from './open.ts';
import { CHANNEL } from './outbox.ts';

interface Listening {
  on(event: 'notification' | 'error' | 'end', listener: () => void): void;
  removeAllListeners(event: 'notification' | 'error' | 'end'): void;
  query(sql: string): Promise<unknown>;
}

/**
 * Calls `wake` when another process has committed a nudge. Only a hint: the relay polls as well, so a lost connection
 * costs a quarter of a second. On SQLite nothing tells, and polling is all there is.
 */
export async function listenForNudges(db: Database, wake: () => void): Promise<() => Promise<void>> {
  if (db.dialect === 'sqlite') return async () => {};
  const connection: Listening = await db.reader.client.acquireConnection();
  connection.on('notification', wake);
  await connection.query(`LISTEN ${CHANNEL}`);
  return async () => {
    connection.removeAllListeners('notification');
    await connection.query(`UNLISTEN ${CHANNEL}`).catch(() => {});
    await db.reader.client.releaseConnection(connection);
  };
}
