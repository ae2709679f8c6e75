import { matchOutcome } from '../../register/outcomes/match-outcome.ts';
import type { OutcomeRow } from '../../register/facts/rows.ts';
import type { College, Student } from '../support/college.ts';

export type SomeOutcome = Partial<Omit<OutcomeRow, 'id' | 'enrolment_id'>> & { kind: string };

/** An outcome as its import leaves it; unless said otherwise verified, valid and earned in the programme's occupation. */
export async function anOutcome({ register, id }: College, student: Student, outcome: SomeOutcome): Promise<string> {
  const row = {
    id: register.newId('outcome'),
    college_id: id,
    enrolment_id: student.enrolment,
    origin: 'outside',
    name: '电工',
    occupation_code: outcome.kind === 'skill_certificate' ? '6-31-01-03' : null,
    issuer: 'test',
    issued_on: '2024-06-01',
    expires_on: '2030-06-01',
    verified: 1,
    created_at: register.db.clock.now(),
    version: 1,
    ...outcome,
  };
  await register.db.writer('learning_outcomes').insert(row);
  return row.id;
}

interface SomeCourse {
  code: string;
  credits: number;
  kind?: string;
  required?: 0 | 1;
  /** Share of its content that outcomes of that kind and name cover, hundredths of a percent. */
  covered?: {
    kind: 'skill_certificate' | 'x_certificate' | 'contest_award' | 'prior_course';
    name: string;
    overlap: number;
  }[];
}

/** One more course of the plan's last term, with what outcomes cover of it. */
export async function aCourse(
  college: College,
  { code, credits, kind = 'professional_core', required = 0, covered = [] }: SomeCourse,
): Promise<string> {
  const { register, id: collegeId, plan } = college;
  const { writer } = register.db;
  const id = register.newId('course');
  await writer('courses').insert({ id, college_id: collegeId, code, name: `课程 ${code}`, kind });
  await writer('plan_courses').insert({
    plan_id: plan,
    course_id: id,
    term_no: 6,
    credits,
    hours: 32,
    practice_hours: 0,
    required,
  });
  for (const { name, ...match } of covered)
    await matchOutcome(
      register,
      college.call('registrar', { ...match, outcomeName: name, level: '', courseCode: code, source: 'test' }),
    );
  return id;
}
