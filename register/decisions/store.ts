import { appendLeaf } from '../../db/audit.ts';
import type { Tx } from '../../db/tx.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { Decision } from '../../schemas/decision.ts';
import type { Register } from '../register.ts';
import type { Purpose } from '../rules/rule-book.ts';

/** The last record on a subject for a purpose, superseded ones left behind. */
export async function lastDecision(
  tx: Tx,
  { subjectId, purpose }: { subjectId: string; purpose: Purpose },
): Promise<Decision | undefined> {
  const row = await tx('decisions')
    .where({ subject_id: subjectId, purpose })
    .orderBy([
      { column: 'decided_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first('record');
  return row ? (JSON.parse(row.record) as Decision) : undefined;
}

interface NewDecision {
  record: Decision;
  pathway: { id: string; college_id: string } | null;
  purpose: Purpose;
  collegeId?: string;
}

/** Files a record with its row MAC and its hash in the audit leaf of the same transaction. */
export async function insertDecision(
  register: Register,
  tx: Tx,
  { record, pathway, purpose, collegeId }: NewDecision,
): Promise<void> {
  const row = {
    id: record.id,
    college_id: collegeId ?? pathway?.college_id ?? null,
    case_id: record.case,
    pathway_id: pathway?.id ?? null,
    purpose,
    subject_kind: record.subject.kind,
    subject_id: record.subject.id,
    rule_set: record.decision,
    revision: record.ruleSet.revision,
    rule_hash: record.ruleSet.hash,
    outcome_type: record.outcome.type,
    outcome_code: record.outcome.code ?? null,
    decided_at: record.time.decidedAt,
    record: canonicalJson(record),
    hash: record.hash,
    supersedes: record.supersedes,
  };
  await tx('decisions').insert({ ...row, mac: register.db.keys.rowMac('decisions', row) });
  await appendLeaf(tx, {
    kind: 'decision_recorded',
    object: { type: 'decision', id: record.id },
    body: { hash: record.hash, purpose },
  });
}
