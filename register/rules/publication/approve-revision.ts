import { appendLeaf } from '../../../db/audit.ts';
import { enqueueNudge } from '../../../db/outbox.ts';
import type { Call, Tx } from '../../../db/tx.ts';
import { writeTx } from '../../../db/write-tx.ts';
import { Problem } from '../../../schemas/problem.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { approvalsNeeded, editorsOf, isAmong } from '../publication.ts';
import { findRevision } from '../revision-row.ts';
import type { RevisionRow } from '../revision-row.ts';
import { refuseOpenFindings } from './proofs.ts';
import { loadPublication } from './publication-file.ts';
import type { Publication } from './publication-file.ts';

export interface ApproveRevision {
  revisionId: string;
  hash: string;
  /** The difference and the preview that were looked at; nothing where the college has no decision yet. */
  difference?: string | undefined;
  preview?: string | undefined;
}

/** What an approver had before them, all three hashes. */
export interface Tuple {
  document: string;
  difference: string;
  /** Empty where no preview is asked. */
  preview: string;
}

/** Approval of one frozen hash, its difference and its preview, by a person who edited none of it. */
export async function approveRevision(
  register: Register,
  call: Call<ApproveRevision>,
): Promise<{ approvals: number; needed: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'approveRevision', ...call }, async (tx) => {
    const revision = await frozenRevision(tx, { id: input.revisionId, collegeId: by.collegeId, hash: input.hash });
    const publication = await loadPublication(register, tx, revision);
    const tuple = publication.gate ? await provedTuple(tx, publication) : null;
    if (tuple && (tuple.difference !== input.difference || tuple.preview !== (input.preview ?? '')))
      throw new Problem('rule_proofs_changed', [], { difference: tuple.difference, preview: tuple.preview });
    const approvers = await approversOf(tx, revision, tuple);
    if (await isAmong(tx, by.userId, [...(await editorsOf(tx, revision)), ...approvers]))
      throw new Problem('second_person_required');
    await insertApproval(register, tx, { revision, userId: by.userId, tuple });
    await enqueueNudge(tx, { workflowType: 'rulePublication', caseId: revision.id });
    return { approvals: approvers.length + 1, needed: await approvalsNeeded(tx, revision, publication.now) };
  });
}

/** The revision, still waiting, and the very document that was read. */
export async function frozenRevision(
  tx: Tx,
  { id, collegeId, hash }: { id: string; collegeId: string | null; hash: string },
): Promise<RevisionRow> {
  const revision = await findRevision(tx, { id, college_id: collegeId });
  if (!revision) throw new Problem('not_found');
  if (revision.hash !== hash) throw new Problem('rule_hash_mismatch');
  const events: { kind: string }[] = await tx('rule_events').where({ revision_id: id }).select('kind');
  if (events.some(({ kind }) => kind === 'withdrawn')) throw new Problem('rule_not_frozen');
  if (events.length > 0) throw new Problem('rule_already_published');
  return revision;
}

/** The three hashes an approval is bound to; refused while one of them is wanting or stale. */
export async function provedTuple(tx: Tx, publication: Publication): Promise<Tuple> {
  const { revision, proof, preview } = publication;
  if (!proof) throw new Problem('rule_proofs_missing');
  refuseOpenFindings(
    { tests: JSON.parse(proof.tests), analysis: JSON.parse(proof.analysis) },
    await tx('rule_waivers').where({ revision_id: revision.id }).pluck('finding'),
  );
  const tuple = { document: revision.hash, difference: proof.difference_hash, preview: '' };
  if (!publication.previewAsked) return tuple;
  if (preview?.state !== 'done') throw new Problem('rule_preview_missing', [], { state: preview?.state });
  if (preview.standing !== 'holds') throw new Problem('rule_preview_outdated');
  return { ...tuple, preview: preview.hash };
}

/** Who has approved this document, and where proofs are asked, these very proofs. */
export async function approversOf(tx: Tx, revision: RevisionRow, tuple: Tuple | null): Promise<string[]> {
  const approved: string[] = await tx('rule_approvals')
    .where({ revision_id: revision.id, hash: revision.hash })
    .orderBy(['at', 'id'])
    .pluck('approver_id');
  if (!tuple) return approved;
  const bound = new Set(await tx('rule_approved_proofs').where(tupleColumns(revision, tuple)).pluck('approver_id'));
  return approved.filter((id) => bound.has(id));
}

function tupleColumns({ id }: RevisionRow, { document, difference, preview }: Tuple) {
  return { revision_id: id, document_hash: document, difference_hash: difference, preview_hash: preview };
}

interface Approval {
  revision: RevisionRow;
  userId: string;
  tuple: Tuple | null;
}

/** One row for the document, once a person; one for each set of proofs they had before them. */
async function insertApproval(register: Register, tx: Tx, { revision, userId, tuple }: Approval): Promise<void> {
  const { now: at } = await collegeTime(tx, register.systemClock, revision.college_id);
  const mac = (table: string, row: Record<string, string>) => ({ ...row, mac: register.db.keys.rowMac(table, row) });
  const known = await tx('rule_approvals').where({ revision_id: revision.id, approver_id: userId }).first('id');
  if (!known) {
    const id = register.newId('approval');
    const row = { id, revision_id: revision.id, hash: revision.hash, approver_id: userId, at };
    await tx('rule_approvals').insert(mac('rule_approvals', row));
  }
  if (tuple) {
    const row = { id: register.newId('approval'), ...tupleColumns(revision, tuple), approver_id: userId, at };
    await tx('rule_approved_proofs').insert(mac('rule_approved_proofs', row));
  }
  await appendLeaf(tx, {
    kind: 'rule_approved',
    object: { type: 'rule_revision', id: revision.id },
    body: { hash: revision.hash, ...(tuple && { difference: tuple.difference, preview: tuple.preview }) },
  });
}
