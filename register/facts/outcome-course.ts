import type { Tx } from '../../db/tx.ts';
import { isPast, wholeMonths } from '../../rules/derived/dates.ts';
import { occupationRelation } from '../../rules/derived/occupation.ts';
import { coursePassed } from '../../rules/derived/standing.ts';
import type { Facts } from '../../rules/verdict.ts';
import type { Provenance } from '../../schemas/decision.ts';
import { Problem } from '../../schemas/problem.ts';
import { dateNumber } from '../../schemas/time.ts';
import type { CollegeTime } from '../college/clock.ts';
import { listTerms } from '../college/terms.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { courseRecords } from './courses.ts';
import type { CourseRecord } from './courses.ts';
import { readOccupations } from './occupations.ts';
import { readPolicies } from './policy.ts';
import type { Policy } from './policy.ts';
import { provenanceOf } from './provenance.ts';
import { loadCreditEntries, loadCurrentScores, loadPlanCourses } from './rows.ts';
import type { CreditRow, OutcomeRow } from './rows.ts';
import { planTermNo } from './term-no.ts';

/** What of an outcome the rules look at: a stored one, or one somebody only asks about. */
export type OutcomeAsked = Omit<OutcomeRow, 'id' | 'enrolment_id' | 'origin'> & { id: string | null };

export interface CourseFacts {
  courseId: string;
  courseCredits: number;
  facts: Facts;
  provenance(): Provenance;
}

export interface CreditGround {
  enrolment: EnrolmentRow;
  policy: Policy;
  /** Tenths of the whole plan. */
  planCredits: number;
  spent: readonly CreditRow[];
  courses: CourseFacts[];
}

interface EnrolmentRow {
  id: string;
  college_id: string;
  person_id: string;
  plan_id: string;
  status: string;
  enrolled_on: string;
  total_credits: number;
}

interface Question {
  book: RuleBook;
  time: CollegeTime;
  enrolmentId: string;
  outcome: OutcomeAsked;
  /** The courses asked about; all of the plan that the catalogue of matches names when absent. */
  courseIds?: readonly string[] | undefined;
  appliedOn: string;
}

/** The facts of one outcome against courses of a student's plan (subject `outcome_course`). */
export async function readCreditGround(
  tx: Tx,
  { book, time, enrolmentId, outcome, courseIds, appliedOn }: Question,
): Promise<CreditGround> {
  const enrolment = await findEnrolment(tx, enrolmentId, book.collegeId);
  const policy = (await readPolicies(tx, book, [enrolment.plan_id])).get(enrolment.plan_id) as Policy; // answered or thrown
  const planCourses = (await loadPlanCourses(tx, [enrolment.plan_id])).get(enrolment.plan_id) ?? [];
  const spent = (await loadCreditEntries(tx, [enrolmentId])).get(enrolmentId) ?? [];
  const termNo = planTermNo(await listTerms(tx, book.collegeId), enrolment.enrolled_on, time.today);
  const scores = (await loadCurrentScores(tx, [enrolmentId])).get(enrolmentId) ?? [];
  const records = courseRecords({ courses: planCourses, scores, credits: spent, termNo });
  const overlaps = await readOverlaps(tx, book.collegeId, outcome);
  const relation = occupationRelation(
    outcome.occupation_code,
    (await readOccupations(tx, [enrolment.plan_id])).get(enrolment.plan_id) ?? null,
  );
  const asked = courseIds ?? [...overlaps.keys()];
  const courses = records
    .filter((record) => asked.includes(record.courseId))
    .map((record) =>
      courseFacts({
        record,
        enrolment,
        outcome,
        policy,
        relation,
        overlap: overlaps.get(record.courseId) ?? null,
        appliedOn,
        at: time.now,
      }),
    );
  return { enrolment, policy, planCredits: enrolment.total_credits, spent, courses };
}

async function findEnrolment(tx: Tx, id: string, collegeId: string): Promise<EnrolmentRow> {
  const row = await tx('enrolments')
    .join('plans', 'plans.id', 'enrolments.plan_id')
    .where({ 'enrolments.id': id, 'enrolments.college_id': collegeId })
    .first(
      'enrolments.id',
      'enrolments.college_id',
      'enrolments.person_id',
      'enrolments.plan_id',
      'enrolments.status',
      'enrolments.enrolled_on',
      'plans.total_credits',
    );
  if (!row) throw new Problem('not_found');
  return row;
}

/** Content overlap by course, as the college's catalogue of matches has it for this kind, name and level. */
async function readOverlaps(
  tx: Tx,
  collegeId: string,
  { kind, name, level }: OutcomeAsked,
): Promise<Map<string, number>> {
  const rows: { course_id: string; overlap: number }[] = await tx('outcome_course_matches')
    .where({ college_id: collegeId, kind, outcome_name: name })
    .whereIn('level', [level ?? '', ''])
    .orderBy('level')
    .select('course_id', 'overlap');
  return new Map(rows.map((row) => [row.course_id, Number(row.overlap)]));
}

interface Parts {
  record: CourseRecord;
  enrolment: EnrolmentRow;
  outcome: OutcomeAsked;
  policy: Policy;
  relation: string | null;
  overlap: number | null;
  appliedOn: string;
  at: string;
}

function courseFacts({ record, enrolment, outcome, policy, relation, overlap, appliedOn, at }: Parts): CourseFacts {
  const isSkill = outcome.kind === 'skill_certificate';
  const isX = outcome.kind === 'x_certificate';
  const facts = {
    enrolmentStatus: enrolment.status,
    outcomeKind: outcome.kind,
    outcomeVerified: outcome.verified === null ? null : outcome.verified === 1,
    outcomeIssuedOn: outcome.issued_on === null ? null : dateNumber(outcome.issued_on),
    outcomeAgeMonths: wholeMonths(outcome.issued_on, appliedOn),
    outcomeExpired: isPast(outcome.expires_on, appliedOn),
    outcomeSkillLevel: isSkill ? outcome.level : 'none',
    outcomeOccupation: relation,
    appliedOn: dateNumber(appliedOn),
    xLevel: isX ? outcome.level : 'none',
    contestTier: outcome.kind === 'contest_award' ? outcome.contest_tier : 'none',
    contestPrize: outcome.kind === 'contest_award' ? outcome.contest_prize : 'none',
    priorScore: outcome.score,
    priorCredits: outcome.credits,
    contentOverlap: overlap,
    courseKind: record.kind,
    courseCredits: record.credits,
    coursePassed: coursePassed(record, policy.passMark),
  };
  const refOf = (source: string): string =>
    source.startsWith('register:courses') || source.startsWith('register:plan_courses')
      ? record.courseId
      : (outcome.id ?? enrolment.id);
  return {
    courseId: record.courseId,
    courseCredits: record.credits,
    facts,
    provenance: () => provenanceOf('outcome_course', { facts, at, refOf, policyHash: policy.ruleHash }),
  };
}
