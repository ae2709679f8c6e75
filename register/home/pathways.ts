import type { Tx } from '../../db/tx.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';
import { firstOf } from './page.ts';
import type { Waiting } from './read-home.ts';

interface PathwayRow {
  id: string;
  student: string;
  name: string;
  student_no: string;
  type: string;
  level: string | null;
  since: string | null;
  until: string | null;
}

function pathways(tx: Tx) {
  return fromStudents(tx)
    .join('pathways as w', 'w.enrolment_id', 'e.id')
    .join('pathway_status as t', 't.pathway_id', 'w.id')
    .select({
      id: 'w.id',
      student: 'e.id',
      name: 'p.name',
      student_no: 'e.student_no',
      type: 'w.type',
      level: 'w.level',
      since: 't.since',
      until: 't.until',
    });
}

const item = (row: PathwayRow) => ({
  id: row.id,
  title: row.name,
  detail: [row.student_no, row.type, ...(row.level === null ? [] : [row.level])].join('/'),
  studentId: row.student,
  since: row.since,
  until: row.until,
});

/** Pathways that wait for somebody of one's office at this stage; what the system is about to do waits for nobody. */
export function pathwaysAtStage(stage: 'referred' | 'refused' | 'deciding' | 'sign_off') {
  return (tx: Tx, by: Principal): Promise<Waiting> => {
    const rows = inScope(pathways(tx).where('t.stage', stage), by, studentScope);
    if (stage === 'deciding') void rows.where('t.waiting_role', 'registrar');
    return firstOf(rows, ['t.since', 'w.id'], item);
  };
}

export function ownPathways(tx: Tx, personId: string): Promise<Waiting> {
  return firstOf(pathways(tx).where('e.person_id', personId), ['w.type', 'w.id'], item);
}
