import type { Tx } from '../../../db/tx.ts';
import { standingOf } from '../../previews/standing.ts';
import type { Standing } from '../../previews/standing.ts';
import type { RevisionRow } from '../revision-row.ts';

/** A college without a decision has nobody to harm: its first rules are proved by their tests and approved, no more (architecture §9.6). */
export async function gateAsked(tx: Tx, collegeId: string | null): Promise<boolean> {
  return (await tx('decisions').where({ college_id: collegeId }).first('id')) !== undefined;
}

export interface PreviewProof {
  id: string;
  /** Empty until it is done. */
  hash: string;
  at: string;
  state: 'running' | 'done' | 'failed';
  /** Whether an approval may still rest on it. */
  standing: Standing;
  /** How many have been made of this document. */
  made: number;
}

/** Nobody is in the scope of a rule set that is bound to nothing. */
export async function previewAsked(
  tx: Tx,
  { college_id, rule_set }: Pick<RevisionRow, 'college_id' | 'rule_set'>,
): Promise<boolean> {
  const bound = await tx('rule_bindings').where({ college_id, rule_set }).first('id');
  return bound !== undefined && (await gateAsked(tx, college_id));
}

/** The last preview of this very document. */
export async function previewOfRevision(
  tx: Tx,
  { revision: { college_id, hash }, now }: { revision: RevisionRow; now: string },
): Promise<PreviewProof | null> {
  const rows = await tx('previews as p')
    .leftJoin('preview_results as r', 'r.preview_id', 'p.id')
    .leftJoin('operations as o', 'o.id', 'p.operation_id')
    .where({ 'p.college_id': college_id, 'p.draft_hash': hash })
    .orderBy([
      { column: 'p.created_at', order: 'desc' },
      { column: 'p.id', order: 'desc' },
    ])
    .select('p.id', 'p.college_id', 'p.rule_set', 'p.book_hash', 'p.known_at', 'r.outcome', 'r.hash', 'o.cancelled_at');
  const [last] = rows;
  if (!last) return null;
  return {
    id: last.id,
    hash: last.hash ?? '',
    at: last.known_at,
    state: last.outcome ?? (last.cancelled_at === null ? 'running' : 'failed'),
    standing: await standingOf(tx, last, now),
    made: rows.length,
  };
}
