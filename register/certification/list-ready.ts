import { keysetPage } from '../../db/keyset.ts';
import type { ReadyItem } from '../../schemas/api/certificates.ts';
import type { PageInput } from '../../schemas/api/common.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { holdersOf } from '../accounts/holders.ts';
import { collegeOf, inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { standardView } from '../students/pathway-statuses.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';
import { barsAmong } from './bars.ts';

interface ReadyRow {
  id: string;
  enrolment: string;
  student_no: string;
  name: string;
  class_id: string;
  class_name: string;
  type: ReadyItem['pathway']['type'];
  level: ReadyItem['pathway']['level'];
  standard_id: string | null;
  occupation_code: string;
  edition: string;
  standard_name: string;
  standard_name_en: string;
  since: string | null;
  verdict: ReadyItem['verdict'];
}

/** 待签发: pathways whose notice is over, each with who of the officers is barred and why, so that nobody learns it from a refusal. */
export async function listReady(
  { db, systemClock }: Register,
  by: Principal,
  { limit, cursor }: PageInput,
): Promise<{ items: ReadyItem[]; next: string | null }> {
  const { reader } = db;
  const query = inScope(
    fromStudents(reader)
      .join('pathways as w', 'w.enrolment_id', 'e.id')
      .join('pathway_status as t', 't.pathway_id', 'w.id')
      .leftJoin('standards as s', 's.id', 'w.standard_id')
      .where('t.stage', 'sign_off')
      .select('w.id', 'w.type', 'w.level', 'w.standard_id', 's.occupation_code', 's.edition', 't.since')
      .select('e.student_no', 'p.name', { enrolment: 'e.id', class_id: 'c.id', class_name: 'c.name' })
      .select({ standard_name: 's.name', standard_name_en: 's.name_en', verdict: 't.verdict_type' }),
    by,
    studentScope,
  );
  const page = await keysetPage<ReadyRow>(query, { id: 'w.id', order: ['e.student_no'], cursor, limit });
  const today = legalDateOf(systemClock.now());
  const officers = await holdersOf(reader, { role: 'certification_officer', collegeId: collegeOf(by), today });
  const barsOf = await barsAmong(reader, {
    officers: officers.map(({ id }) => id),
    enrolments: page.rows.map(({ enrolment }) => enrolment),
  });
  const items = page.rows.map((row): ReadyItem => {
    const barred = officers.flatMap((officer) => {
      const bars = barsOf(officer.id, row.enrolment);
      return bars.length === 0 ? [] : [{ officer, bars, you: officer.id === by.userId }];
    });
    return {
      studentId: row.enrolment,
      studentNo: row.student_no,
      name: row.name,
      class: { id: row.class_id, name: row.class_name },
      pathway: { id: row.id, type: row.type, level: row.level, standard: standardView(row) },
      verdict: row.verdict,
      since: row.since,
      barred,
      free: officers.length - barred.length,
    };
  });
  return { items, next: page.next };
}
