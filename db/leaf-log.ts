import { canonicalJson } from '../schemas/canonical.ts';
import { Problem } from '../schemas/problem.ts';
import { append, leafHash, rootOf } from './merkle.ts';
import { insertRows } from './rows.ts';
import type { PendingLeaf, Tx, TxContext } from './tx.ts';

export interface Head {
  size: number;
  frontier: string;
  last_hash: string;
}

/** Writes the leaves gathered by a transaction, last of all: from here on every other writer of leaves waits. */
export async function writeLeaves(tx: Tx, context: TxContext): Promise<void> {
  if (context.leaves.length === 0) return;
  const { rows, after } = addLeaves(context, await lockHead(tx, context));
  await insertRows(tx, 'audit_leaves', rows);
  await tx('audit_head').where({ id: 1 }).update(after);
}

/** The rows of a transaction's leaves, each bound to the one before it, and the log's head after them. */
export function addLeaves(context: TxContext, { size, frontier, last_hash }: Head) {
  let [seq, prev_hash, roots] = [size, last_hash, JSON.parse(frontier) as string[]];
  const at = context.db.clock.now();
  const rows = context.leaves.map((pending) => {
    const row = rowOf(context, pending, { seq: seq + 1, at, prev_hash });
    roots = append(roots, seq, row.leaf_hash);
    seq += 1;
    prev_hash = row.leaf_hash;
    return row;
  });
  return { rows, after: { size: seq, frontier: JSON.stringify(roots), root: rootOf(roots), last_hash: prev_hash } };
}

async function lockHead(tx: Tx, { db }: TxContext): Promise<Head> {
  const query = tx('audit_head').where({ id: 1 });
  const head = await (db.dialect === 'postgres' ? query.forUpdate() : query).first<Head | undefined>(
    'size',
    'frontier',
    'last_hash',
  );
  if (head === undefined) throw headMissing();
  return head;
}

export function headMissing(): Problem {
  return new Problem('invariant_broken', [{ pointer: '', code: 'audit_head_missing' }]);
}

interface Position {
  seq: number;
  at: string;
  prev_hash: string;
}

/** `leaf/1`: its fields are final. The kind stands in the body. */
function rowOf({ by, command, requestId }: TxContext, pending: PendingLeaf, { seq, at, prev_hash }: Position) {
  const { kind, object_type, object_id, college_id, before, after, reason } = pending;
  const who = { actor: by.userId, actor_role: by.role, request_id: requestId };
  const what = { command, object_type, object_id };
  const leaf = canonicalJson({
    format: 'leaf/1',
    ...{ seq, at, college_id, ...who, on_behalf_of: by.onBehalfOf ?? null, ...what },
    ...{ before, after, reason, body: { ...pending.body, kind }, prev_hash },
  });
  return { seq, at, college_id, ...who, ...what, kind, leaf, leaf_hash: leafHash(leaf) };
}
