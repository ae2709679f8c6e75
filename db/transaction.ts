import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../schemas/problem.ts';
import { asProblem, isCollision } from './faults.ts';
import type { Database } from './open.ts';
import type { Actor, Tx, TxContext } from './tx.ts';
import { watch } from './tx.ts';

export interface TransactionCall {
  command: string;
  by: Actor;
  requestId?: string;
}

type Body<T> = (tx: Tx, context: TxContext) => Promise<T>;

const TRIES = 8;
const SLOW_MS = 50;

/** PostgreSQL may choose a transaction as victim of a deadlock; its body has only statements, so it simply runs again. */
export async function inTransaction<T>(db: Database, call: TransactionCall, body: Body<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(db, call, body);
    } catch (error) {
      if (attempt >= TRIES || !isCollision(error)) throw asProblem(error);
      await wait(Math.random() * 50 * attempt); // apart, or they meet again
    }
  }
}

async function once<T>(db: Database, { command, by, requestId }: TransactionCall, body: Body<T>): Promise<T> {
  const context: TxContext = {
    db,
    command,
    by,
    requestId: requestId ?? null,
    leaves: [],
    nudges: new Map(),
    wrote: false,
    failure: undefined,
  };
  let began = 0;
  try {
    return await db.writer.transaction(async (tx) => {
      began = performance.now();
      watch(tx, context);
      const value = await body(tx, context);
      // a swallowed statement error: SQLite may have rolled back already, and the rest would commit alone
      if (context.failure !== undefined) throw context.failure;
      return value;
    });
  } catch (error) {
    throw error instanceof Problem ? error : (context.failure ?? error);
  } finally {
    const millis = performance.now() - began;
    if (began > 0 && millis > SLOW_MS) db.onSlow({ command, millis });
  }
}

/** Plumbing that is no act of anyone: relay marks, what a workflow has seen. No key, no leaf, no nudge. */
export async function plumbingTx<T>(db: Database, command: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const by: Actor = { userId: 'system', collegeId: null, role: 'system' };
  return inTransaction(db, { command, by }, async (tx, { leaves, nudges }) => {
    const value = await fn(tx);
    if (leaves.length + nudges.size > 0)
      throw new Problem('invariant_broken', [{ pointer: '', code: 'act_in_plumbing' }]);
    return value;
  });
}
