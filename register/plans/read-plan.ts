import type { Rows } from '../../db/keyset.ts';
import { keysetPage } from '../../db/keyset.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Query } from '../../db/tx.ts';
import type { PlanItem, PlanView } from '../../schemas/api/plans.ts';
import { inScope, oneInScope } from '../accounts/in-scope.ts';
import type { ScopeColumns } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';

/** A plan is known to whoever has to do with its programme, its classes, or is its student. */
export const planScope: ScopeColumns = {
  college: 'l.college_id',
  department: 'g.department_id',
  programme: 'g.id',
  class: (some, id) =>
    void some.orWhereIn('l.id', (own: Rows) => void own.from('enrolments').where('class_id', id).select('plan_id')),
  offering: (some, id) =>
    void some.orWhereIn('l.id', (own: Rows) => void own.from('offerings').where('id', id).select('plan_id')),
  person: (some, id) =>
    void some.orWhereIn('l.id', (own: Rows) => void own.from('enrolments').where('person_id', id).select('plan_id')),
  user: (some, id) =>
    void some.orWhereIn('l.id', (own: Rows) => void own.from('offerings').where('teacher_id', id).select('plan_id')),
};

interface PlanRow {
  id: string;
  cohort: number;
  programme_id: string;
  code: string;
  name_zh: string;
  name_en: string;
  education_level: string;
  years: number;
  enrolled_on: string;
  total_credits: number;
  elective_credits: number;
  max_years: number;
  version: number;
}

export function selectPlans(query: Query): Rows {
  return query('plans as l')
    .join('programmes as g', 'g.id', 'l.programme_id')
    .select('l.id', 'l.cohort', 'l.enrolled_on', 'l.total_credits', 'l.elective_credits', 'l.max_years', 'l.version')
    .select({
      programme_id: 'g.id',
      code: 'g.code',
      name_zh: 'g.name_zh',
      name_en: 'g.name_en',
      education_level: 'g.education_level',
      years: 'g.years',
    });
}

export interface ListPlans {
  limit: number;
  cursor?: string | undefined;
  cohort?: number | undefined;
}

export async function listPlans(
  { db }: Register,
  by: Principal,
  { limit, cursor, cohort }: ListPlans,
): Promise<{ items: PlanItem[]; next: string | null }> {
  const query = inScope(selectPlans(db.reader), by, planScope);
  if (cohort !== undefined) void query.where('l.cohort', cohort);
  const page = await keysetPage<PlanRow>(query, {
    id: 'l.id',
    order: ['l.cohort', 'g.code'],
    direction: 'desc',
    cursor,
    limit,
  });
  const targets = await targetsOf(
    db.reader,
    page.rows.map(({ id }) => id),
  );
  return { items: page.rows.map((row) => planHead(row, targets.get(row.id) ?? [])), next: page.next };
}

/** 人才培养方案: its courses by term. */
export async function readPlan({ db }: Register, by: Principal, id: string): Promise<PlanView> {
  return readTx(db, async (tx) => {
    const row = await oneInScope<PlanRow>(selectPlans(tx).where('l.id', id), by, planScope);
    const targets = await targetsOf(tx, [id]);
    const courses = await tx('plan_courses as x')
      .join('courses as c', 'c.id', 'x.course_id')
      .where('x.plan_id', id)
      .orderBy(['x.term_no', 'c.code'])
      .select(
        'c.id',
        'c.code',
        'c.name',
        'c.kind',
        'x.term_no',
        'x.credits',
        'x.hours',
        'x.practice_hours',
        'x.required',
      );
    return {
      ...planHead(row, targets.get(id) ?? []),
      courses: courses.map((course) => ({
        id: course.id,
        code: course.code,
        name: course.name,
        kind: course.kind,
        termNo: Number(course.term_no),
        credits: Number(course.credits),
        hours: Number(course.hours),
        practiceHours: Number(course.practice_hours),
        required: Boolean(course.required),
      })),
    };
  });
}

function planHead(row: PlanRow, targets: PlanItem['targets']): PlanItem {
  const name = { 'zh-CN': row.name_zh, en: row.name_en };
  return {
    id: row.id,
    cohort: Number(row.cohort),
    programme: {
      id: row.programme_id,
      code: row.code,
      name,
      educationLevel: row.education_level,
      years: Number(row.years),
    },
    enrolledOn: row.enrolled_on,
    totalCredits: Number(row.total_credits),
    electiveCredits: Number(row.elective_credits),
    maxYears: Number(row.max_years),
    version: Number(row.version),
    targets,
  };
}

type Target = PlanItem['targets'][number];

interface TargetRow {
  plan_id: string;
  level: Target['level'];
  id: string;
  code: string;
  edition: string;
  name: string;
  name_en: string;
}

export async function targetsOf(query: Query, planIds: readonly string[]): Promise<Map<string, Target[]>> {
  const rows: TargetRow[] = await query('plan_targets as x')
    .join('standards as s', 's.id', 'x.standard_id')
    .whereIn('x.plan_id', planIds)
    .orderBy(['s.occupation_code', 's.edition', 'x.level'])
    .select({
      plan_id: 'x.plan_id',
      level: 'x.level',
      id: 's.id',
      code: 's.occupation_code',
      edition: 's.edition',
      name: 's.name',
      name_en: 's.name_en',
    });
  const grouped = groupBy(rows, (row) => row.plan_id);
  return new Map([...grouped].map(([plan, own]) => [plan, own.map(targetView)]));
}

function targetView({ level, id, code, edition, name, name_en: en }: TargetRow): Target {
  return { standard: { id, code, edition, name: { 'zh-CN': name, en } }, level };
}
