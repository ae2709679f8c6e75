import { readTx } from '../../db/read-tx.ts';
import type { Query, Tx } from '../../db/tx.ts';
import type { StudentView } from '../../schemas/api/students.ts';
import type { PathwayView } from '../../schemas/api/verdicts.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { oneInScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { nameWaits, stageView } from './name-waits.ts';
import { byTarget } from './pathway-statuses.ts';
import { fromStudents, studentColumns, studentHead, studentScope } from './select-students.ts';
import type { StudentRow } from './select-students.ts';
import { readStudentVerdicts } from './student-verdicts.ts';
import type { StudentVerdicts } from './student-verdicts.ts';

interface WholeRow extends StudentRow {
  version: number;
  gender: 'male' | 'female' | null;
  id_last_four: string | null;
  enrolled_on: string;
  department_id: string | null;
  department_name: string | null;
}

/** The enrolment, or `not_found` where it does not exist or lies outside the scope of the permission at hand. */
export async function studentInScope(query: Query, by: Principal, id: string): Promise<WholeRow> {
  const rows = fromStudents(query)
    .leftJoin('org_units as d', 'd.id', 'g.department_id')
    .where('e.id', id)
    .select(studentColumns)
    .select({ version: 'e.version', gender: 'p.gender', id_last_four: 'p.id_last_four', enrolled_on: 'e.enrolled_on' })
    .select({ department_id: 'd.id', department_name: 'd.name' });
  return oneInScope<WholeRow>(rows, by, studentScope);
}

/** One student: who, and both verdicts worked out now. */
export async function readStudent(register: Register, by: Principal, id: string): Promise<StudentView> {
  const row = await studentInScope(register.db.reader, by, id);
  const verdicts = await readStudentVerdicts(register, id);
  const pathways = await readTx(register.db, (tx) => pathwayViews(tx, verdicts));
  return {
    ...studentHead(row),
    version: Number(row.version),
    gender: row.gender,
    idNumberMasked: row.id_last_four === null ? null : `**************${row.id_last_four}`,
    enrolledOn: row.enrolled_on,
    department: row.department_id === null ? null : { id: row.department_id, name: row.department_name ?? '' },
    asOf: verdicts.asOf,
    today: legalDateOf(verdicts.asOf),
    pathways,
  };
}

/** Verdicts with everything named that they mention. */
export async function pathwayViews(tx: Tx, { pathways }: StudentVerdicts): Promise<PathwayView[]> {
  const names = await nameWaits(
    tx,
    pathways.map(({ stage }) => stage),
  );
  const ids = pathways.flatMap(({ standard }) => standard ?? []);
  const rows: { id: string; code: string; edition: string; name: string; name_en: string }[] = await tx('standards')
    .whereIn('id', ids)
    .select({ id: 'id', code: 'occupation_code', edition: 'edition', name: 'name', name_en: 'name_en' });
  const standards = new Map(
    rows.map(({ id, code, edition, name, name_en: en }) => [id, { id, code, edition, name: { 'zh-CN': name, en } }]),
  );
  const views = pathways.map(({ pathway, stage, standard, level, facts, ...rest }) => ({
    ...rest,
    id: pathway,
    standard: standard === null ? null : (standards.get(standard) ?? null),
    level: level as PathwayView['level'], // held by a CHECK
    stage: stageView(stage, names),
    facts: facts as PathwayView['facts'], // readPathwayFacts makes nothing else
  }));
  return views.sort(byTarget);
}
