import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';

export interface MatchOutcome {
  kind: 'skill_certificate' | 'x_certificate' | 'occupational_qualification' | 'contest_award' | 'prior_course';
  outcomeName: string;
  /** Empty: whatever the level. */
  level: string;
  courseCode: string;
  /** Hundredths of a percent of the course's content that the outcome covers. */
  overlap: number;
  source: string;
}

/** Records how far an outcome's content covers a course: what the credit rules compare with their least overlap. */
export async function matchOutcome(register: Register, call: Call<MatchOutcome>): Promise<{ match: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'matchOutcome', ...call }, async (tx) => {
    const course = await tx('courses').where({ college_id: by.collegeId, code: input.courseCode }).first('id');
    if (!course) throw new Problem('bad_input', [{ pointer: '/courseCode', code: 'course_unknown' }]);
    const key = {
      college_id: by.collegeId,
      kind: input.kind,
      outcome_name: input.outcomeName,
      level: input.level,
      course_id: course.id,
    };
    const id = register.newId('event');
    await tx('outcome_course_matches')
      .insert({ id, ...key, overlap: input.overlap, source: input.source })
      .onConflict(['college_id', 'kind', 'outcome_name', 'level', 'course_id'])
      .merge(['overlap', 'source']);
    await appendLeaf(tx, {
      kind: 'outcome_matched',
      object: { type: 'course', id: course.id },
      body: { overlap: input.overlap },
    });
    return { match: id };
  });
}
