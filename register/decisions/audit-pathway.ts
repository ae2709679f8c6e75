import { appendLeaf } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { requireEnrolmentInScope } from '../students/require-in-scope.ts';

/** 审核: puts the pathway before its conclusion now. The decision follows, and is recorded only if it says something new. */
export async function auditPathway(
  register: Register,
  call: Call<{ pathwayId: string }>,
): Promise<{ pathway: string; point: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'auditPathway', ...call }, async (tx) => {
    const pathway = await tx('pathways')
      .where({ id: input.pathwayId, college_id: by.collegeId })
      .first('enrolment_id', 'college_id', 'closed_at');
    if (!pathway) throw new Problem('not_found');
    await requireEnrolmentInScope(tx, by, pathway.enrolment_id);
    if (pathway.closed_at !== null) throw new Problem('pathway_closed');
    const { now } = await collegeTime(tx, register.systemClock, pathway.college_id);
    const id = register.newId('event');
    await tx('decision_points').insert({ id, pathway_id: input.pathwayId, kind: 'audit', key: id, reached_at: now });
    await appendLeaf(tx, { kind: 'audit_asked', object: { type: 'pathway', id: input.pathwayId } });
    await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: pathway.enrolment_id });
    return { pathway: input.pathwayId, point: id };
  });
}
