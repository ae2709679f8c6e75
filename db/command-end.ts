import { fingerprintOf, nameOf, storedAnswer } from './idempotency.ts';
import type { KeyedCall, KeyRow } from './idempotency.ts';
import type { Head } from './leaf-log.ts';
import { addLeaves, headMissing } from './leaf-log.ts';
import { inOrder } from './outbox.ts';
import type { Tx, TxContext } from './tx.ts';

const OPENING = `SELECT h.size, h.frontier, h.last_hash, k.fingerprint, k.answer
  FROM audit_head h LEFT JOIN idempotency_keys k ON k.college_id = ? AND k.principal = ? AND k.key = ?
  WHERE h.id = 1`;

/** The answer given before, and the end of the audit log. Nobody else writes from here on: SQLite's lock is held already. */
export async function openCommand(tx: Tx, call: KeyedCall): Promise<{ known: string | null; head: Head }> {
  const { college_id, principal, key } = nameOf(call);
  const [row] = await tx.raw<(Head & Partial<KeyRow>)[]>(OPENING, [college_id, principal, key]);
  if (row === undefined) throw headMissing();
  const { fingerprint, answer, ...head } = row;
  return { known: fingerprint && answer ? storedAnswer(call, { fingerprint, answer }) : null, head };
}

const COLUMNS = [
  ...['college_id', 'principal', 'key', 'command', 'fingerprint', 'answer', 'at', 'nudges', 'leaves'],
  ...['size', 'frontier', 'root', 'last_hash'],
];
const CLOSING = `INSERT INTO temp.command_end (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

interface Ending {
  call: KeyedCall;
  answer: string;
  head: Head;
}

/** Key, nudges, leaves and the log's new head in one statement. */
export async function closeCommand(tx: Tx, context: TxContext, { call, answer, head }: Ending): Promise<void> {
  const { college_id, principal, key } = nameOf(call);
  const nudges = inOrder(context).map((one) => [
    ...[one.workflowType, one.caseId, one.collegeId, one.bulk ? 1 : 0, one.notBefore],
  ]);
  const { rows, after } = addLeaves(context, head);
  const leaves = rows.map((row) => [
    ...[row.seq, row.at, row.college_id, row.actor, row.actor_role, row.request_id],
    ...[row.command, row.kind, row.object_type, row.object_id, row.leaf, row.leaf_hash],
  ]);
  await tx.raw(CLOSING, [
    ...[college_id, principal, key, call.command, fingerprintOf(call), answer, context.db.clock.now()],
    ...[JSON.stringify(nudges), JSON.stringify(leaves), after.size, after.frontier, after.root, after.last_hash],
  ]);
}
