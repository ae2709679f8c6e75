import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import type { Around, Row } from './kind.ts';

/** Below SQLite's 32,766 bindings. */
const PAGE = 10_000;

export async function rowsIn<T>(values: readonly string[], read: (page: string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (const page of pagesOf([...new Set(values)], PAGE)) found.push(...(await read(page)));
  return found;
}

export interface KnownStudent {
  id: string;
  person_id: string;
  student_no: string;
  name: string;
  plan_id: string;
  class_id: string;
  enrolled_on: string;
  status: string;
  version: number;
}

/** Students of the college by student number. */
export async function findStudents(
  { tx, collegeId }: Around,
  numbers: readonly string[],
): Promise<Map<string, KnownStudent>> {
  const rows = await rowsIn(numbers, (page) =>
    tx('enrolments')
      .join('people', 'people.id', 'enrolments.person_id')
      .where('enrolments.college_id', collegeId)
      .whereIn('student_no', page)
      .select<KnownStudent[]>(
        'enrolments.id',
        'person_id',
        'student_no',
        'name',
        'plan_id',
        'class_id',
        'enrolled_on',
        'status',
        'enrolments.version',
      ),
  );
  return new Map(rows.map((row) => [row.student_no, row]));
}

const LEFT = new Set(['withdrawn', 'graduated']);

/** Unknown student, another's name, or someone who has left. */
export function studentFaults(
  { fault }: Around,
  row: Row<{ studentNo: string; name: string | null }>,
  student: KnownStudent | undefined,
) {
  const { studentNo, name } = row.values;
  if (!student) return [fault(row, 'student_unknown', 'studentNo')];
  const faults = [];
  if (name !== null && name !== student.name)
    faults.push(fault(row, 'name_differs', 'name', { detail: { studentNo }, suggestion: student.name }));
  if (LEFT.has(student.status)) faults.push(fault(row, 'student_left', 'studentNo'));
  return faults;
}

export interface KnownCourse {
  id: string;
  code: string;
  name: string;
  kind: string;
}

export async function findCourses(
  { tx, collegeId }: Around,
  codes: readonly string[],
): Promise<Map<string, KnownCourse>> {
  const rows = await rowsIn(codes, (page) =>
    tx('courses')
      .where({ college_id: collegeId })
      .whereIn('code', page)
      .select<KnownCourse[]>('id', 'code', 'name', 'kind'),
  );
  return new Map(rows.map((row) => [row.code, row]));
}

/** Standards by code or alias, and edition: a code that hits two is an error, not a guess (domain.md §8). */
export async function findStandards(tx: Tx): Promise<(code: string, edition: string) => string[]> {
  const rows: { id: string; occupation_code: string; edition: string }[] = await tx('standards').select(
    'id',
    'occupation_code',
    'edition',
  );
  const aliases: { standard_id: string; alias_code: string }[] = await tx('standard_aliases').select(
    'standard_id',
    'alias_code',
  );
  return (code, edition) => {
    const own = rows.filter((row) => row.occupation_code === code && row.edition === edition);
    if (own.length > 0) return own.map((row) => row.id);
    const named = new Set(aliases.filter((alias) => alias.alias_code === code).map((alias) => alias.standard_id));
    return rows.filter((row) => named.has(row.id) && row.edition === edition).map((row) => row.id);
  };
}

interface NamesStandard {
  occupationCode: string;
  edition: string;
}

export function standardFaults({ fault }: Around, row: Row<NamesStandard>, found: readonly string[]) {
  if (found.length === 1) return [];
  const code = found.length === 0 ? 'standard_unknown' : 'standard_ambiguous';
  return [fault(row, code, 'occupationCode', { detail: { edition: row.values.edition } })];
}

/** Rows without a fault; one faulty part of a sheet's row takes the whole row with it. */
export function without<V>(rows: readonly Row<V>[], faults: readonly { row: number }[]): Row<V>[] {
  const faulty = new Set(faults.map(({ row }) => row));
  return rows.filter(({ row }) => !faulty.has(row));
}

export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
