import type { Tx } from '../../db/tx.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { gateAsked } from './publication/gate.ts';
import type { RevisionRow } from './revision-row.ts';

const certifying = ['skill_conclusion', 'diploma_conclusion'];

/**
 * How many people besides the author must approve (architecture §9.6): one; one more where certificates follow; one more if the
 * revision reaches back before today, which is not asked while the college has no decision.
 */
export async function approvalsNeeded(tx: Tx, revision: RevisionRow, now: string): Promise<number> {
  if (!(await gateAsked(tx, revision.college_id))) return 1;
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

/** Whether this user is, in person, one of those. */
export async function isAmong(tx: Tx, userId: string, others: readonly string[]): Promise<boolean> {
  const persons = await personsBehind(tx, others);
  const [own] = await personsBehind(tx, [userId]);
  return own !== undefined && persons.has(own);
}

/** The author and everyone who saved the draft: none of them may approve. */
export async function editorsOf(tx: Tx, revision: Pick<RevisionRow, 'id' | 'author_id'>): Promise<string[]> {
  const editors: string[] = await tx('rule_revision_editors').where({ revision_id: revision.id }).pluck('user_id');
  return [...new Set([revision.author_id, ...editors])];
}
