import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import type { SchemeList, SchemeView } from '../../schemas/api/sheets.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeOf, inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { actingUnder } from '../accounts/principal.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { courseScope } from './sheet-scope.ts';

type Component = SchemeView['components'][number];

interface ComponentRow {
  id: string;
  scheme_id: string;
  ordinal: number;
  name: string;
  kind: Component['kind'];
  weight: number;
  max_score: number;
  unit_id: string | null;
}

/** The parts of each assessment scheme, in order. */
export async function readComponents(tx: Tx, schemeIds: readonly string[]): Promise<Map<string, Component[]>> {
  const rows: ComponentRow[] = await tx('scheme_components')
    .whereIn('scheme_id', schemeIds)
    .orderBy(['scheme_id', 'ordinal']);
  const grouped = groupBy(rows, (row) => row.scheme_id);
  return new Map([...grouped].map(([scheme, own]) => [scheme, own.map(componentView)]));
}

function componentView(row: ComponentRow): Component {
  return {
    id: row.id,
    ordinal: Number(row.ordinal),
    name: row.name,
    kind: row.kind,
    weight: Number(row.weight),
    maxScore: Number(row.max_score),
    unitId: row.unit_id,
  };
}

/** 考核方案 of a course, the latest version first. */
export async function listSchemes({ db }: Register, by: Principal, courseId: string): Promise<SchemeList> {
  return readTx(db, async (tx) => {
    const course = await tx('courses')
      .where({ id: courseId, college_id: collegeOf(by) })
      .first<{ id: string; code: string; name: string } | undefined>('id', 'code', 'name');
    if (!course) throw new Problem('not_found');
    const schemes = await tx('schemes as s')
      .leftJoin('users as u', 'u.id', 's.created_by')
      .where('s.course_id', courseId)
      .orderBy('s.version', 'desc')
      .select('s.id', 's.version', 's.created_at', { creator: 'u.display_name' });
    const parts = await readComponents(
      tx,
      schemes.map(({ id }) => id),
    );
    return {
      course,
      mayDefine: await mayDefine(tx, by, courseId),
      units: await unitsOf(tx, courseId),
      items: schemes.map(({ id, version, created_at: createdAt, creator }) => ({
        id,
        version: Number(version),
        createdAt,
        createdBy: creator,
        components: parts.get(id) ?? [],
      })),
    };
  });
}

async function mayDefine(tx: Tx, by: Principal, courseId: string): Promise<boolean> {
  const editing = actingUnder(by, 'schemes.edit');
  const course = tx('courses as c').where('c.id', courseId).select('c.id');
  return editing !== null && (await inScope(course, editing, courseScope).first()) !== undefined;
}

interface UnitRow {
  id: string;
  name: string;
  level: SchemeList['units'][number]['level'];
  standard_id: string;
  standard_name: string;
  coverage: number;
}

async function unitsOf(tx: Tx, courseId: string): Promise<SchemeList['units']> {
  const rows: UnitRow[] = await tx('course_standard_units as m')
    .join('standard_units as u', 'u.id', 'm.unit_id')
    .join('standards as s', 's.id', 'u.standard_id')
    .where('m.course_id', courseId)
    .orderBy(['s.occupation_code', 's.edition', 'u.level', 'u.ordinal'])
    .select('u.id', 'u.name', 'u.level', 'm.coverage', { standard_id: 's.id', standard_name: 's.name' });
  return rows.map(({ standard_id: id, standard_name: name, coverage, ...unit }) => ({
    ...unit,
    standard: { id, name },
    coverage: Number(coverage),
  }));
}
