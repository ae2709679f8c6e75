import { keysetPage } from '../../db/keyset.ts';
import type { Query } from '../../db/tx.ts';
import type { ApplicationView } from '../../schemas/api/outcomes.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';

interface ApplicationRow {
  id: string;
  student: string;
  student_no: string;
  name: string;
  outcome_id: string;
  outcome_name: string;
  kind: ApplicationView['outcomeKind'];
  applied_on: string;
  at: string;
  spent: string | null;
}

interface CourseRow {
  application_id: string;
  id: string;
  code: string;
  name: string;
  decision: string;
  outcome: string;
  credits: number | null;
  score: number | null;
}

export interface ListApplications {
  limit: number;
  cursor?: string | undefined;
  studentId?: string | undefined;
}

/** 学分认定申请, newest first, each course with what was decided. */
export async function listApplications(
  { db }: Register,
  by: Principal,
  { limit, cursor, studentId }: ListApplications,
): Promise<{ items: ApplicationView[]; next: string | null }> {
  const query = inScope(fromStudents(db.reader), by, studentScope)
    .join('credit_applications as a', 'a.enrolment_id', 'e.id')
    .join('learning_outcomes as o', 'o.id', 'a.outcome_id')
    .leftJoin('credit_spendings as s', 's.application_id', 'a.id')
    .select({
      id: 'a.id',
      student: 'e.id',
      student_no: 'e.student_no',
      name: 'p.name',
      outcome_id: 'o.id',
      outcome_name: 'o.name',
      kind: 'o.kind',
    })
    .select({ applied_on: 'a.applied_on', at: 'a.at', spent: 's.application_id' });
  if (studentId !== undefined) void query.where('e.id', studentId);
  const page = await keysetPage<ApplicationRow>(query, {
    id: 'a.id',
    order: ['a.at'],
    direction: 'desc',
    cursor,
    limit,
  });
  const courses = await coursesOf(
    db.reader,
    page.rows.map(({ id }) => id),
  );
  return { items: page.rows.map((row) => applicationView(row, courses.get(row.id) ?? [])), next: page.next };
}

async function coursesOf(query: Query, ids: readonly string[]): Promise<Map<string, CourseRow[]>> {
  const rows: CourseRow[] = await query('outcome_courses as x')
    .join('courses as c', 'c.id', 'x.course_id')
    .join('decisions as d', 'd.subject_id', 'x.id')
    .leftJoin('credit_entries as t', 't.decision_id', 'd.id')
    .whereIn('x.application_id', ids)
    .orderBy('c.code')
    .select({
      application_id: 'x.application_id',
      id: 'c.id',
      code: 'c.code',
      name: 'c.name',
      decision: 'd.id',
      outcome: 'd.outcome_type',
      credits: 't.credits',
      score: 't.score',
    });
  return groupBy(rows, (row) => row.application_id);
}

function applicationView(row: ApplicationRow, courses: readonly CourseRow[]): ApplicationView {
  return {
    id: row.id,
    studentId: row.student,
    studentNo: row.student_no,
    studentName: row.name,
    outcomeId: row.outcome_id,
    outcomeName: row.outcome_name,
    outcomeKind: row.kind,
    appliedOn: row.applied_on,
    at: row.at,
    spent: row.spent !== null,
    courses: courses.map(({ id, code, name, decision, outcome, credits, score }) => ({
      id,
      code,
      name,
      decisionId: decision,
      outcome,
      credits: Number(credits ?? 0),
      score: score === null ? null : Number(score),
    })),
  };
}
