import { appendLeaf } from '../../db/audit.ts';
import { lockCase } from '../../db/case-watch.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { eventSeqOf } from '../cases/event-seq.ts';
import { collegeTime } from '../college/clock.ts';
import { noRuleProblem } from '../facts/no-rule.ts';
import type { Register } from '../register.ts';
import { requireEnrolmentInScope } from '../students/require-in-scope.ts';
import { readGround, workOutAll } from '../verdicts/work-out.ts';
import { barsBetween } from './bars.ts';

export interface SignOffInput {
  pathwayId: string;
  answer: 'approved' | 'refused';
  reason?: string;
}

/**
 * 签发: an officer who is not barred answers the last decision after its public notice. The verdict is worked out once more:
 * what no longer holds is not signed. A refusal needs a reason and returns the pathway to deciding.
 */
export async function signOff(
  register: Register,
  call: Call<SignOffInput>,
): Promise<{ signOff: string; pathway: string }> {
  const { input, by } = call;
  if (input.answer === 'refused' && !input.reason?.trim())
    throw new Problem('bad_input', [{ pointer: '/reason', code: 'reason_required' }]);
  const seen = await readTx(register.db, (tx) => verdictNow(register, tx, input.pathwayId));
  if (by.collegeId !== seen.collegeId) throw new Problem('not_found');
  return writeTx(register.db, { command: 'signOff', ...call }, async (tx) => {
    await requireEnrolmentInScope(tx, by, seen.caseId);
    const open = await openDecision(tx, input.pathwayId);
    if ((await lockCase(tx, { workflowType: 'studentPathway', caseId: seen.caseId })) !== seen.eventSeq)
      throw new Problem('stale');
    if (input.answer === 'approved' && seen.noRule) throw noRuleProblem(seen.noRule);
    if (input.answer === 'approved' && seen.verdict !== 'grant') throw new Problem('verdict_changed');
    const bars = await barsBetween(tx, { officerId: by.userId, enrolmentId: seen.caseId });
    if (bars.length > 0)
      throw new Problem(
        'barred_person',
        bars.map((bar) => ({ pointer: '', code: `barred_${bar}` })),
      );
    const { now } = await collegeTime(tx, register.systemClock, seen.collegeId);
    const row = {
      id: register.newId('signOff'),
      pathway_id: input.pathwayId,
      decision_id: open.decisionId,
      notice_id: open.noticeId,
      answer: input.answer,
      reason: input.reason ?? null,
      officer_id: by.userId,
      at: now,
    };
    await tx('sign_offs').insert({ ...row, mac: register.db.keys.rowMac('sign_offs', row) });
    await appendLeaf(tx, {
      kind: 'signed_off',
      object: { type: 'sign_off', id: row.id },
      body: { answer: input.answer, decision: open.decisionId },
    });
    await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: seen.caseId });
    return { signOff: row.id, pathway: input.pathwayId };
  });
}

async function verdictNow(register: Register, tx: Tx, pathwayId: string) {
  const pathway = await tx('pathways').where({ id: pathwayId }).first('enrolment_id', 'college_id');
  if (!pathway) throw new Problem('not_found');
  const time = await collegeTime(tx, register.systemClock, pathway.college_id);
  const eventSeq = await eventSeqOf(tx, pathway.enrolment_id);
  const [worked] = workOutAll(await readGround(tx, { collegeId: pathway.college_id, pathwayIds: [pathwayId], time }));
  return {
    collegeId: pathway.college_id as string,
    caseId: pathway.enrolment_id as string,
    eventSeq,
    verdict: worked?.verdict.type,
    noRule: worked && 'noRule' in worked.selected ? worked.selected : null,
  };
}

/** The granted decision whose notice is over and that nobody has answered. */
async function openDecision(tx: Tx, pathwayId: string): Promise<{ decisionId: string; noticeId: string }> {
  const row = await tx('public_notices')
    .join('decisions', 'decisions.id', 'public_notices.decision_id')
    .leftJoin('sign_offs', 'sign_offs.decision_id', 'decisions.id')
    .where('public_notices.pathway_id', pathwayId)
    .whereNotNull('public_notices.closed_at')
    .whereNull('sign_offs.id')
    .whereNotExists(tx('decisions as later').whereRaw('later.supersedes = decisions.id').select('later.id'))
    .first({ decisionId: 'decisions.id', noticeId: 'public_notices.id' });
  if (!row) throw new Problem('not_awaiting_sign_off');
  return row;
}
