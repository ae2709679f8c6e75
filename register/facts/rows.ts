import { groupedRows } from '../../db/grouped.ts';
import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import type { SkillLevel } from '../../schemas/facts.ts';

/** One pathway with what its enrolment, plan, programme and standard say. */
export interface PathwayRow {
  id: string;
  college_id: string;
  enrolment_id: string;
  type: 'diploma' | 'skill';
  standard_id: string | null;
  level: SkillLevel | null;
  applied_on: string | null;
  opened_at: string;
  closed_at: string | null;
  closed_reason: string | null;
  plan_id: string;
  class_id: string;
  status: 'enrolled' | 'suspended' | 'withdrawn' | 'graduated';
  enrolled_on: string;
  birth_on: string | null;
  prior_schooling: string | null;
  work_months: number | null;
  work_months_after_held: number | null;
  title_level: string | null;
  work_months_after_title: number | null;
  intends_occupation: number | null;
  in_occupation: number | null;
  apprenticeship_done: number | null;
  pre_technician: number | null;
  internship_months: number | null;
  discipline_open: number | null;
  total_credits: number;
  elective_credits: number;
  max_years: number;
  education_level: string;
  years: number;
  condition_edition: string | null;
  occupation_code: string | null;
  relevant: number | null;
  assessed: number | null;
}

const columns = [
  'pathways.id',
  'pathways.college_id',
  'pathways.enrolment_id',
  'pathways.type',
  'pathways.standard_id',
  'pathways.level',
  'pathways.applied_on',
  'pathways.opened_at',
  'pathways.closed_at',
  'pathways.closed_reason',
  'enrolments.plan_id',
  'enrolments.class_id',
  'enrolments.status',
  'enrolments.enrolled_on',
  'people.birth_on',
  'enrolments.prior_schooling',
  'enrolments.work_months',
  'enrolments.work_months_after_held',
  'enrolments.title_level',
  'enrolments.work_months_after_title',
  'enrolments.intends_occupation',
  'enrolments.in_occupation',
  'enrolments.apprenticeship_done',
  'enrolments.pre_technician',
  'enrolments.internship_months',
  'enrolments.discipline_open',
  'plans.total_credits',
  'plans.elective_credits',
  'plans.max_years',
  'programmes.education_level',
  'programmes.years',
  'standards.condition_edition',
  'standards.occupation_code',
  'programme_occupations.relevant',
  'programme_occupations.assessed',
];

export async function loadPathwayRows(tx: Tx, pathwayIds: readonly string[]): Promise<PathwayRow[]> {
  return inPages(
    pathwayIds,
    (page): Promise<PathwayRow[]> =>
      tx('pathways')
        .join('enrolments', 'enrolments.id', 'pathways.enrolment_id')
        .join('people', 'people.id', 'enrolments.person_id')
        .join('plans', 'plans.id', 'enrolments.plan_id')
        .join('programmes', 'programmes.id', 'plans.programme_id')
        .leftJoin('standards', 'standards.id', 'pathways.standard_id')
        .leftJoin('programme_occupations', (on) => {
          on.on('programme_occupations.programme_id', 'programmes.id').andOn(
            'programme_occupations.standard_id',
            'pathways.standard_id',
          );
        })
        .whereIn('pathways.id', page)
        .select(columns),
  );
}

export interface PlanCourse {
  course_id: string;
  kind: string;
  term_no: number;
  credits: number;
  required: number;
}

/** The courses of each plan, in order of term and code. */
export async function loadPlanCourses(tx: Tx, planIds: readonly string[]): Promise<Map<string, PlanCourse[]>> {
  const rows: (PlanCourse & { plan_id: string })[] = await tx('plan_courses')
    .join('courses', 'courses.id', 'plan_courses.course_id')
    .whereIn('plan_id', planIds)
    .orderBy(['plan_id', 'term_no', 'courses.code'])
    .select('plan_id', 'course_id', 'kind', 'term_no', 'credits', 'required');
  return groupBy(rows, (row) => row.plan_id);
}

export interface ScoreRow {
  enrolment_id: string;
  course_id: string;
  attempt: number;
  component_key: string;
  weight: number;
  max_score: number;
  value: number | null;
  mark: string | null;
}

const scoreColumns = ['course_id', 'attempt', 'component_key', 'weight', 'max_score', 'value', 'mark'] as const;
type ScoreValues = [string, number, string, number, number, number | null, string | null];

/** By enrolment; in the order of course, attempt and component. */
export async function loadCurrentScores(tx: Tx, enrolmentIds: readonly string[]): Promise<Map<string, ScoreRow[]>> {
  const asked = { table: 'current_scores', by: 'enrolment_id', keys: enrolmentIds, columns: scoreColumns };
  const grouped = await groupedRows<ScoreValues>(tx, asked);
  return new Map([...grouped].map(([id, rows]) => [id, rows.map((row) => scoreRow(id, row)).sort(inOrder)]));
}

