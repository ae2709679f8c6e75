import type { Query, Tx } from '../../db/tx.ts';

/** A frozen revision as the register keeps it; its columns never change. */
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
  frozen_at: string;
}

export type RuleEventKind = 'published' | 'withdrawn' | 'suspended' | 'resumed';

/** What has happened to a revision since it was frozen. */
export interface RuleEventRow {
  id: string;
  revision_id: string;
  kind: RuleEventKind;
  reason: string | null;
  actor_id: string;
  at: string;
}

export async function findRevision(
  query: Query,
  where: { id: string; college_id: string | null },
): Promise<RevisionRow | undefined> {
  const row: RevisionRow | undefined = await query('rule_revisions').where(where).first();
  return row && { ...row, revision: Number(row.revision) };
}

export async function eventsOf(query: Query, revisionIds: readonly string[]): Promise<RuleEventRow[]> {
  return query('rule_events').whereIn('revision_id', revisionIds).orderBy(['at', 'id']);
}

/** Published before and not withdrawn since, by rule set, newest first: of one rule set, or of a whole college. */
export function whatStands(tx: Tx, { collegeId, ruleSet }: { collegeId: string | null; ruleSet?: string }) {
  return tx('rule_revisions as r')
    .where({ 'r.college_id': collegeId, ...(ruleSet === undefined ? {} : { 'r.rule_set': ruleSet }) })
    .whereExists(tx('rule_events as e').whereRaw("e.revision_id = r.id AND e.kind = 'published'").select('e.id'))
    .whereNotExists(tx('rule_events as w').whereRaw("w.revision_id = r.id AND w.kind = 'withdrawn'").select('w.id'))
    .orderBy(['r.rule_set', { column: 'r.revision', order: 'desc' }]);
}

/** Whether a revision holds on a day, the last of its dates left out. */
export const covers = (
  { valid_from: from, valid_to: to }: Pick<RevisionRow, 'valid_from' | 'valid_to'>,
  day: string,
): boolean => from <= day && (to === null || day < to);

/** The revisions of a rule set that may answer, newest first. */
export async function standingRevisions(
  tx: Tx,
  of: { collegeId: string | null; ruleSet: string },
): Promise<RevisionRow[]> {
  const rows: RevisionRow[] = await whatStands(tx, of).select('r.*');
  return rows.map((row) => ({ ...row, revision: Number(row.revision) }));
}

/** What a draft is compared with: the revision that answers for today, else the newest that stands. */
export async function inForce(
  tx: Tx,
  { collegeId, ruleSet, today }: { collegeId: string | null; ruleSet: string; today: string },
): Promise<RevisionRow | undefined> {
  const standing = await standingRevisions(tx, { collegeId, ruleSet });
  return standing.find((row) => covers(row, today)) ?? standing[0];
}
