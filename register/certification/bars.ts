import type { Tx } from '../../db/tx.ts';
import type { Bar } from '../../rules/recusal.ts';
import { barsOnSignOff } from '../../rules/recusal.ts';

interface Question {
  officerId: string;
  enrolmentId: string;
}

/** The bars between an officer and a student's case, read from what the officer has done and teaches. */
export async function barsBetween(tx: Tx, { officerId, enrolmentId }: Question): Promise<Bar[]> {
  const officer = await tx('users').where({ id: officerId }).first('person_id');
  const enrolment = await tx('enrolments').where({ id: enrolmentId }).first('person_id', 'class_id');
  const score = await tx('score_events')
    .where({ enrolment_id: enrolmentId, actor_id: officerId, batch_id: null })
    .first('id');
  const result = await tx('assessment_results')
    .join('pathways', 'pathways.id', 'assessment_results.pathway_id')
    .where({ 'pathways.enrolment_id': enrolmentId, 'assessment_results.actor_id': officerId })
    .first('assessment_results.id');
  const teaches = await tx('offerings')
    .where({ class_id: enrolment?.class_id ?? '', teacher_id: officerId })
    .first('id');
  return barsOnSignOff({
    self: typeof officer?.person_id === 'string' && officer.person_id === enrolment?.person_id,
    enteredScores: score !== undefined,
    enteredResult: result !== undefined,
    teachesClass: teaches !== undefined,
  });
}
