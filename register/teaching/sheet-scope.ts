import type { ScopeColumns } from '../accounts/in-scope.ts';

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
