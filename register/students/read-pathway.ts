import { readTx } from '../../db/read-tx.ts';
import type { OnePathway } from '../../schemas/api/pathways.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { pathwayViews, studentInScope } from './read-student.ts';
import { readStudentVerdicts } from './student-verdicts.ts';

/** One target of a student, worked out now. */
export async function readPathway(register: Register, by: Principal, id: string): Promise<OnePathway> {
  const row = await register.db
    .reader('pathways')
    .where({ id })
    .first<{ enrolment_id: string } | undefined>('enrolment_id');
  if (!row) throw new Problem('not_found');
  const student = await studentInScope(register.db.reader, by, row.enrolment_id);
  const { pathways, ...rest } = await readStudentVerdicts(register, row.enrolment_id);
  const only = { ...rest, pathways: pathways.filter(({ pathway }) => pathway === id) };
  const [view] = await readTx(register.db, (tx) => pathwayViews(tx, only));
  return { ...view!, studentId: student.id, studentName: student.name, studentNo: student.student_no, asOf: rest.asOf };
}
