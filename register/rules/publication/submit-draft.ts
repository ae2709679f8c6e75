import { appendLeaf } from '../../../db/audit.ts';
import { readTx } from '../../../db/read-tx.ts';
import { insertRows } from '../../../db/rows.ts';
import type { Call, Tx } from '../../../db/tx.ts';
import { expectVersion, updateVersioned } from '../../../db/versions.ts';
import { writeTx } from '../../../db/write-tx.ts';
import { addWorkingDays } from '../../../rules/working-days.ts';
import { addDays } from '../../../schemas/time.ts';
import { readCalendar } from '../../college/calendar.ts';
import { Problem } from '../../../schemas/problem.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { findDraft, openDraft } from '../drafts/draft-rows.ts';
import type { DraftRow } from '../drafts/draft-rows.ts';
import { saysWhy } from '../drafts/fresh-document.ts';
import { insertRevision, numbered } from '../freeze-revision.ts';
import type { Frozen } from '../freeze-revision.ts';
import { inForce } from '../revision-row.ts';
import { insertProof, proveDocument, refuseOpenFindings } from './proofs.ts';

export interface Waiver {
  /** A finding by its name. */
  finding: string;
  reason: string;
}

/** Approvers are reminded after two working days; after thirty days what nobody approved is taken back. */
const REMIND_AFTER = 2;
const EXPIRES_AFTER = 30;

/**
 * Submits a draft for publication: proved, then frozen with its proofs under one hash. Errors of the analysis stand in the
 * way until they are corrected or waived by name. What is approved later is this hash and nothing else.
 */
export async function submitDraft(
  register: Register,
  call: Call<{ id: string; waivers?: Waiver[] | undefined }>,
): Promise<Frozen> {
  const { by, input } = call;
  const draft = await findDraft(register.db.reader, { id: input.id, collegeId: by.collegeId });
  const { last, loaded } = await numbered(register, { document: JSON.parse(draft.document), by });
  if (!saysWhy(loaded.doc))
    throw new Problem('rule_document_faulty', [{ pointer: '/change/reason', code: 'reason_required' }]);
  const base = await readTx(register.db, async (tx) => {
    const { today } = await collegeTime(tx, register.systemClock, draft.college_id);
    return (await inForce(tx, { collegeId: by.collegeId, ruleSet: loaded.doc.id, today })) ?? null;
  });
  const proof = await proveDocument(register, { loaded, base, collegeId: draft.college_id });
  const waivers = input.waivers ?? [];
  refuseOpenFindings(
    proof,
    waivers.map(({ finding }) => finding),
  );
  return writeTx(register.db, { command: 'submitDraft', ...call }, async (tx) => {
    const still = await openDraft(tx, { id: draft.id, collegeId: by.collegeId });
    expectVersion(still, call.ifMatch);
    const frozen = await insertRevision(register, tx, { loaded, last, by });
    await insertProof(register, tx, { revisionId: frozen.revision, proof });
    await insertWaivers(register, tx, { frozen, waivers, by: by.userId });
    await noteSubmission(register, tx, { draft: still, frozen, by: by.userId });
    return frozen;
  });
}

async function insertWaivers(
  register: Register,
  tx: Tx,
  { frozen, waivers, by }: { frozen: Frozen; waivers: readonly Waiver[]; by: string },
): Promise<void> {
  const about = { revision_id: frozen.revision, document_hash: frozen.hash, waived_by: by };
  const at = register.systemClock.now();
  const rows = waivers.map(({ finding, reason }) => ({ id: register.newId('waiver'), ...about, finding, reason, at }));
  await insertRows(tx, 'rule_waivers', rows);
  for (const { finding, reason } of waivers)
    await appendLeaf(tx, {
      kind: 'rule_finding_waived',
      object: { type: 'rule_revision', id: frozen.revision },
      reason,
      body: { finding },
    });
}

async function noteSubmission(
  register: Register,
  tx: Tx,
  { draft, frozen, by }: { draft: DraftRow; frozen: Frozen; by: string },
): Promise<void> {
  const { now, today } = await collegeTime(tx, register.systemClock, draft.college_id);
  await tx('rule_submissions').insert({
    revision_id: frozen.revision,
    draft_id: draft.id,
    submitted_by: by,
    at: now,
    remind_on: addWorkingDays(today, REMIND_AFTER, await readCalendar(tx)),
    expires_on: addDays(today, EXPIRES_AFTER),
  });
  const editors: string[] = await tx('rule_draft_editors').where({ draft_id: draft.id }).pluck('user_id');
  const all = [...new Set([...editors, by])].sort();
  await insertRows(
    tx,
    'rule_revision_editors',
    all.map((user_id) => ({ revision_id: frozen.revision, user_id })),
  );
  const ended = {
    ended_at: register.systemClock.now(),
    ended_because: 'submitted',
    revision_id: frozen.revision,
  };
  await updateVersioned(tx, 'rule_drafts', { id: draft.id, version: draft.version, patch: ended });
}