function scoreRow(id: string, [courseId, attempt, component, weight, maxScore, value, mark]: ScoreValues): ScoreRow {
  return {
    enrolment_id: id,
    course_id: courseId,
    attempt,
    component_key: component,
    weight,
    max_score: maxScore,
    value,
    mark,
  };
}

function inOrder(a: ScoreRow, b: ScoreRow): number {
  if (a.course_id !== b.course_id) return a.course_id < b.course_id ? -1 : 1;
  if (a.attempt !== b.attempt) return a.attempt - b.attempt;
  return a.component_key < b.component_key ? -1 : Number(a.component_key > b.component_key);
}

export interface CreditRow {
  enrolment_id: string;
  course_id: string;
  credits: number;
  score: number;
}

export async function loadCreditEntries(tx: Tx, enrolmentIds: readonly string[]): Promise<Map<string, CreditRow[]>> {
  const rows = await inPages(
    enrolmentIds,
    (page): Promise<CreditRow[]> =>
      tx('credit_entries').whereIn('enrolment_id', page).select('enrolment_id', 'course_id', 'credits', 'score'),
  );
  return groupBy(rows, (row) => row.enrolment_id);
}

export interface ResultRow {
  pathway_id: string;
  version: number;
  theory: number | null;
  practical: number | null;
  review: number | null;
  mark: string;
  assessed_on: string;
}

/** The latest level result of each pathway. */
export async function loadResults(tx: Tx, pathwayIds: readonly string[]): Promise<Map<string, ResultRow>> {
  const latest = new Map<string, ResultRow>();
  for (const page of pagesOf(pathwayIds, 900)) {
    const rows: ResultRow[] = await tx('assessment_results')
      .whereIn('pathway_id', page)
      .orderBy(['pathway_id', 'version'])
      .select('pathway_id', 'version', 'theory', 'practical', 'review', 'mark', 'assessed_on');
    for (const row of rows) latest.set(row.pathway_id, row);
  }
  return latest;
}

export interface OutcomeRow {
  id: string;
  enrolment_id: string;
  origin: 'outside' | 'own';
  kind: string;
  name: string;
  occupation_code: string | null;
  level: string | null;
  contest_tier: string | null;
  contest_prize: string | null;
  issued_on: string | null;
  expires_on: string | null;
  verified: number | null;
  score: number | null;
  credits: number | null;
  work_months_after: number | null;
}

export async function loadOutcomes(tx: Tx, enrolmentIds: readonly string[]): Promise<Map<string, OutcomeRow[]>> {
  const rows = await inPages(
    enrolmentIds,
    (page): Promise<OutcomeRow[]> =>
      tx('learning_outcomes').whereIn('enrolment_id', page).orderBy(['enrolment_id', 'id']),
  );
  return groupBy(rows, (row) => row.enrolment_id);
}

/** In the order of their ids. */
export async function loadOutcomesById(tx: Tx, ids: readonly string[]): Promise<OutcomeRow[]> {
  return inPages(
    [...ids].sort(),
    (page): Promise<OutcomeRow[]> => tx('learning_outcomes').whereIn('id', page).orderBy('id'),
  );
}

export interface UnitShare {
  standard_id: string;
  level: SkillLevel;
  unit_id: string;
  skill_weight: number;
  course_id: string | null;
  coverage: number | null;
}

/** Units of the standards with the courses of these plans that cover them; a unit without course has a null one. */
export async function loadUnitShares(
  tx: Tx,
  { standardIds, courseIds }: { standardIds: readonly string[]; courseIds: readonly string[] },
): Promise<UnitShare[]> {
  return tx('standard_units')
    .leftJoin('course_standard_units', (on) => {
      on.on('course_standard_units.unit_id', 'standard_units.id').andOnIn('course_standard_units.course_id', courseIds);
    })
    .whereIn('standard_units.standard_id', standardIds)
    .orderBy([
      'standard_units.standard_id',
      'standard_units.level',
      'standard_units.ordinal',
      'course_standard_units.course_id',
    ])
    .select({
      standard_id: 'standard_units.standard_id',
      level: 'standard_units.level',
      unit_id: 'standard_units.id',
      skill_weight: 'standard_units.skill_weight',
      course_id: 'course_standard_units.course_id',
      coverage: 'course_standard_units.coverage',
    });
}

const PAGE = 900;

/** Rows for many ids, a page of them at a time; never spread, for a page may bring tens of thousands of rows. */
async function inPages<T>(ids: readonly string[], read: (page: string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (const page of pagesOf(ids, PAGE)) for (const row of await read(page)) found.push(row);
  return found;
}

export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
