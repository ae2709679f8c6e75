import type { Tx } from '../../db/tx.ts';
import { groupBy } from '../facts/rows.ts';

interface PointRow {
  id: string;
  pathway_id: string;
  kind: string;
  key: string;
  reached_at: string;
  dealt_at: string | null;
}

interface DecisionSummary {
  id: string;
  pathway_id: string;
  purpose: string;
  outcome_type: string;
  decided_at: string;
  record: string;
}

interface NoticeRow {
  id: string;
  decision_id: string;
  opened_at: string;
  closes_at: string;
  closed_at: string | null;
}

interface SignOffRow {
  decision_id: string;
  answer: 'approved' | 'refused';
  reason: string | null;
  at: string;
}

interface CertificateSummary {
  id: string;
  pathway_id: string;
  state: string;
  payload_hash: string;
  allocated_at: string;
  rendered: number;
}

/** What has happened in these pathways beyond their facts: points reached, conclusions, notices, sign-offs, certificates. */
export interface History {
  points: Map<string, PointRow[]>;
  /** The last conclusion of each pathway. */
  conclusions: Map<string, DecisionSummary>;
  notices: Map<string, NoticeRow>;
  signOffs: Map<string, SignOffRow>;
  certificates: Map<string, CertificateSummary>;
}

export async function loadHistory(tx: Tx, pathwayIds: readonly string[]): Promise<History> {
  const points: PointRow[] = await tx('decision_points')
    .whereIn('pathway_id', pathwayIds)
    .orderBy(['reached_at', 'id']);
  const decisions: DecisionSummary[] = await tx('decisions')
    .whereIn('pathway_id', pathwayIds)
    .whereIn('purpose', ['skill_conclusion', 'diploma_conclusion'])
    .orderBy(['decided_at', 'id'])
    .select('id', 'pathway_id', 'purpose', 'outcome_type', 'decided_at', 'record');
  const conclusions = new Map(decisions.map((decision) => [decision.pathway_id, decision]));
  const decisionIds = [...conclusions.values()].map((decision) => decision.id);
  const notices: NoticeRow[] = await tx('public_notices').whereIn('decision_id', decisionIds);
  const signOffs: SignOffRow[] = await tx('sign_offs').whereIn('decision_id', decisionIds);
  const certificates: CertificateSummary[] = await tx('certificates')
    .whereIn('pathway_id', pathwayIds)
    .whereNotIn('state', ['void', 'superseded'])
    .select('id', 'pathway_id', 'state', 'payload_hash', 'allocated_at')
    .select(
      tx.raw(
        "(SELECT count(*) FROM certificate_events e WHERE e.certificate_id = certificates.id AND e.kind = 'rendered') AS rendered",
      ),
    );
  return {
    points: groupBy(points, (point) => point.pathway_id),
    conclusions,
    notices: new Map(notices.map((notice) => [notice.decision_id, notice])),
    signOffs: new Map(signOffs.map((answer) => [answer.decision_id, answer])),
    certificates: new Map(certificates.map((certificate) => [certificate.pathway_id, certificate])),
  };
}
