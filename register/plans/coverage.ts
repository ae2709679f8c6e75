import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import type { CoverageView, PlanItem } from '../../schemas/api/plans.ts';
import { oneInScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { planScope, selectPlans, targetsOf } from './read-plan.ts';

type Target = CoverageView['targets'][number];
type Unit = Target['units'][number];
export type ResultHere = NonNullable<Unit['courses'][number]['result']>;

const WHOLE = 10_000;

/** The units of each target level and the plan's courses that cover them, gaps included. */
export async function readPlanCoverage({ db }: Register, by: Principal, planId: string): Promise<CoverageView> {
  return readTx(db, async (tx) => {
    await oneInScope(selectPlans(tx).where('l.id', planId), by, planScope);
    return coverageOf(tx, planId);
  });
}

/** `results`: of one student, by course. */
export async function coverageOf(
  tx: Tx,
  planId: string,
  results?: ReadonlyMap<string, ResultHere>,
): Promise<CoverageView> {
  const targets = (await targetsOf(tx, [planId])).get(planId) ?? [];
  const found: Target[] = [];
  for (const target of targets) found.push(await targetCoverage(tx, { planId, target, results }));
  return { targets: found };
}

interface ShareRow {
  id: string;
  name: string;
  skill_weight: number;
  theory_weight: number | null;
  course_id: string | null;
  code: string;
  course_name: string;
  term_no: number;
  coverage: number;
}

interface Asked {
  planId: string;
  target: PlanItem['targets'][number];
  results: ReadonlyMap<string, ResultHere> | undefined;
}

async function targetCoverage(tx: Tx, { planId, target, results }: Asked): Promise<Target> {
  const inPlan = tx('course_standard_units as m')
    .join('plan_courses as x', 'x.course_id', 'm.course_id')
    .join('courses as c', 'c.id', 'm.course_id')
    .where('x.plan_id', planId)
    .select({
      unit_id: 'm.unit_id',
      coverage: 'm.coverage',
      course_id: 'c.id',
      code: 'c.code',
      course_name: 'c.name',
      term_no: 'x.term_no',
    });
  const rows: ShareRow[] = await tx('standard_units as u')
    .leftJoin(inPlan.as('i'), 'i.unit_id', 'u.id')
    .where({ 'u.standard_id': target.standard.id, 'u.level': target.level })
    .orderBy(['u.ordinal', 'i.term_no', 'i.code'])
    .select(
      'u.id',
      'u.name',
      'u.skill_weight',
      'u.theory_weight',
      'i.course_id',
      'i.code',
      'i.course_name',
      'i.term_no',
      'i.coverage',
    );
  const units = [...groupBy(rows, (row) => row.id).values()].map((own) => unitCoverage(own, results));
  const covered = Math.round(units.reduce((sum, unit) => sum + unit.covered * unit.skillWeight, 0) / WHOLE);
  return { ...target, covered, units };
}

function unitCoverage(rows: readonly ShareRow[], results: ReadonlyMap<string, ResultHere> | undefined): Unit {
  const { id, name, skill_weight: skillWeight, theory_weight: theoryWeight } = rows[0]!;
  const courses = rows.flatMap(({ course_id: course, code, course_name: courseName, term_no: termNo, coverage }) =>
    course === null
      ? []
      : [
          {
            id: course,
            code,
            name: courseName,
            termNo: Number(termNo),
            coverage: Number(coverage),
            ...resultOf(course, results),
          },
        ],
  );
  const covered = Math.min(
    WHOLE,
    courses.reduce((sum, course) => sum + course.coverage, 0),
  );
  return {
    id,
    name,
    skillWeight: Number(skillWeight),
    theoryWeight: theoryWeight === null ? null : Number(theoryWeight),
    covered,
    gap: WHOLE - covered,
    courses,
  };
}

function resultOf(course: string, results: ReadonlyMap<string, ResultHere> | undefined): { result?: ResultHere } {
  if (results === undefined) return {};
  return { result: results.get(course) ?? { kind: 'missing', value: null, mark: null } };
}
