import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import { convertedCourseShare, creditsSurplus, dayOfTerm } from '../../rules/derived/conversion.ts';
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
import { noRuleProblem } from './no-rule.ts';
import type { NoRule } from './no-rule.ts';
import { readOccupations } from './occupations.ts';
import { readPolicies } from './policy.ts';
import type { Policy } from './policy.ts';
import { provenanceOf } from './provenance.ts';
import { loadCreditEntries, loadCurrentScores, loadOutcomesById, loadPlanCourses } from './rows.ts';
import type { CreditRow, OutcomeRow } from './rows.ts';
import { planTermNo } from './term-no.ts';

/** What of an outcome the rules look at: a stored one, or one somebody only asks about. */
export type OutcomeAsked = Omit<OutcomeRow, 'id' | 'enrolment_id' | 'origin'> & {
  id: string | null;
  enrolment_id?: string | undefined;
};

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
  education_level: string;
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
  const [found] = await readGrounds(tx, { book, time, appliedOn, asked: [{ enrolmentId, outcome, courseIds }] });
  if (!found) throw new Problem('not_found');
  const { policy, ...ground } = found;
  if ('noRule' in policy) throw noRuleProblem(policy);
  return { ...ground, policy };
}

/** A stored outcome against the courses the catalogue of matches names for it. */
export interface CreditCase {
  outcome: OutcomeRow;
  courses: CourseFacts[];
  /** The policy that some facts rest on is wanting. */
  noPolicy: NoRule | null;
}

/** The same for many stored outcomes, in the order of their ids. */
export async function readCreditCases(
  tx: Tx,
  {
    book,
    time,
    appliedOn,
    outcomeIds,
  }: { book: RuleBook; time: CollegeTime; appliedOn: string; outcomeIds: readonly string[] },
): Promise<CreditCase[]> {
  const outcomes = await loadOutcomesById(tx, outcomeIds);
  const asked = outcomes.map((outcome) => ({ enrolmentId: outcome.enrolment_id, outcome, courseIds: undefined }));
  const grounds = await readGrounds(tx, { book, time, appliedOn, asked });
  return grounds.map(({ courses, policy }, i) => ({
    outcome: outcomes[i]!,
    courses,
    noPolicy: 'noRule' in policy ? policy : null,
  }));
}

interface Asking {
  book: RuleBook;
  time: CollegeTime;
  appliedOn: string;
  asked: readonly { enrolmentId: string; outcome: OutcomeAsked; courseIds: readonly string[] | undefined }[];
}

type Ground = Omit<CreditGround, 'policy'> & { policy: Policy | NoRule };

/** One ground for each that is asked, in their order; one whose student is not of this college throws `not_found`. */
async function readGrounds(tx: Tx, { book, time, appliedOn, asked }: Asking): Promise<Ground[]> {
  const enrolmentIds = [...new Set(asked.map(({ enrolmentId }) => enrolmentId))];
  const enrolments = await loadEnrolments(tx, enrolmentIds, book.collegeId);
  const planIds = [...new Set([...enrolments.values()].map((enrolment) => enrolment.plan_id))];
  const policies = await readPolicies(tx, book, planIds);
  const planCourses = await loadPlanCourses(tx, planIds);
  const credits = await loadCreditEntries(tx, enrolmentIds);
  const scores = await loadCurrentScores(tx, enrolmentIds);
  const occupations = await readOccupations(tx, planIds);
  const terms = await listTerms(tx, book.collegeId);
  const overlapsOf = await readOverlaps(
    tx,
    book.collegeId,
    asked.map(({ outcome }) => outcome),
  );
  return asked.map(({ enrolmentId, outcome, courseIds }) => {
    const enrolment = enrolments.get(enrolmentId);
    if (!enrolment) throw new Problem('not_found');
    const policy = policies.get(enrolment.plan_id) as Policy | NoRule; // readPolicies answers for every plan
    const spent = credits.get(enrolmentId) ?? [];
    const termNo = planTermNo(terms, enrolment.enrolled_on, time.today);
    const courses = planCourses.get(enrolment.plan_id) ?? [];
    const overlaps = overlapsOf(outcome);
    const wanted = courseIds ?? [...overlaps.keys()];
    const common = {
      ...{ enrolment, outcome, policy, appliedOn, at: time.now },
      // nobody has applied for a course that only the catalogue of matches names: each is looked at as if it alone were asked for
      coursesAsked: courseIds?.length ?? 1,
      convertedCourses: spent.length,
      plannedCourses: courses.length,
      termDay: dayOfTerm(terms, appliedOn),
      relation: occupationRelation(outcome.occupation_code, occupations.get(enrolment.plan_id) ?? null),
    };
    const records = courseRecords({ courses, scores: scores.get(enrolmentId) ?? [], credits: spent, termNo });
    return {
      enrolment,
      policy,
      planCredits: enrolment.total_credits,
      spent,
      courses: records
        .filter((record) => wanted.includes(record.courseId))
        .map((record) => courseFacts({ ...common, record, overlap: overlaps.get(record.courseId) ?? null })),
    };
  });
}

