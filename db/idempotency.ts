import { createHash } from 'node:crypto';
import { canonicalJson } from '../schemas/canonical.ts';
import { Problem } from '../schemas/problem.ts';
import type { Database } from './open.ts';
import { plumbingTx } from './transaction.ts';
import type { Actor, Tx } from './tx.ts';

export interface KeyedCall {
  command: string;
  key: string;
  by: Actor;
  input: unknown;
  ifMatch?: string;
  /** Told when the answer is an old one; the API says so in a header. */
  onReplayed?: () => void;
}

export const SYSTEM = 'system';

export interface KeyRow {
  fingerprint: string;
  answer: string;
}

export function nameOf({ key, by }: KeyedCall): { college_id: string; principal: string; key: string } {
  return { college_id: by.collegeId ?? '', principal: by.userId, key };
}

export function fingerprintOf({ command, input, ifMatch }: KeyedCall): string {
  const text = canonicalJson([command, input ?? null, ifMatch ?? null]);
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}

/** The answer given before, as JSON text; null for a new key. Another input under the same key is a problem. */
export async function answeredBefore(db: Database, tx: Tx, call: KeyedCall): Promise<string | null> {
  const name = nameOf(call);
  if (db.dialect === 'postgres') await lockKey(tx, call);
  const row = await tx('idempotency_keys').where(name).first<KeyRow | undefined>('fingerprint', 'answer');
  return row === undefined ? null : storedAnswer(call, row);
}

export function storedAnswer(call: KeyedCall, { fingerprint, answer }: KeyRow): string {
  if (fingerprint !== fingerprintOf(call)) throw new Problem('idempotency_key_reused');
  return answer;
}

export async function rememberAnswer(
  db: Database,
  tx: Tx,
  { call, answer }: { call: KeyedCall; answer: string },
): Promise<void> {
  const fingerprint = fingerprintOf(call);
  await tx('idempotency_keys').insert({
    ...nameOf(call),
    command: call.command,
    fingerprint,
    answer,
    at: db.clock.now(),
  });
}

/** Another process may be at the same key: a person is told so at once, an activity waits for the stored answer. */
async function lockKey(tx: Tx, call: KeyedCall): Promise<void> {
  const { college_id, principal, key } = nameOf(call);
  const name = JSON.stringify([college_id, principal, key]);
  if (principal === SYSTEM) {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [name]);
    return;
  }
  const got = await tx.raw<{ rows: { free: boolean }[] }>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0)) AS free',
    [name],
  );
  if (got.rows[0]?.free !== true) throw new Problem('in_progress');
}

const running = new WeakMap<Database, Set<string>>();

/** Runs `work` unless the same person's same key is already at work in this process. */
export async function alone<T>(db: Database, call: KeyedCall, work: () => Promise<T>): Promise<T> {
  if (call.by.userId === SYSTEM) return work();
  const name = JSON.stringify(nameOf(call));
  const names = running.get(db) ?? new Set<string>();
  running.set(db, names);
  if (names.has(name)) throw new Problem('in_progress');
  names.add(name);
  try {
    return await work();
  } finally {
    names.delete(name);
  }
}

/** Keys of people are kept 30 days at least; op keys stay, for a rebuilt workflow asks again with the same words. */
export async function deleteOldKeys(db: Database, before: string): Promise<number> {
  return plumbingTx(db, 'deleteOldKeys', (tx) =>
    tx('idempotency_keys').where('at', '<', before).whereNot('principal', SYSTEM).delete(),
  );
}
