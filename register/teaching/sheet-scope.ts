import type { Rows } from '../../db/keyset.ts';
import type { Query } from '../../db/tx.ts';
import { oneInScope } from '../accounts/in-scope.ts';
import type { ScopeColumns, ScopeLimit } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';

/**
 * Where a score sheet lies within each kind of scope: sheet `h`, offering `o`, programme `g`. A student's own scope reaches
 * none, since a sheet shows the whole class.
 */
export const sheetScope: ScopeColumns = {
  college: 'h.college_id',
  department: 'g.department_id',
  programme: 'g.id',
  class: 'o.class_id',
  offering: 'o.id',
  user: 'o.teacher_id',
};

const withProgramme = (query: Query) =>
  query('offerings as o').join('plans as l', 'l.id', 'o.plan_id').join('programmes as g', 'g.id', 'l.programme_id');

/** `not_found` for a sheet outside the scope of the permission at hand. */
export async function requireSheetInScope(query: Query, by: Principal, id: string): Promise<void> {
  const rows = withProgramme(query).join('score_sheets as h', 'h.offering_id', 'o.id').where('h.id', id).select('h.id');
  await oneInScope(rows, by, sheetScope);
}

export async function requireOfferingInScope(query: Query, by: Principal, id: string): Promise<void> {
  const rows = withProgramme(query).where('o.id', id).select('o.id');
  await oneInScope(rows, by, { ...sheetScope, college: 'o.college_id' });
}

const inPlans =
  (column: string): Exclude<ScopeLimit, string> =>
  (some, value) =>
    void some.orWhereIn('c.id', (own: Rows) => {
      void own
        .from('plan_courses as x')
        .join('plans as l', 'l.id', 'x.plan_id')
        .join('programmes as g', 'g.id', 'l.programme_id')
        .where(column, value)
        .select('x.course_id');
    });
const taught =
  (column: string): Exclude<ScopeLimit, string> =>
  (some, value) =>
    void some.orWhereIn('c.id', (own: Rows) => void own.from('offerings').where(column, value).select('course_id'));

/** A course `c` belongs to whoever has its plan's programme or teaches it. */
export const courseScope: ScopeColumns = {
  college: 'c.college_id',
  department: inPlans('g.department_id'),
  programme: inPlans('g.id'),
  class: taught('class_id'),
  offering: taught('id'),
  user: taught('teacher_id'),
};

export async function requireCourseInScope(query: Query, by: Principal, id: string): Promise<void> {
  await oneInScope(query('courses as c').where('c.id', id).select('c.id'), by, courseScope);
}
