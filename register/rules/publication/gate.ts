import type { Tx } from '../../../db/tx.ts';
import type { RevisionRow } from '../revision-row.ts';

/** A college without a decision has nobody to harm: its first rules are proved by their tests and approved, no more (architecture §9.6). */
export async function gateAsked(tx: Tx, collegeId: string | null): Promise<boolean> {
  return (await tx('decisions').where({ college_id: collegeId }).first('id')) !== undefined;
}

export interface PreviewProof {
  id: string;
  hash: string;
  /** The revision in force it was made against. */
  baseHash: string | null;
  at: string;
  state: 'running' | 'done' | 'failed';
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
export async function previewOfRevision(tx: Tx, { college_id, hash }: RevisionRow): Promise<PreviewProof | null> {
  const row = await tx('previews as p')
    .leftJoin('preview_results as r', 'r.preview_id', 'p.id')
    .leftJoin('operations as o', 'o.id', 'p.operation_id')
    .where({ 'p.college_id': college_id, 'p.draft_hash': hash })
    .orderBy([
      { column: 'p.created_at', order: 'desc' },
      { column: 'p.id', order: 'desc' },
    ])
    .first('p.id', 'p.base_hash', 'p.known_at', 'r.outcome', 'r.hash', 'o.cancelled_at');
  if (!row) return null;
  const state = row.outcome ?? (row.cancelled_at === null ? 'running' : 'failed');
  return { id: row.id, hash: row.hash ?? '', baseHash: row.base_hash, at: row.known_at, state };
}

const WEEK_MS = 7 * 24 * 3_600_000;

/** A preview shows the college as it was: after a week, or against another base, it shows nothing any more. */
export function isFresh(preview: PreviewProof, { base, now }: { base: string | null; now: string }): boolean {
  return preview.baseHash === base && Date.parse(now) - Date.parse(preview.at) <= WEEK_MS;
}
