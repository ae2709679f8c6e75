import { outcomeText } from '../../rules/explain.ts';
import type { Decision } from '../../schemas/decision.ts';
import type { StudentDecisions } from '../../schemas/api/students.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { loadedByHash } from '../rules/loaded.ts';
import { studentInScope } from './read-student.ts';

type Item = StudentDecisions['items'][number];

interface DecisionRow {
  id: string;
  purpose: string;
  pathway_id: string | null;
  subject_kind: string;
  subject_id: string;
  rule_set: string;
  revision: number;
  rule_hash: string;
  outcome_type: Item['outcome'];
  outcome_code: string | null;
  decided_at: string;
  supersedes: string | null;
  record: string;
  document: string;
}

/** Every decision on record for a student, newest first. */
export async function readStudentDecisions({ db }: Register, by: Principal, id: string): Promise<StudentDecisions> {
  await studentInScope(db.reader, by, id);
  const rows: DecisionRow[] = await db
    .reader('decisions as d')
    .join('rule_revisions as r', (on) => void on.on('r.hash', 'd.rule_hash').andOn('r.college_id', 'd.college_id'))
    .where('d.case_id', id)
    .orderBy([
      { column: 'd.decided_at', order: 'desc' },
      { column: 'd.id', order: 'desc' },
    ])
    .select('d.*', 'r.document');
  const superseded = new Set(rows.map(({ supersedes }) => supersedes));
  return { items: rows.map((row) => decisionItem(row, superseded.has(row.id))) };
}

function decisionItem(row: DecisionRow, superseded: boolean): Item {
  const { outcome } = JSON.parse(row.record) as Decision;
  const { doc } = loadedByHash(row.rule_hash, row.document);
  const { type, params } = outcome;
  return {
    id: row.id,
    purpose: row.purpose,
    pathwayId: row.pathway_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    ruleSet: row.rule_set,
    revision: Number(row.revision),
    outcome: row.outcome_type,
    code: row.outcome_code,
    title: outcomeText(doc, params === undefined ? { type } : { type, params }),
    decidedAt: row.decided_at,
    supersedes: row.supersedes,
    superseded,
  };
}
