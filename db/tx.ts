import type { Knex } from 'knex';
import { Problem } from '../schemas/problem.ts';
import type { Database } from './open.ts';

/** A transaction of the register. Others say `Tx` and never import knex. */
export type Tx = Knex.Transaction;
/** Anything that answers reads: the reader pool or a transaction. */
export type Query = Knex;

/** Who acts. `system` acts for activities, under op keys. */
export interface Actor {
  userId: string;
  collegeId: string | null;
  role: string;
  onBehalfOf?: string;
}

export interface Call<I> {
  /** Idempotency key of the client, or op key of an activity. */
  key: string;
  by: Actor;
  input: I;
  requestId?: string;
  /** The strong ETag the client saw. */
  ifMatch?: string;
  /** Told when the answer is an old one. */
  onReplayed?: () => void;
}

export interface PendingLeaf {
  kind: string;
  object_type: string;
  object_id: string;
  college_id: string | null;
  before: string | null;
  after: string | null;
  reason: string | null;
  body: Readonly<Record<string, unknown>>;
}

export interface PendingNudge {
  workflowType: string;
  caseId: string;
  collegeId: string | null;
  bulk: boolean;
  notBefore: string;
}

/** What a write transaction gathers on its way; leaves and nudges are written at its end, in one order for all commands. */
export interface TxContext {
  readonly db: Database;
  readonly command: string;
  readonly by: Actor;
  readonly requestId: string | null;
  readonly leaves: PendingLeaf[];
  readonly nudges: Map<string, PendingNudge>;
  wrote: boolean;
  failure: unknown;
}

const contexts = new WeakMap<object, TxContext>();

/** Only a transaction opened by writeTx has one: a read transaction or a bare one cannot append or nudge. */
export function contextOf(tx: Tx): TxContext {
  const context = contexts.get(tx);
  if (context === undefined) throw new Problem('invariant_broken', [{ pointer: '', code: 'not_a_write_transaction' }]);
  return context;
}

const WRITES = /^\s*(insert|update|delete|replace|with\b[\s\S]*\b(insert|update|delete)\b)/i;

/** Watches the statements of a transaction: whether it wrote, and what failed first (the rejection may show only the ROLLBACK). */
export function watch(tx: Tx, context: TxContext): void {
  contexts.set(tx, context);
  tx.on('query', ({ sql }: { sql: string }) => {
    if (WRITES.test(sql)) context.wrote = true;
  });
  tx.on('query-error', (error: unknown) => {
    context.failure ??= error;
  });
}
