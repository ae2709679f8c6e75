import { Problem } from '../schemas/problem.ts';
import { closeCommand, openCommand } from './command-end.ts';
import type { KeyedCall } from './idempotency.ts';
import { alone, answeredBefore, rememberAnswer } from './idempotency.ts';
import { writeLeaves } from './leaf-log.ts';
import type { Database } from './open.ts';
import { writeNudges } from './outbox.ts';
import { inTransaction } from './transaction.ts';
import type { Tx, TxContext } from './tx.ts';

export interface CommandCall extends KeyedCall {
  requestId?: string;
}

export interface Answer<T> {
  value: T;
  /** The command did not run again; this is what it answered the first time. */
  replayed: boolean;
}

/**
 * The only way to change what is true: key, checks, change, audit leaf and outbox row in one transaction.
 * `fn` uses `tx` alone and answers plain JSON without personal data; the same call again gets that answer back.
 */
export async function writeTx<T>(db: Database, call: CommandCall, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return (await writeTxReplayed(db, call, fn)).value;
}

/** As writeTx, and says whether the answer is an old one. */
export async function writeTxReplayed<T>(
  db: Database,
  call: CommandCall,
  fn: (tx: Tx) => Promise<T>,
): Promise<Answer<T>> {
  return alone(db, call, () =>
    inTransaction(db, call, async (tx, context) => {
      const { known, close } = await open(db, tx, call);
      if (known !== null) {
        call.onReplayed?.();
        return { value: JSON.parse(known) as T, replayed: true };
      }
      const answer = JSON.stringify((await fn(tx)) ?? null);
      if (context.failure !== undefined) throw context.failure;
      if (context.leaves.length === 0 && (context.wrote || context.nudges.size > 0)) throw withoutLeaf(call.command);
      await close(context, answer);
      return { value: JSON.parse(answer) as T, replayed: false };
    }),
  );
}

interface Opened {
  /** The answer given before, as JSON text. */
  known: string | null;
  /** Writes key, nudges and leaves. */
  close(context: TxContext, answer: string): Promise<void>;
}

/** SQLite lets nobody else write meanwhile, and each statement is dear there: one at either end. PostgreSQL locks as late as it can. */
async function open(db: Database, tx: Tx, call: CommandCall): Promise<Opened> {
  if (db.dialect === 'sqlite') {
    const { known, head } = await openCommand(tx, call);
    return { known, close: (context, answer) => closeCommand(tx, context, { call, answer, head }) };
  }
  return {
    known: await answeredBefore(db, tx, call),
    async close(context, answer) {
      await rememberAnswer(db, tx, { call, answer });
      await writeNudges(tx, context);
      await writeLeaves(tx, context);
    },
  };
}

function withoutLeaf(command: string): Problem {
  return new Problem('invariant_broken', [{ pointer: '', code: 'write_without_leaf', detail: { command } }]);
}
