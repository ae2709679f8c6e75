import { canonicalJson } from '../schemas/canonical.ts';
import { Problem } from '../schemas/problem.ts';
import { append, leafHash, rootOf } from './merkle.ts';
import { insertRows } from './rows.ts';
import type { PendingLeaf, Tx, TxContext } from './tx.ts';

interface Head {
  size: number;
  frontier: string;
  last_hash: string;
}

/** Writes the leaves gathered by a transaction, last of all: from here on every other writer of leaves waits. */
export async function writeLeaves(tx: Tx, context: TxContext): Promise<void> {
  if (context.leaves.length === 0) return;
  let { size, frontier, last_hash } = await lockHead(tx, context);
  let roots = JSON.parse(frontier) as string[];
  const at = context.db.clock.now();
  const rows = context.leaves.map((pending) => {
    const row = rowOf(context, pending, { seq: size + 1, at, prev_hash: last_hash });
    roots = append(roots, size, row.leaf_hash);
    size += 1;
    last_hash = row.leaf_hash;
    return row;
  });
  await insertRows(tx, 'audit_leaves', rows);
  frontier = JSON.stringify(roots);
  await tx('audit_head')
    .where({ id: 1 })
    .update({ size, frontier, root: rootOf(roots), last_hash });
}

async function lockHead(tx: Tx, { db }: TxContext): Promise<Head> {
  const query = tx('audit_head').where({ id: 1 });
  const head = await (db.dialect === 'postgres' ? query.forUpdate() : query).first<Head | undefined>(
    'size',
    'frontier',
    'last_hash',
  );
  if (head === undefined) throw new Problem('invariant_broken', [{ pointer: '', code: 'audit_head_missing' }]);
  return head;
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
