import type { Tx } from '../../db/tx.ts';
import { creditsShort, electiveCreditsShort } from '../../rules/derived/credits-short.ts';
import { wholeMonths, wholeYears } from '../../rules/derived/dates.ts';
import { highestLevelHeld } from '../../rules/derived/held-level.ts';
import type { HighestHeld } from '../../rules/derived/held-level.ts';
import { occupationRelation } from '../../rules/derived/occupation.ts';
import { schoolingHeld } from '../../rules/derived/schooling.ts';
import { coursesFailed } from '../../rules/derived/standing.ts';
import { weightedUnitScore } from '../../rules/derived/unit-score.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { dateNumber } from '../../schemas/time.ts';
import type { CollegeTime } from '../college/clock.ts';
import { listTerms } from '../college/terms.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { PathwayFacts } from '../verdicts/work-out.ts';
import { courseRecords } from './courses.ts';
import type { CourseRecord } from './courses.ts';
import { readLatestEligibility } from './eligibility.ts';
import { readOccupations } from './occupations.ts';
import { readPolicies } from './policy.ts';
import type { Policy } from './policy.ts';
import type { NoRule } from './no-rule.ts';
import { pathwayProvenance } from './provenance.ts';
import {
  groupBy,
  loadCreditEntries,
  loadCurrentScores,
  loadOutcomes,
  loadPathwayRows,
  loadPlanCourses,
  loadResults,
  loadUnitShares,
} from './rows.ts';
import type { OutcomeRow, PathwayRow, ResultRow, UnitShare } from './rows.ts';
import { isFinalYear, planTermNo } from './term-no.ts';

interface Asked {
  book: RuleBook;
  time: CollegeTime;
  pathwayIds: readonly string[];
}

/** The one way in which facts about pathways enter a decision, used alike for one case, a cohort, a preview and a try (architecture §9.2). */
export async function readPathwayFacts(tx: Tx, { book, time, pathwayIds }: Asked): Promise<PathwayFacts[]> {
  const rows = await loadPathwayRows(tx, pathwayIds);
  const shelf = await loadShelf(tx, { book, rows });
  return rows.map((row) => factsOf(row, shelf, time));
}

type Shelf = Awaited<ReturnType<typeof loadShelf>>;

async function loadShelf(tx: Tx, { book, rows }: { book: RuleBook; rows: readonly PathwayRow[] }) {
  const enrolmentIds = unique(rows.map((row) => row.enrolment_id));
  const planIds = unique(rows.map((row) => row.plan_id));
  const standardIds = unique(rows.flatMap((row) => row.standard_id ?? []));
  const planCourses = await loadPlanCourses(tx, planIds);
  const courseIds = unique([...planCourses.values()].flat().map((course) => course.course_id));
  const shares = standardIds.length === 0 ? [] : await loadUnitShares(tx, { standardIds, courseIds });
  const scores = await loadCurrentScores(tx, enrolmentIds);
  const credits = await loadCreditEntries(tx, enrolmentIds);
  return {
    planCourses,
    scores,
    credits,
    policies: await readPolicies(tx, book, planIds),
    terms: await listTerms(tx, book.collegeId),
    shares: groupBy(shares, (share) => `${share.standard_id}/${share.level}`),
    results: await loadResults(
      tx,
      rows.map((row) => row.id),
    ),
    outcomes: await loadOutcomes(tx, enrolmentIds),
    occupations: await readOccupations(tx, planIds),
    eligibility: await readLatestEligibility(
      tx,
      rows.map((row) => row.id),
    ),
    records: new Map<string, CourseRecord[]>(),
  };
}

function factsOf(row: PathwayRow, shelf: Shelf, time: CollegeTime): PathwayFacts {
  const answer = shelf.policies.get(row.plan_id) as Policy | NoRule; // readPolicies answers for every plan
  const policy = 'noRule' in answer ? null : answer;
  const records = recordsOf(row, shelf, time);
  const held = heldBy(row, shelf);
  const result = shelf.results.get(row.id);
  const facts = {
    ...commonFacts(row, time),
    ...(row.type === 'skill'
      ? { ...skillFacts(row, shelf, held), ...resultFacts(result), processScore: processScore(row, shelf, records) }
      : diplomaFacts(row, records, policy)),
  };
  return {
    pathway: row,
    facts,
    noPolicy: row.type === 'diploma' && 'noRule' in answer ? answer : null,
    provenance: () => pathwayProvenance({ row, facts, held, result, policy, at: time.now }),
  };
}

