import { insertRows } from '../../db/rows.ts';
import type { ImportRow } from '../../schemas/imports.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Around, Batch, Checked, Dependent, Kind, Row, Writing, Written } from './kind.ts';
import { findCourses, unique, without } from './look-up.ts';
import type { KnownCourse } from './look-up.ts';
import { countOf } from './students-undo.ts';

type PlanValues = ImportRow<'plan'>;

interface KnownPlan {
  id: string;
  version: number;
  terms: number;
  electiveCredits: number;
}

interface KnownLine {
  plan_id: string;
  course_id: string;
  term_no: number;
  credits: number;
  hours: number;
  practice_hours: number;
  required: number;
}

interface PlanWork {
  rows: readonly Row<PlanValues>[];
  plans: ReadonlyMap<string, KnownPlan>;
  courses: ReadonlyMap<string, KnownCourse>;
  /** By `plan/course`. */
  lines: ReadonlyMap<string, KnownLine>;
}

export const planKind: Kind<PlanValues, PlanWork> = { check, write, dependents, undo };

const TERMS_A_YEAR = 2;
const planName = ({ programmeCode, cohort }: PlanValues): string => `${programmeCode}/${cohort}`;

async function check(around: Around, rows: readonly Row<PlanValues>[]): Promise<Checked<PlanWork>> {
  const { fault } = around;
  const plans = await findPlans(around);
  const courses = await findCourses(
    around,
    rows.map(({ values }) => values.courseCode),
  );
  const lines = await findLines(
    around,
    [...plans.values()].map(({ id }) => id),
  );
  const faults: RowFault[] = [];
  const named = new Map<string, PlanValues>();
  for (const row of rows) {
    const { values } = row;
    const plan = plans.get(planName(values));
    if (!plan)
      faults.push(
        fault(row, 'plan_unknown', 'cohort', { detail: { programme: values.programmeCode, cohort: values.cohort } }),
      );
    else if (values.termNo > plan.terms)
      faults.push(fault(row, 'term_beyond_plan', 'termNo', { detail: { most: plan.terms } }));
    if (values.practiceHours > values.hours) faults.push(fault(row, 'practice_exceeds_hours', 'practiceHours'));
    const known = courses.get(values.courseCode) ?? asCourse(named.get(values.courseCode));
    if (known && known.name !== values.courseName)
      faults.push(
        fault(row, 'course_differs', 'courseName', {
          value: values.courseCode,
          detail: { known: known.name },
          suggestion: known.name,
        }),
      );
    else if (known && known.kind !== values.courseKind)
      faults.push(
        fault(row, 'course_differs', 'courseKind', { value: values.courseCode, detail: { known: known.kind } }),
      );
    named.set(values.courseCode, values);
  }
  const good = without(rows, faults);
  const used = unique(good.map(({ values }) => planName(values))).map((name) => [name, plans.get(name)] as const);
  const lineOf = ({ values }: Row<PlanValues>) =>
    lines.get(`${plans.get(planName(values))?.id}/${courses.get(values.courseCode)?.id}`);
  return {
    faults,
    warnings: [],
    summary: {
      courses: unique(good.map(({ values }) => values.courseCode)).filter((code) => !courses.has(code)).length,
      added: good.filter((row) => !lineOf(row)).length,
      changed: good.filter((row) => isChanged(row.values, lineOf(row))).length,
    },
    versions: { plans: used, lines: good.map(lineOf) },
    work: { rows: good, plans, courses, lines },
  };
}

const asCourse = (values: PlanValues | undefined) => values && { name: values.courseName, kind: values.courseKind };

function isChanged(values: PlanValues, line: KnownLine | undefined): boolean {
  const wanted = line && lineRow(values, { plan: line.plan_id, course: line.course_id });
  return (
    wanted !== undefined && Object.entries(wanted).some(([key, value]) => line?.[key as keyof KnownLine] !== value)
  );
}

const lineRow = (values: PlanValues, { plan, course }: { plan: string; course: string }): KnownLine => ({
  plan_id: plan,
  course_id: course,
  term_no: values.termNo,
  credits: values.credits,
  hours: values.hours,
  practice_hours: values.practiceHours,
  required: values.required ? 1 : 0,
});

async function findPlans({ tx, collegeId }: Around): Promise<Map<string, KnownPlan>> {
  const rows: { id: string; code: string; cohort: number; years: number; version: number; elective_credits: number }[] =
    await tx('plans')
      .join('programmes', 'programmes.id', 'plans.programme_id')
      .where('plans.college_id', collegeId)
      .select('plans.id', 'code', 'cohort', 'years', 'plans.version', 'elective_credits');
  return new Map(
    rows.map(({ id, code, cohort, years, version, elective_credits: electiveCredits }) => [
      `${code}/${cohort}`,
      { id, version, terms: years * TERMS_A_YEAR, electiveCredits },
    ]),
  );
}

