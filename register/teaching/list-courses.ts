import type { CourseList } from '../../schemas/api/sheets.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { courseScope } from './sheet-scope.ts';

/** The courses whose sheets the reader may see: what a list is filtered by. */
export async function listCourses({ db }: Register, by: Principal): Promise<CourseList> {
  const rows = db.reader('courses as c').orderBy('c.code').select('c.id', 'c.code', 'c.name');
  return { items: await inScope(rows, by, courseScope) };
}