/** A student's three pathways share one plan: its courses are weighed once. */
function recordsOf(row: PathwayRow, shelf: Shelf, time: CollegeTime): CourseRecord[] {
  const known = shelf.records.get(row.enrolment_id);
  if (known) return known;
  const records = courseRecords({
    courses: shelf.planCourses.get(row.plan_id) ?? [],
    scores: shelf.scores.get(row.enrolment_id) ?? [],
    credits: shelf.credits.get(row.enrolment_id) ?? [],
    termNo: planTermNo(shelf.terms, row.enrolled_on, time.today),
  });
  shelf.records.set(row.enrolment_id, records);
  return records;
}

function commonFacts(row: PathwayRow, { today }: CollegeTime) {
  return {
    enrolmentStatus: row.status,
    enrolledOn: dateNumber(row.enrolled_on),
    studyMonths: wholeMonths(row.enrolled_on, today),
  };
}

/** Without a policy there is no pass mark: what rests on it is not known. */
function diplomaFacts(row: PathwayRow, courses: readonly CourseRecord[], policy: Policy | null) {
  const passMark = policy?.passMark;
  const short = (needed: number) => (passMark === undefined ? null : { courses, needed, passMark });
  const credits = short(row.total_credits);
  const electives = short(row.elective_credits);
  return {
    coursesFailed: passMark === undefined ? null : coursesFailed(courses, passMark),
    creditsShort: credits && creditsShort(credits),
    electiveCreditsShort: electives && electiveCreditsShort(electives),
    internshipMonths: row.internship_months,
    disciplineOpen: flag(row.discipline_open),
  };
}

function skillFacts(row: PathwayRow, shelf: Shelf, held: HighestHeld | null) {
  const on = row.applied_on;
  return {
    appliedOn: on === null ? null : dateNumber(on),
    conditionEdition: row.condition_edition,
    targetLevel: row.level,
    age: wholeYears(row.birth_on, on),
    intendsOccupation: flag(row.intends_occupation),
    inOccupation: flag(row.in_occupation),
    workMonths: row.work_months,
    heldLevel: held?.level ?? null,
    heldMonths: wholeMonths(held?.issuedOn ?? null, on),
    workMonthsAfterHeld: row.work_months_after_held,
    titleLevel: row.title_level,
    workMonthsAfterTitle: row.work_months_after_title,
    schooling: schoolingHeld({
      educationLevel: row.education_level as 'higher_vocational', // held by a CHECK
      finalYear: on === null ? null : isFinalYear(row, shelf.terms, on),
      priorSchooling: row.prior_schooling as 'none' | null, // held by the import's choices
    }),
    relevantMajor: flag(row.relevant),
    programmeAssessed: flag(row.assessed),
    apprenticeshipDone: flag(row.apprenticeship_done),
    preTechnician: flag(row.pre_technician),
    eligibility: shelf.eligibility.get(row.id) ?? null,
  };
}

function resultFacts(result: ResultRow | undefined) {
  return {
    assessedOn: result ? dateNumber(result.assessed_on) : null,
    theoryScore: result?.theory ?? null,
    practicalScore: result?.practical ?? null,
    reviewScore: result?.review ?? null,
    assessmentMark: result?.mark ?? null,
  };
}

function heldBy(row: PathwayRow, shelf: Shelf): HighestHeld | null {
  if (row.type === 'diploma') return null;
  const outcomes = (shelf.outcomes.get(row.enrolment_id) ?? []).filter(
    ({ kind, level }) => kind === 'skill_certificate' && level !== 'none', // 专项职业能力 is no step of the ladder
  );
  return highestLevelHeld(
    outcomes.map((outcome) => certificateHeld(outcome, shelf, row)),
    row.applied_on,
  );
}

function certificateHeld(outcome: OutcomeRow, shelf: Shelf, row: PathwayRow) {
  return {
    outcomeId: outcome.id,
    level: outcome.level as SkillLevel,
    issuedOn: outcome.issued_on,
    verified: flag(outcome.verified),
    relation: occupationRelation(outcome.occupation_code, shelf.occupations.get(row.plan_id) ?? null),
  };
}

function processScore(row: PathwayRow, shelf: Shelf, courses: readonly CourseRecord[]): number | null {
  const shares: readonly UnitShare[] = shelf.shares.get(`${row.standard_id}/${row.level}`) ?? [];
  const results = new Map(courses.map((course) => [course.courseId, course.best]));
  const units = new Map(shares.map((share) => [share.unit_id, { unitId: share.unit_id, weight: share.skill_weight }]));
  const evidence = shares.flatMap(({ unit_id: unitId, course_id: courseId, coverage }) => {
    if (courseId === null || coverage === null) return [];
    return [{ unitId, coverage, result: results.get(courseId) ?? { kind: 'missing' as const } }];
  });
  return weightedUnitScore([...units.values()], evidence);
}

function flag(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
