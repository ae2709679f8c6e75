import type { Rows } from '../../db/keyset.ts';
import { keysetPage } from '../../db/keyset.ts';
import type { ListStudentsInput, StudentItem } from '../../schemas/api/students.ts';
import { isIdNumberFault, parseIdNumber } from '../../schemas/id-number.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { pathwayStatuses } from './pathway-statuses.ts';
import { fromStudents, studentColumns, studentHead, studentScope } from './select-students.ts';
import type { StudentRow } from './select-students.ts';

export type ListStudents = ListStudentsInput & { text?: string };

/** The students one may see, by student number; stages and verdicts as last looked at. */
export async function listStudents(
  register: Register,
  by: Principal,
  input: ListStudents,
): Promise<{ items: StudentItem[]; next: string | null }> {
  const { reader } = register.db;
  const query = inScope(fromStudents(reader).select(studentColumns), by, studentScope);
  narrow(query, input);
  if (input.text !== undefined) match(register, query, input.text);
  const { limit, cursor } = input;
  const page = await keysetPage<StudentRow>(query, { id: 'e.id', order: ['e.student_no'], cursor, limit });
  const statuses = await pathwayStatuses(
    reader,
    page.rows.map(({ id }) => id),
  );
  return {
    items: page.rows.map((row) => ({ ...studentHead(row), pathways: statuses.get(row.id) ?? [] })),
    next: page.next,
  };
}

function narrow(query: Rows, { cohort, programme, class: classId, status, ...about }: ListStudents): void {
  if (cohort !== undefined) void query.where('e.cohort', cohort);
  if (programme !== undefined) void query.where('g.id', programme);
  if (classId !== undefined) void query.where('e.class_id', classId);
  if (status !== undefined) void query.where('e.status', status);
  const { target, level, stage, waiting, verdict } = about;
  const wanted = {
    'w.type': target,
    'w.level': level,
    't.stage': stage,
    't.waiting_role': waiting,
    't.verdict_type': verdict,
  };
  const asked = Object.entries(wanted).filter(([, value]) => value !== undefined);
  if (asked.length === 0) return;
  void query.whereIn('e.id', (some: Rows) => {
    void some
      .from('pathways as w')
      .leftJoin('pathway_status as t', 't.pathway_id', 'w.id')
      .where(Object.fromEntries(asked))
      .select('w.enrolment_id');
  });
}

/** Number, name, pinyin or initials; a whole certificate or ID number finds its holder. */
function match({ db }: Register, query: Rows, text: string): void {
  const escaped = text.toLowerCase().replace(/[\\%_]/g, '\\$&');
  const idNumber = parseIdNumber(text);
  void query.where((some: Rows) => {
    void some.whereRaw("lower(e.student_no) LIKE ? ESCAPE '\\'", [`${escaped}%`]);
    for (const column of ['p.name', 'p.name_pinyin', 'p.name_initials'])
      void some.orWhereRaw(`lower(${column}) LIKE ? ESCAPE '\\'`, [`%${escaped}%`]);
    void some.orWhereIn(
      'e.id',
      (own: Rows) => void own.from('certificates').where('number', text.toUpperCase()).select('enrolment_id'),
    );
    if (!isIdNumberFault(idNumber)) void some.orWhere('p.id_number_index', db.keys.idNumberIndex(idNumber.value));
  });
}
