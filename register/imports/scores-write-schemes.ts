import { insertRows } from '../../db/rows.ts';
import type { Writing } from './kind.ts';
import { rowsIn } from './look-up.ts';
import type { SheetWork } from './scores.ts';
import type { ChosenScheme } from './scores-schemes.ts';
import { componentKind } from './scores-schemes.ts';

export interface WrittenScheme {
  id: string;
  components: ReadonlyMap<string, { id: string; weight: number; max: number }>;
}

/** Makes the schemes that are not there yet, one a course, and finds the components of all. */
export async function writeSchemes(
  { tx, register, collegeId, actorId, time }: Writing,
  sheets: readonly SheetWork[],
): Promise<(courseId: string, chosen: ChosenScheme) => WrittenScheme> {
  const made = new Map<string, string>();
  const rows: Record<string, string | number>[] = [];
  const components: Record<string, string | number | null>[] = [];
  const toMake = new Map(
    sheets.filter(({ scheme }) => scheme.id === null).map(({ courseId, scheme }) => [courseId, scheme]),
  );
  const versions = await lastSchemes({ tx }, [...toMake.keys()]);
  for (const [courseId, scheme] of toMake) {
    const id = register.newId('scheme');
    made.set(courseId, id);
    rows.push({
      id,
      college_id: collegeId,
      course_id: courseId,
      version: (versions.get(courseId) ?? 0) + 1,
      created_by: actorId,
      created_at: time.now,
    });
    scheme.components.forEach(({ name, weight, max }, index) => {
      const own = {
        id: register.newId('component'),
        scheme_id: id,
        ordinal: index + 1,
        name,
        kind: componentKind(name),
      };
      components.push({ ...own, weight, max_score: max, unit_id: null });
    });
  }
  await insertRows(tx, 'schemes', rows);
  await insertRows(tx, 'scheme_components', components);
  const ids = [...made.values(), ...sheets.flatMap(({ scheme }) => scheme.id ?? [])];
  const known = await rowsIn(ids, (page) =>
    tx('scheme_components')
      .whereIn('scheme_id', page)
      .select<{ id: string; scheme_id: string; name: string; weight: number; max_score: number }[]>(),
  );
  const byScheme = new Map<string, Map<string, { id: string; weight: number; max: number }>>();
  for (const { id, scheme_id, name, weight, max_score: max } of known) {
    const own = byScheme.get(scheme_id) ?? new Map();
    byScheme.set(scheme_id, own.set(name, { id, weight, max }));
  }
  return (courseId, chosen) => {
    const id = chosen.id ?? made.get(courseId) ?? '';
    return { id, components: byScheme.get(id) ?? new Map() };
  };
}

async function lastSchemes({ tx }: Pick<Writing, 'tx'>, courseIds: readonly string[]): Promise<Map<string, number>> {
  const rows: { course_id: string; version: number | string }[] = await tx('schemes')
    .whereIn('course_id', courseIds)
    .groupBy('course_id')
    .max({ version: 'version' })
    .select('course_id');
  return new Map(rows.map((row) => [row.course_id, Number(row.version)]));
}