async function loadEnrolments(tx: Tx, ids: readonly string[], collegeId: string): Promise<Map<string, EnrolmentRow>> {
  const found = new Map<string, EnrolmentRow>();
  for (const page of pagesOf(ids, 900)) {
    const rows: EnrolmentRow[] = await tx('enrolments')
      .join('plans', 'plans.id', 'enrolments.plan_id')
      .join('programmes', 'programmes.id', 'plans.programme_id')
      .where({ 'enrolments.college_id': collegeId })
      .whereIn('enrolments.id', page)
      .select(
        'enrolments.id',
        'enrolments.college_id',
        'enrolments.person_id',
        'enrolments.plan_id',
        'enrolments.status',
        'enrolments.enrolled_on',
        'plans.total_credits',
        'programmes.education_level',
      );
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

interface MatchRow {
  kind: string;
  outcome_name: string;
  level: string;
  course_id: string;
  overlap: number;
}

/** Content overlap by course, as the college's catalogue of matches has it for this kind, name and level. */
async function readOverlaps(
  tx: Tx,
  collegeId: string,
  outcomes: readonly OutcomeAsked[],
): Promise<(outcome: OutcomeAsked) => Map<string, number>> {
  const keyOf = (kind: string, name: string, level: string): string => JSON.stringify([kind, name, level]);
  const names = [...new Set(outcomes.map(({ name }) => name))];
  const matches = new Map<string, MatchRow[]>();
  for (const page of pagesOf(names, 900)) {
    const rows: MatchRow[] = await tx('outcome_course_matches')
      .where({ college_id: collegeId })
      .whereIn('outcome_name', page)
      .orderBy('id')
      .select('kind', 'outcome_name', 'level', 'course_id', 'overlap');
    for (const row of rows) {
      const key = keyOf(row.kind, row.outcome_name, row.level);
      matches.set(key, [...(matches.get(key) ?? []), row]);
    }
  }
  // what is said of this very level goes before what is said of all
  return ({ kind, name, level }) =>
    new Map(
      [...new Set(['', level ?? ''])].flatMap((one) =>
        (matches.get(keyOf(kind, name, one)) ?? []).map((row): [string, number] => [
          row.course_id,
          Number(row.overlap),
        ]),
      ),
    );
}

interface Parts {
  record: CourseRecord;
  enrolment: EnrolmentRow;
  outcome: OutcomeAsked;
  policy: Policy | NoRule;
  relation: string | null;
  overlap: number | null;
  coursesAsked: number;
  convertedCourses: number;
  plannedCourses: number;
  termDay: number | null;
  appliedOn: string;
  at: string;
}

function courseFacts({
  record,
  enrolment,
  outcome,
  policy: found,
  relation,
  overlap,
  coursesAsked,
  convertedCourses,
  plannedCourses,
  termDay,
  appliedOn,
  at,
}: Parts): CourseFacts {
  const policy = 'noRule' in found ? null : found;
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
    coursePassed: policy && coursePassed(record, policy.passMark),
    qualification: outcome.name,
    educationLevel: enrolment.education_level,
    courseRequired: record.required,
    creditsSurplus: creditsSurplus(outcome.credits, record.credits),
    coursesAsked: Math.max(1, coursesAsked),
    convertedCourseShare: convertedCourseShare({
      converted: convertedCourses,
      asked: coursesAsked,
      planned: plannedCourses,
    }),
    termDay,
  };
  const refs: Record<string, string> = {
    'register:courses': record.courseId,
    'register:plan_courses': record.courseId,
    'register:enrolments': enrolment.id,
    'register:programmes': enrolment.plan_id,
    'derived:convertedCourseShare': enrolment.id,
    'derived:dayOfTerm': enrolment.id,
  };
  const refOf = (source: string): string => refs[source] ?? outcome.id ?? enrolment.id;
  return {
    courseId: record.courseId,
    courseCredits: record.credits,
    facts,
    provenance: () =>
      provenanceOf('outcome_course', { facts, at, refOf, ...(policy && { policyHash: policy.ruleHash }) }),
  };
}
