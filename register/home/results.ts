import type { Tx } from '../../db/tx.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';
import type { Waiting } from './read-home.ts';

interface AwaitedRow {
  standard: string;
  name: string;
  name_en: string;
  level: string;
  students: number | string;
  since: string | null;
}

/** Level results that have not been imported: one line for each occupation and level, with how many students wait for it. */
export async function resultsAwaited(tx: Tx, by: Principal): Promise<Waiting> {
  const rows: AwaitedRow[] = await inScope(
    fromStudents(tx)
      .join('pathways as w', 'w.enrolment_id', 'e.id')
      .join('pathway_status as t', 't.pathway_id', 'w.id')
      .join('standards as s', 's.id', 'w.standard_id')
      .where('t.stage', 'assessment'),
    by,
    studentScope,
  )
    .groupBy('s.id', 's.name', 's.name_en', 'w.level')
    .orderBy(['since', 's.id', 'w.level'])
    .select({ standard: 's.id', name: 's.name', name_en: 's.name_en', level: 'w.level' })
    .count({ students: '*' })
    .min({ since: 't.since' });
  const items = rows.map((row) => ({
    id: row.standard,
    title: row.name,
    text: { 'zh-CN': row.name, en: row.name_en },
    detail: `${row.level}/${Number(row.students)}`,
    studentId: null,
    since: row.since,
    until: null,
  }));
  return { count: items.length, items };
}
