import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import type { CohortView } from '../../schemas/api/college.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { byTarget } from './pathway-statuses.ts';
import { fromStudents, studentScope } from './select-students.ts';

interface ClassRow {
  plan_id: string;
  cohort: number;
  programme_id: string;
  code: string;
  name_zh: string;
  name_en: string;
  class_id: string;
  class_name: string;
  students: number;
}

type Progress = CohortView['progress'][number];

interface CountRow {
  plan_id: string;
  type: Progress['type'];
  level: Progress['level'];
  standard_id: string | null;
  standard_name: string | null;
  standard_name_en: string | null;
  stage: string | null;
  verdict_type: string | null;
  as_of: string | null;
  count: number;
}

/** The cohorts one may see, each with its classes and how far both certificates have come. */
export async function listCohorts(
  { db }: Register,
  by: Principal,
  input: { class?: string | undefined } = {},
): Promise<{ items: CohortView[] }> {
  return readTx(db, async (tx) => {
    const classes = await countClasses(tx, by);
    const counts = groupBy(await countPathways(tx, by, input.class), (row) => row.plan_id);
    const plans = [...groupBy(classes, (row) => row.plan_id).values()];
    return { items: plans.map((own) => cohortView(own, counts.get(own[0]!.plan_id) ?? [])) };
  });
}

async function countClasses(tx: Tx, by: Principal): Promise<ClassRow[]> {
  const columns = {
    plan_id: 'l.id',
    cohort: 'l.cohort',
    programme_id: 'g.id',
    code: 'g.code',
    name_zh: 'g.name_zh',
    name_en: 'g.name_en',
  };
  return await inScope(fromStudents(tx), by, studentScope)
    .groupBy([...Object.values(columns), 'c.id', 'c.name'])
    .orderBy([{ column: 'l.cohort', order: 'desc' }, 'g.code', 'c.name'])
    .select({ ...columns, class_id: 'c.id', class_name: 'c.name' })
    .count({ students: '*' });
}

async function countPathways(tx: Tx, by: Principal, classId?: string): Promise<CountRow[]> {
  const columns = {
    plan_id: 'l.id',
    type: 'w.type',
    level: 'w.level',
    standard_id: 'w.standard_id',
    stage: 't.stage',
    verdict_type: 't.verdict_type',
  };
  const names = { standard_name: 's.name', standard_name_en: 's.name_en' };
  const students = inScope(fromStudents(tx), by, studentScope);
  if (classId !== undefined) void students.where('e.class_id', classId);
  return await students
    .join('pathways as w', 'w.enrolment_id', 'e.id')
    .leftJoin('standards as s', 's.id', 'w.standard_id')
    .leftJoin('pathway_status as t', 't.pathway_id', 'w.id')
    .groupBy([...Object.values(columns), ...Object.values(names)])
    .select({ ...columns, ...names })
    .count({ count: '*' })
    .min({ as_of: 't.as_of' });
}

function cohortView(classes: readonly ClassRow[], counts: readonly CountRow[]): CohortView {
  const { plan_id: planId, cohort, programme_id: id, code, name_zh: zh, name_en: en } = classes[0]!;
  const targets = [...groupBy(counts, (row) => `${row.type}/${row.standard_id}/${row.level}`).values()];
  return {
    planId,
    cohort: Number(cohort),
    programme: { id, code, name: { 'zh-CN': zh, en } },
    classes: classes.map((row) => ({ id: row.class_id, name: row.class_name, students: Number(row.students) })),
    students: classes.reduce((sum, row) => sum + Number(row.students), 0),
    progress: targets.map(progressOf).sort((a, b) => byTarget({ ...a, id: '' }, { ...b, id: '' })),
    asOf: counts.flatMap(({ as_of }) => as_of ?? []).sort()[0] ?? null,
  };
}

function progressOf(rows: readonly CountRow[]): Progress {
  const { type, level, standard_name: name, standard_name_en: en } = rows[0]!;
  const sums = (keyOf: (row: CountRow) => string | null): Record<string, number> => {
    const found: Record<string, number> = {};
    for (const row of rows) found[keyOf(row) ?? 'unknown'] = (found[keyOf(row) ?? 'unknown'] ?? 0) + Number(row.count);
    return found;
  };
  return {
    type,
    level,
    standard: name === null ? null : { 'zh-CN': name, en: en ?? name },
    total: rows.reduce((sum, row) => sum + Number(row.count), 0),
    verdicts: sums((row) => row.verdict_type),
    stages: sums((row) => row.stage),
  };
}
