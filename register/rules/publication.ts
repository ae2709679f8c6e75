import type { Tx } from '../../db/tx.ts';
import { legalDateOf } from '../../schemas/time.ts';

export interface RevisionRow {
  id: string;
  college_id: string;
  rule_set: string;
  revision: number;
  hash: string;
  document: string;
  valid_from: string;
  valid_to: string | null;
  author_id: string;
}

const certifying = ['skill_conclusion', 'diploma_conclusion'];

/**
 * How many people besides the author must approve (architecture §9.6): one; one more where certificates follow; one more if the
 * revision reaches back before today, which is not asked while the college has no decision.
 */
export async function approvalsNeeded(tx: Tx, revision: RevisionRow, now: string): Promise<number> {
  const decided = await tx('decisions').where({ college_id: revision.college_id }).first('id');
  if (!decided) return 1;
  const follows = await tx('rule_bindings')
    .where({ college_id: revision.college_id, rule_set: revision.rule_set })
    .whereIn('purpose', certifying)
    .first('id');
  const retroactive = revision.valid_from < legalDateOf(now);
  return 1 + (follows ? 1 : 0) + (retroactive ? 1 : 0);
}

/** Two accounts of one person count as one: the persons behind these users, else the users themselves. */
export async function personsBehind(tx: Tx, userIds: readonly string[]): Promise<Set<string>> {
  const rows: { id: string; person_id: string | null }[] = await tx('users')
    .whereIn('id', userIds)
    .select('id', 'person_id');
  const persons = new Map(rows.map((row) => [row.id, row.person_id ?? row.id]));
  return new Set(userIds.map((id) => persons.get(id) ?? id));
}

export async function findRevision(
  tx: Tx,
  where: { id: string; college_id: string | null },
): Promise<RevisionRow | undefined> {
  return tx('rule_revisions').where(where).first();
}

export async function isPublished(tx: Tx, revisionId: string): Promise<boolean> {
  return (await tx('rule_events').where({ revision_id: revisionId, kind: 'published' }).first('id')) !== undefined;
}
