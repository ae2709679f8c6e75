import { appendLeaf } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { requireEnrolmentInScope } from '../students/require-in-scope.ts';

/** 申报: a student asks to sit the assessment of a level; whether the conditions are met is decided at this point. */
export async function applyForAssessment(
  register: Register,
  call: Call<{ pathwayId: string }>,
): Promise<{ pathway: string; appliedOn: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'applyForAssessment', ...call }, async (tx) => {
    const pathway = await openSkillPathway(tx, input.pathwayId);
    if (pathway.college_id !== by.collegeId) throw new Problem('not_found');
    await requireEnrolmentInScope(tx, by, pathway.enrolment_id);
    if (pathway.applied_on !== null) throw new Problem('already_applied');
    const { now, today } = await collegeTime(tx, register.systemClock, pathway.college_id);
    await tx('pathways').where({ id: input.pathwayId, applied_on: null }).update({ applied_on: today });
    await tx('decision_points').insert({
      id: register.newId('event'),
      pathway_id: input.pathwayId,
      kind: 'application',
      key: today,
      reached_at: now,
    });
    await appendLeaf(tx, { kind: 'applied_for_assessment', object: { type: 'pathway', id: input.pathwayId } });
    await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: pathway.enrolment_id });
    return { pathway: input.pathwayId, appliedOn: today };
  });
}

async function openSkillPathway(
  tx: Tx,
  id: string,
): Promise<{ college_id: string; enrolment_id: string; applied_on: string | null }> {
  const pathway = await tx('pathways')
    .where({ id, type: 'skill' })
    .first('college_id', 'enrolment_id', 'applied_on', 'closed_at');
  if (!pathway) throw new Problem('not_found');
  if (pathway.closed_at !== null) throw new Problem('pathway_closed');
  return pathway;
}