async function findLines({ tx }: Around, planIds: readonly string[]): Promise<Map<string, KnownLine>> {
  const rows: KnownLine[] = await tx('plan_courses')
    .whereIn('plan_id', planIds)
    .select('plan_id', 'course_id', 'term_no', 'credits', 'hours', 'practice_hours', 'required');
  return new Map(rows.map((row) => [`${row.plan_id}/${row.course_id}`, row]));
}

async function write(writing: Writing, { rows, plans, courses, lines }: PlanWork): Promise<Written> {
  const { tx, register, collegeId } = writing;
  const ids = new Map([...courses].map(([code, { id }]) => [code, id]));
  const added = unique(rows.map(({ values }) => values.courseCode)).filter((code) => !ids.has(code));
  for (const code of added) ids.set(code, register.newId('course'));
  const first = new Map([...rows].reverse().map(({ values }) => [values.courseCode, values]));
  await insertRows(
    tx,
    'courses',
    added.map((code) => ({
      id: ids.get(code),
      college_id: collegeId,
      code,
      name: first.get(code)?.courseName,
      kind: first.get(code)?.courseKind,
    })),
  );

  const wanted = rows.map(({ values }) =>
    lineRow(values, { plan: plans.get(planName(values))?.id ?? '', course: ids.get(values.courseCode) ?? '' }),
  );
  const isKnown = (line: KnownLine): boolean => lines.has(`${line.plan_id}/${line.course_id}`);
  await insertRows(
    tx,
    'plan_courses',
    wanted.filter((line) => !isKnown(line)).map((line) => ({ ...line })),
  );
  for (const { plan_id, course_id, ...line } of wanted.filter(isKnown))
    await tx('plan_courses').where({ plan_id, course_id }).update(line);

  const planIds = unique(wanted.map((line) => line.plan_id));
  const before = await readTotals(writing, planIds);
  const { electiveCredits } = writing.options;
  for (const planId of planIds) {
    if (electiveCredits !== undefined)
      await tx('plans').where({ id: planId }).update({ elective_credits: electiveCredits });
    await recomputeTotal(writing, planId);
  }
  return {
    cases: await casesOfPlans(writing, planIds),
    people: [],
    before: {
      courses: added.map((code) => ids.get(code)),
      added: wanted.filter((line) => !isKnown(line)).map(({ plan_id, course_id }) => ({ plan_id, course_id })),
      changed: wanted.filter(isKnown).map((line) => lines.get(`${line.plan_id}/${line.course_id}`)),
      plans: before,
    },
  };
}

interface PlanTotal {
  id: string;
  elective_credits: number;
}

async function readTotals({ tx }: Around, planIds: readonly string[]): Promise<PlanTotal[]> {
  return tx('plans').whereIn('id', planIds).select('id', 'elective_credits');
}

/** What graduation needs in all: the required courses, and the elective credits of the plan. */
async function recomputeTotal({ tx }: Around, planId: string): Promise<void> {
  const sum = await tx('plan_courses').where({ plan_id: planId, required: 1 }).sum({ credits: 'credits' }).first();
  await tx('plans')
    .where({ id: planId })
    .update({
      total_credits: tx.raw('elective_credits + ?', [Number(sum?.credits ?? 0)]),
      version: tx.raw('version + 1'),
    });
}

export async function casesOfPlans({ tx }: Around, planIds: readonly string[]): Promise<string[]> {
  return tx('enrolments')
    .whereIn('plan_id', planIds)
    .whereIn('status', ['enrolled', 'suspended'])
    .orderBy('id')
    .pluck('id');
}

interface Before {
  courses: string[];
  added: { plan_id: string; course_id: string }[];
  changed: KnownLine[];
  plans: PlanTotal[];
}

async function dependents({ tx }: Around, batch: Batch): Promise<Dependent[]> {
  const { added, courses } = batch.before as Before;
  const ids = unique([...added.map((line) => line.course_id), ...courses]);
  const found: Dependent[] = [];
  for (const table of [
    'offerings',
    'score_events',
    'credit_entries',
    'outcome_courses',
    'course_standard_units',
    'schemes',
    'outcome_course_matches',
  ])
    found.push({ code: table, count: await countOf(tx(table).whereIn('course_id', ids)) });
  return found.filter(({ count }) => count > 0);
}

async function undo(writing: Writing, batch: Batch): Promise<string[]> {
  const { tx } = writing;
  const { courses, added, changed, plans } = batch.before as Before;
  for (const line of added) await tx('plan_courses').where(line).delete();
  for (const { plan_id, course_id, ...line } of changed)
    await tx('plan_courses').where({ plan_id, course_id }).update(line);
  // another plan may have taken the course up since
  await tx('courses')
    .whereIn('id', courses)
    .whereNotExists(tx('plan_courses').whereRaw('plan_courses.course_id = courses.id').select('plan_id'))
    .delete();
  for (const { id, elective_credits } of plans) {
    await tx('plans').where({ id }).update({ elective_credits });
    await recomputeTotal(writing, id);
  }
  return casesOfPlans(
    writing,
    plans.map(({ id }) => id),
  );
}
