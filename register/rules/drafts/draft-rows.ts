import type { Query, Tx } from '../../../db/tx.ts';
import { Faults } from '../../../rules/faults.ts';
import { withTableRules } from '../../../rules/from-table.ts';
import { withinBounds } from '../../../rules/guard.ts';
import { canonicalJson } from '../../../schemas/canonical.ts';
import { Problem } from '../../../schemas/problem.ts';

export interface DraftRow {
  id: string;
  college_id: string;
  rule_set: string;
  /** As typed so far, faulty or not. */
  document: string;
  base_revision: number | null;
  base_hash: string | null;
  version: number;
  created_by: string;
  created_at: string;
  updated_by: string;
  updated_at: string;
  ended_at: string | null;
  ended_because: 'discarded' | 'submitted' | null;
  revision_id: string | null;
}

export async function findDraft(
  query: Query,
  { id, collegeId }: { id: string; collegeId: string | null },
): Promise<DraftRow> {
  const row: DraftRow | undefined = await query('rule_drafts').where({ id, college_id: collegeId }).first();
  if (!row) throw new Problem('not_found');
  return { ...row, version: Number(row.version) };
}

/** For a change: the draft, its row locked, still open. */
export async function openDraft(
  tx: Tx,
  { id, collegeId }: { id: string; collegeId: string | null },
): Promise<DraftRow> {
  await tx('rule_drafts').where({ id, college_id: collegeId }).forUpdate().first('id');
  const row = await findDraft(tx, { id, collegeId });
  if (row.ended_at !== null) throw new Problem('draft_ended', [], { because: row.ended_because });
  return row;
}

/** Whoever saves has edited, and may not approve what comes of it. */
export async function noteEditor(tx: Tx, draftId: string, userId: string): Promise<void> {
  await tx('rule_draft_editors')
    .insert({ draft_id: draftId, user_id: userId })
    .onConflict(['draft_id', 'user_id'])
    .ignore();
}

/**
 * A draft may be wrong in every way but one: nothing in it may harm whoever reads it (size, depth, forbidden keys).
 * Where it is typed as a table, its rules are made of the table.
 */
export function harmless(document: unknown): string {
  const faults = new Faults();
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    faults.add('', 'type_wrong', { expected: 'object' });
  else withinBounds(document, faults);
  if (faults.list.length > 0) throw new Problem('rule_document_faulty', faults.list);
  return canonicalJson(withTableRules(document));
}

const RULE_SET = /^[a-z0-9]+([.-][a-z0-9]+)*$/;

/** The rule set a document says it is, where it says so rightly. */
export function ruleSetOf(document: unknown): string | null {
  const id = typeof document === 'object' && document !== null && 'id' in document ? document.id : undefined;
  return typeof id === 'string' && id.length <= 100 && RULE_SET.test(id) ? id : null;
}
