import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { bestAttempt } from '../../rules/derived/course-result.ts';
import type { CourseResult } from '../../rules/derived/course-result.ts';
import { courseStanding } from '../../rules/derived/standing.ts';
import type { CoverageView } from '../../schemas/api/plans.ts';
import type { StudentCourses } from '../../schemas/api/students.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import { listTerms } from '../college/terms.ts';
import { courseRecords } from '../facts/courses.ts';
import type { CourseRecord } from '../facts/courses.ts';
import { readPolicies } from '../facts/policy.ts';
import { groupBy, loadCreditEntries, loadCurrentScores, loadPlanCourses } from '../facts/rows.ts';
import { planTermNo } from '../facts/term-no.ts';
import { coverageOf } from '../plans/coverage.ts';
import type { ResultHere } from '../plans/coverage.ts';
import type { Register } from '../register.ts';
import { openRuleBook } from '../rules/rule-book.ts';
import { studentInScope } from './read-student.ts';

type Item = StudentCourses['items'][number];
type Result = Item['best'];

interface Student {
  enrolmentId: string;
  collegeId: string;
  planId: string;
  enrolledOn: string;
}

/** The plan course by course, with every attempt, its components, and what was converted. */
export async function readStudentCourses(register: Register, by: Principal, id: string): Promise<StudentCourses> {
  return readTx(register.db, async (tx) => {
    const row = await studentInScope(tx, by, id);
    const student = { enrolmentId: id, collegeId: by.collegeId!, planId: row.plan_id, enrolledOn: row.enrolled_on };
    const records = await recordsOf(register, tx, student);
    const passMark = await passMarkOf(register, tx, student);
    const parts = await loadParts(tx, student);
    const plan = await tx('plans').where({ id: row.plan_id }).first('total_credits');
    const items = records.map((record) => itemOf(record, { ...parts, passMark }));
    const earned = items.filter(({ passed }) => passed).reduce((sum, { credits }) => sum + credits, 0);
    return {
      passMark,
      creditsNeeded: Number(plan?.total_credits ?? 0),
      creditsEarned: passMark === null ? null : earned,
      items,
    };
  });
}

/** The units of the targets with this student's results beside the courses that cover them. */
export async function readStudentCoverage(register: Register, by: Principal, id: string): Promise<CoverageView> {
  return readTx(register.db, async (tx) => {
    const row = await studentInScope(tx, by, id);
    const records = await recordsOf(register, tx, {
      enrolmentId: id,
      collegeId: by.collegeId!,
      planId: row.plan_id,
      enrolledOn: row.enrolled_on,
    });
    const results = new Map<string, ResultHere>(records.map(({ courseId, best }) => [courseId, resultView(best)]));
    return coverageOf(tx, row.plan_id, results);
  });
}

async function recordsOf(
  { systemClock }: Register,
  tx: Tx,
  { enrolmentId, collegeId, planId, enrolledOn }: Student,
): Promise<CourseRecord[]> {
  const { today } = await collegeTime(tx, systemClock, collegeId);
  return courseRecords({
    courses: (await loadPlanCourses(tx, [planId])).get(planId) ?? [],
    scores: (await loadCurrentScores(tx, [enrolmentId])).get(enrolmentId) ?? [],
    credits: (await loadCreditEntries(tx, [enrolmentId])).get(enrolmentId) ?? [],
    termNo: planTermNo(await listTerms(tx, collegeId), enrolledOn, today),
  });
}

/** Without a policy in force nothing is said to be passed; the page shows results all the same. */
async function passMarkOf({ systemClock }: Register, tx: Tx, { collegeId, planId }: Student): Promise<number | null> {
  const { now } = await collegeTime(tx, systemClock, collegeId);
  const policy = (await readPolicies(tx, await openRuleBook(tx, collegeId, now), [planId])).get(planId);
  return policy && 'passMark' in policy ? policy.passMark : null;
}

async function loadParts(tx: Tx, { enrolmentId, planId }: Student) {
  const courses: { id: string; code: string; name: string; kind: string }[] = await tx('courses as c')
    .join('plan_courses as x', 'x.course_id', 'c.id')
    .where('x.plan_id', planId)
    .select('c.id', 'c.code', 'c.name', 'c.kind');
  const scores: ScoreRow[] = await tx('current_scores as s')
    .leftJoin('scheme_components as m', 'm.id', 's.component_key')
    .where('s.enrolment_id', enrolmentId)
    .orderBy(['s.course_id', 's.attempt', 'm.ordinal', 's.component_key'])
    .select('s.course_id', 's.attempt', 's.weight', 's.max_score', 's.value', 's.mark', 's.sheet_id', 'm.name');
  const credits: CreditRow[] = await tx('credit_entries')
    .where({ enrolment_id: enrolmentId })
    .select('course_id', 'credits', 'score', 'outcome_id', 'decision_id');
  return {
    courses: new Map(courses.map((course) => [course.id, course])),
    scores: groupBy(scores, (row) => row.course_id),
    credits: new Map(credits.map((row) => [row.course_id, row])),
  };
}

type Component = Item['attempts'][number]['components'][number];

interface ScoreRow {
  course_id: string;
  attempt: number;
  weight: number;
  max_score: number;
  value: number | null;
  mark: Component['mark'];
  sheet_id: string;
  name: string | null;
}

interface CreditRow {
  course_id: string;
  credits: number;
  score: number;
  outcome_id: string;
  decision_id: string;
}

type Parts = Awaited<ReturnType<typeof loadParts>> & { passMark: number | null };

function itemOf(record: CourseRecord, { courses, scores, credits, passMark }: Parts): Item {
  const entry = credits.get(record.courseId);
  const standing = passMark === null ? null : courseStanding(record, passMark);
  const attempts = [...groupBy(scores.get(record.courseId) ?? [], (row) => String(row.attempt)).values()];
  return {
    course: courses.get(record.courseId)!,
    termNo: record.termNo,
    credits: record.credits,
    required: record.required,
    standing,
    passed: standing === null ? null : standing === 'passed',
    converted: entry
      ? {
          credits: Number(entry.credits),
          score: Number(entry.score),
          outcomeId: entry.outcome_id,
          decisionId: entry.decision_id,
        }
      : null,
    best: resultView(bestAttempt(record.attempts)),
    // courseRecords keeps attempts in the order of the rows, one result each
    attempts: attempts.map((rows, index) => ({
      attempt: Number(rows[0]!.attempt),
      result: resultView(record.attempts[index]!),
      components: rows.map(componentOf),
    })),
  };
}

function componentOf({ name, weight, max_score: maxScore, value, mark, sheet_id: sheetId }: ScoreRow): Component {
  return {
    name,
    weight: Number(weight),
    maxScore: Number(maxScore),
    value: value === null ? null : Number(value),
    mark,
    sheetId,
  };
}

function resultView(result: CourseResult): Result {
  if (result.kind === 'result') return { kind: 'result', value: result.value, mark: result.mark };
  return { kind: result.kind, value: null, mark: null };
}
