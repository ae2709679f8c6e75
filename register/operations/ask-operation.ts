import type { Rows } from '../../db/keyset.ts';
import { pagesOf } from '../../db/rows.ts';
import type { PathwayChoice } from '../../schemas/api/operations.ts';
import type { Permission } from '../../schemas/permissions.ts';
import { Problem } from '../../schemas/problem.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { PersonCall, Principal } from '../accounts/principal.ts';
import { actingUnder } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';
import { createOperation } from './create-operation.ts';
import type { BulkKind } from './kinds.ts';

export interface AskOperation {
  kind: BulkKind;
  pathwayIds?: string[] | undefined;
  choose?: PathwayChoice | undefined;
}

/** A bulk act needs the permission of the single act, and reaches no further. */
const needed: Record<BulkKind, Permission> = {
  apply: 'applications.submit',
  audit: 'decisions.record',
  sign_off: 'certificates.sign_off',
};

/** Starts bulk work over pathways named one by one or chosen by what they have in common, all within the asker's scope. */
export async function askOperation(
  register: Register,
  call: PersonCall<AskOperation>,
): Promise<{ operation: string; total: number }> {
  const { kind, pathwayIds, choose } = call.input;
  const by = actingUnder(call.by, needed[kind]);
  if (!by) throw new Problem('not_permitted', [], { permission: needed[kind] });
  if ((pathwayIds === undefined) === (choose === undefined))
    throw new Problem(
      'bad_input',
      ['/pathwayIds', '/choose'].map((pointer) => ({ pointer, code: 'one_of_these_only' })),
    );
  if (choose) return createOperation(register, { ...call, by }, await chosen(register, by, { kind, choose }));
  await refuseOutOfScope(register, by, pathwayIds ?? []);
  return createOperation(register, { ...call, by });
}

const fromPathways = ({ db }: Register): Rows =>
  fromStudents(db.reader).join('pathways as w', 'w.enrolment_id', 'e.id');

async function refuseOutOfScope(register: Register, by: Principal, ids: readonly string[]): Promise<void> {
  const found = new Set<string>();
  for (const page of pagesOf(ids, 5000)) {
    const seen: string[] = await inScope(fromPathways(register), by, studentScope).whereIn('w.id', page).pluck('w.id');
    for (const id of seen) found.add(id);
  }
  const faults = ids.flatMap((id, index) =>
    found.has(id) ? [] : [{ pointer: `/pathwayIds/${index}`, code: 'not_found' }],
  );
  if (faults.length > 0) throw new Problem('bad_input', faults.slice(0, 200));
}

async function chosen(
  register: Register,
  by: Principal,
  { kind, choose }: { kind: BulkKind; choose: PathwayChoice },
): Promise<string[]> {
  const { cohort, programme, class: classId, target, level, stage } = choose;
  const wanted = {
    'e.cohort': cohort,
    'g.id': programme,
    'e.class_id': classId,
    'w.type': target,
    'w.level': level,
    't.stage': stage,
  };
  const query = inScope(fromPathways(register), by, studentScope)
    .leftJoin('pathway_status as t', 't.pathway_id', 'w.id')
    .whereNull('w.closed_at')
    .where(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)))
    .orderBy(['e.student_no', 'w.id']);
  if (kind === 'apply') void query.where('w.type', 'skill').whereNull('w.applied_on');
  if (kind === 'sign_off') void query.where('t.stage', 'sign_off');
  return query.pluck('w.id');
}
