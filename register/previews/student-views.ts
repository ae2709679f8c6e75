import type { Query } from '../../db/tx.ts';
import type { ChangeView } from '../../schemas/api/previews.ts';
import { inScope } from '../accounts/in-scope.ts';
import { actingUnder } from '../accounts/principal.ts';
import type { Principal } from '../accounts/principal.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';

type StudentView = ChangeView['student'];

interface Row {
  id: string;
  student_no: string;
  name: string;
  class_id: string;
  class_name: string;
}

const columns = { id: 'e.id', student_no: 'e.student_no', name: 'p.name', class_id: 'c.id', class_name: 'c.name' };

/** Students of a preview: those who edit rules see that there is somebody, those who may read students see whom. */
export async function studentViews(
  query: Query,
  by: Principal,
  ids: readonly string[],
): Promise<(id: string) => StudentView> {
  const all: Row[] = await fromStudents(query).where('e.college_id', by.collegeId).whereIn('e.id', ids).select(columns);
  const reader = actingUnder(by, 'students.read');
  const named: string[] = reader
    ? await inScope(fromStudents(query), reader, studentScope).whereIn('e.id', ids).pluck('e.id')
    : [];
  const [rows, known] = [new Map(all.map((row) => [row.id, row])), new Set(named)];
  return (id) => {
    const row = rows.get(id);
    const open = row !== undefined && known.has(id);
    return {
      ...{ id, studentNo: open ? row.student_no : null, name: open ? row.name : null },
      class: { id: row?.class_id ?? id, name: row?.class_name ?? '' },
    };
  };
}
