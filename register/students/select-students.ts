import type { Rows } from '../../db/keyset.ts';
import type { Query } from '../../db/tx.ts';
import type { ScopeColumns } from '../accounts/in-scope.ts';

/** Where a student lies within each kind of scope, in the aliases of `fromStudents`. */
export const studentScope: ScopeColumns = {
  college: 'e.college_id',
  department: 'g.department_id',
  programme: 'g.id',
  class: 'e.class_id',
  offering: (some, offering) =>
    void some.orWhereIn(
      'e.class_id',
      (classes: Rows) => void classes.from('offerings').where('id', offering).select('class_id'),
    ),
  person: 'e.person_id',
  // whoever teaches a class knows its students
  user: (some, user) =>
    void some.orWhereIn(
      'e.class_id',
      (classes: Rows) => void classes.from('offerings').where('teacher_id', user).select('class_id'),
    ),
};

/** Enrolments `e` with person `p`, plan `l`, programme `g` and class `c`. */
export function fromStudents(query: Query): Rows {
  return query('enrolments as e')
    .join('people as p', 'p.id', 'e.person_id')
    .join('plans as l', 'l.id', 'e.plan_id')
    .join('programmes as g', 'g.id', 'l.programme_id')
    .join('org_units as c', 'c.id', 'e.class_id');
}

export interface StudentRow {
  id: string;
  student_no: string;
  name: string;
  status: 'enrolled' | 'suspended' | 'withdrawn' | 'graduated';
  cohort: number;
  class_id: string;
  class_name: string;
  programme_id: string;
  programme_code: string;
  name_zh: string;
  name_en: string;
  plan_id: string;
}

export const studentColumns = {
  id: 'e.id',
  student_no: 'e.student_no',
  name: 'p.name',
  status: 'e.status',
  cohort: 'e.cohort',
  class_id: 'c.id',
  class_name: 'c.name',
  programme_id: 'g.id',
  programme_code: 'g.code',
  name_zh: 'g.name_zh',
  name_en: 'g.name_en',
  plan_id: 'l.id',
};

export function studentHead(row: StudentRow) {
  return {
    id: row.id,
    studentNo: row.student_no,
    name: row.name,
    status: row.status,
    cohort: Number(row.cohort),
    class: { id: row.class_id, name: row.class_name },
    programme: { id: row.programme_id, code: row.programme_code, name: { 'zh-CN': row.name_zh, en: row.name_en } },
    planId: row.plan_id,
  };
}
