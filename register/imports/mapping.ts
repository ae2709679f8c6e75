import { insertRows } from '../../db/rows.ts';
import type { ImportRow } from '../../schemas/imports.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Around, Batch, Checked, Dependent, Kind, Row, Writing, Written } from './kind.ts';
import { findCourses, findStandards, standardFaults, unique } from './look-up.ts';
import { casesOfPlans } from './plan.ts';

type MappingValues = ImportRow<'mapping'>;

interface Line {
  course_id: string;
  unit_id: string;
  coverage: number;
}

interface MappingWork {
  lines: readonly Line[];
  known: ReadonlyMap<string, number>;
}

export const mappingKind: Kind<MappingValues, MappingWork> = { check, write, dependents, undo };

const key = ({ course_id, unit_id }: Omit<Line, 'coverage'>): string => `${course_id}/${unit_id}`;

async function check(around: Around, rows: readonly Row<MappingValues>[]): Promise<Checked<MappingWork>> {
  const { tx, fault } = around;
  const courses = await findCourses(
    around,
    rows.map(({ values }) => values.courseCode),
  );
  const standardsOf = await findStandards(tx);
  const units: { id: string; standard_id: string; level: string; name: string }[] = await tx('standard_units')
    .orderBy('ordinal')
    .select('id', 'standard_id', 'level', 'name');
  const faults: RowFault[] = [];
  const lines: (Line & { row: number })[] = [];
  for (const row of rows) {
    const { courseCode, occupationCode, edition, level, unitName, coverage } = row.values;
    const course = courses.get(courseCode);
    if (!course) faults.push(fault(row, 'course_unknown', 'courseCode'));
    const found = standardsOf(occupationCode, edition);
    faults.push(...standardFaults(around, row, found));
    if (found.length !== 1) continue;
    const own = units.filter((unit) => unit.standard_id === found[0] && unit.level === level);
    const unit = own.find(({ name }) => name === unitName);
    if (!unit)
      faults.push(
        fault(row, 'unit_unknown', 'unitName', { detail: { units: own.map(({ name }) => name).join('、') } }),
      );
    if (unit && course) lines.push({ row: row.row, course_id: course.id, unit_id: unit.id, coverage });
  }
  const faulty = new Set(faults.map(({ row }) => row));
  const good = lines.filter(({ row }) => !faulty.has(row)).map(({ row: _, ...line }) => line);
  const known = await findLines(around, unique(good.map(({ course_id }) => course_id)));
  return {
    faults,
    warnings: [],
    summary: {
      added: good.filter((line) => !known.has(key(line))).length,
      changed: good.filter((line) => known.has(key(line)) && known.get(key(line)) !== line.coverage).length,
      courses: unique(good.map(({ course_id }) => course_id)).length,
    },
    versions: { lines: good.map((line) => [line.course_id, line.unit_id, known.get(key(line)) ?? null]) },
    work: { lines: good, known },
  };
}

async function findLines({ tx }: Around, courseIds: readonly string[]): Promise<Map<string, number>> {
  const rows: Line[] = await tx('course_standard_units')
    .whereIn('course_id', courseIds)
    .select('course_id', 'unit_id', 'coverage');
  return new Map(rows.map((row) => [key(row), row.coverage]));
}

async function write(writing: Writing, { lines, known }: MappingWork): Promise<Written> {
  const { tx } = writing;
  const added = lines.filter((line) => !known.has(key(line)));
  const changed = lines.filter((line) => known.has(key(line)));
  await insertRows(
    tx,
    'course_standard_units',
    added.map((line) => ({ ...line })),
  );
  for (const { coverage, ...at } of changed) await tx('course_standard_units').where(at).update({ coverage });
  return {
    cases: await casesOfCourses(writing, unique(lines.map(({ course_id }) => course_id))),
    people: [],
    before: {
      added: added.map(({ coverage: _, ...at }) => at),
      changed: changed.map((line) => ({ ...line, coverage: known.get(key(line)) })),
    },
  };
}

async function casesOfCourses(around: Around, courseIds: readonly string[]): Promise<string[]> {
  const planIds: string[] = await around.tx('plan_courses').whereIn('course_id', courseIds).distinct().pluck('plan_id');
  return casesOfPlans(around, planIds);
}

/** A mapping is read anew by every verdict: taking it back leaves no row behind that needed it. */
async function dependents(): Promise<Dependent[]> {
  return [];
}

async function undo(writing: Writing, batch: Batch): Promise<string[]> {
  const { tx } = writing;
  const { added, changed } = batch.before as { added: Omit<Line, 'coverage'>[]; changed: Line[] };
  for (const at of added) await tx('course_standard_units').where(at).delete();
  for (const { coverage, ...at } of changed) await tx('course_standard_units').where(at).update({ coverage });
  return casesOfCourses(writing, unique([...added, ...changed].map(({ course_id }) => course_id)));
}
