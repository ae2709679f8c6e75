import { appendLeaf } from '../../db/audit.ts';
import type { Actor, Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Register } from '../register.ts';
import { isPrincipal } from '../students/require-in-scope.ts';
import { courseScope } from '../teaching/sheet-scope.ts';

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
    const course = await courseOf(tx, by, input.courseCode);
    if (!course) throw new Problem('bad_input', [{ pointer: '/courseCode', code: 'course_unknown' }]);
    const key = {
      college_id: by.collegeId,
      kind: input.kind,
      outcome_name: input.outcomeName,
      level: input.level,
      course_id: course.id,
    };
    const known = await tx('outcome_course_matches').where(key).first<{ id: string } | undefined>('id');
    const id = known?.id ?? register.newId('event');
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

/** Somebody signed in judges only the courses within their scope. */
async function courseOf(tx: Tx, by: Actor, code: string): Promise<{ id: string } | undefined> {
  const query = tx('courses as c').where({ 'c.college_id': by.collegeId, 'c.code': code }).select('c.id');
  const [course]: { id: string }[] = await (isPrincipal(by) ? inScope(query, by, courseScope) : query);
  return course;
}
