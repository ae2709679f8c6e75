import type { Tx } from '../../db/tx.ts';

export interface DecisionRow {
  id: string;
  college_id: string;
  case_id: string;
  pathway_id: string;
  purpose: string;
  outcome_type: string;
  rule_hash: string;
  hash: string;
  record: string;
  decided_at: string;
  superseded: boolean;
}

/** A decision of this case, and whether a later one has taken its place. */
export async function loadDecisionFor(tx: Tx, caseId: string, decisionId: string): Promise<DecisionRow | undefined> {
  const row = await tx('decisions').where({ id: decisionId, case_id: caseId }).first();
  if (!row) return undefined;
  const later = await tx('decisions').where({ supersedes: decisionId }).first('id');
  return { ...row, superseded: later !== undefined };
}

export interface CertificateRow {
  id: string;
  college_id: string;
  person_id: string;
  enrolment_id: string;
  pathway_id: string;
  type: 'diploma' | 'skill';
  number: string;
  verification_id: string;
  payload: string;
  payload_hash: string;
  issued_on: string;
  state: string;
  version: number;
}

export async function loadCertificateFor(tx: Tx, caseId: string, id: string): Promise<CertificateRow | undefined> {
  return tx('certificates').where({ id, enrolment_id: caseId }).first();
}

interface CertificateEvent {
  id: string;
  certificateId: string;
  kind: string;
  body?: Record<string, string>;
  reason?: string;
  actorId: string;
  at: string;
}

/** Appends the next event of a certificate; the unique ordinal lets only one of two racing writers through. */
export async function appendCertificateEvent(
  tx: Tx,
  { id, certificateId, kind, body = {}, reason, actorId, at }: CertificateEvent,
): Promise<void> {
  const last = await tx('certificate_events')
    .where({ certificate_id: certificateId })
    .max({ ordinal: 'ordinal' })
    .first();
  await tx('certificate_events').insert({
    id,
    certificate_id: certificateId,
    ordinal: Number(last?.ordinal ?? 0) + 1,
    kind,
    body: JSON.stringify(body),
    reason: reason ?? null,
    actor_id: actorId,
    at,
  });
}
