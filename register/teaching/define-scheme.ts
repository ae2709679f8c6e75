import { appendLeaf } from '../../db/audit.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { readTx } from '../../db/read-tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Fault } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { faultAt } from './faults.ts';
import { refuseOutsidePolicy, readSchemePolicies } from './scheme-policy.ts';
import { readStandings } from './sheet-events.ts';

export interface SchemeComponent {
  name: string;
  kind: 'process' | 'midterm' | 'practical' | 'theory' | 'project' | 'final';
  /** Hundredths of a percent. */
  weight: number;
  /** Tenths of a point; 1000 unless told. */
  maxScore?: number;
  unitId?: string;
}

export interface DefineScheme {
  courseId: string;
  components: SchemeComponent[];
}

const WHOLE = 10_000;
const HUNDRED_POINTS = 1_000;

/** 考核方案: a further version for a course. Sheets nobody has begun follow it; those begun keep the scheme they were begun with. */
export async function defineScheme(
  register: Register,
  call: Call<DefineScheme>,
): Promise<{ scheme: string; version: number; offerings: number }> {
  const { by, input } = call;
  refuseFaulty(input.components);
  const course = { courseId: input.courseId, collegeId: by.collegeId ?? '' };
  // worked out by the rules, so before the transaction that writes
  const policies = await readTx(register.db, (tx) => readSchemePolicies(register, tx, course));
  return writeTx(register.db, { command: 'defineScheme', ...call }, async (tx) => {
    const known = await tx('courses').where({ id: input.courseId, college_id: by.collegeId }).forUpdate().first('id');
    if (!known || by.collegeId === null) throw new Problem('not_found');
    await refuseUnknownUnits(tx, input.components);
    refuseOutsidePolicy(input.components, policies);
    const { now } = await collegeTime(tx, register.systemClock, by.collegeId);
    const last = await tx('schemes').where({ course_id: input.courseId }).max({ version: 'version' }).first();
    const version = Number(last?.version ?? 0) + 1;
    const id = await insertScheme(register, tx, {
      ...input,
      collegeId: by.collegeId,
      createdBy: by.userId,
      version,
      now,
    });
    const offerings = await untouchedOfferings(tx, input.courseId);
    await tx('offerings').whereIn('id', offerings).update({ scheme_id: id });
    await appendLeaf(tx, {
      kind: 'scheme_defined',
      object: { type: 'scheme', id },
      body: { course: input.courseId, version, offerings: offerings.length },
    });
    return { scheme: id, version, offerings: offerings.length };
  });
}

interface NewScheme extends DefineScheme {
  collegeId: string;
  createdBy: string;
  version: number;
  now: string;
}

export async function insertScheme(register: Register, tx: Tx, scheme: NewScheme): Promise<string> {
  const id = register.newId('scheme');
  const { courseId, collegeId, version, createdBy, now } = scheme;
  await tx('schemes').insert({
    id,
    college_id: collegeId,
    course_id: courseId,
    version,
    created_by: createdBy,
    created_at: now,
  });
  await insertRows(
    tx,
    'scheme_components',
    scheme.components.map(({ name, kind, weight, maxScore = HUNDRED_POINTS, unitId = null }, index) => ({
      id: register.newId('component'),
      scheme_id: id,
      ordinal: index + 1,
      ...{ name, kind, weight },
      max_score: maxScore,
      unit_id: unitId,
    })),
  );
  return id;
}

function refuseFaulty(components: readonly SchemeComponent[]): void {
  const names = new Set<string>();
  const faults = components.flatMap(({ name, weight, maxScore = HUNDRED_POINTS }, index): Fault[] => {
    const at = `/components/${index}`;
    const own: Fault[] = [];
    if (names.has(name)) own.push(faultAt(`${at}/name`, 'name_doubled'));
    names.add(name);
    if (!Number.isInteger(weight) || weight < 1 || weight > WHOLE)
      own.push(faultAt(`${at}/weight`, 'weight_out_of_range'));
    if (!Number.isInteger(maxScore) || maxScore < 10 || maxScore > 10_000)
      own.push(faultAt(`${at}/maxScore`, 'count_out_of_range', { minimum: 10, maximum: 10_000 }));
    return own;
  });
  if (faults.length > 0) throw new Problem('bad_input', faults);
  const sum = components.reduce((total, { weight }) => total + weight, 0);
  if (sum !== WHOLE)
    throw new Problem('weights_not_whole', [{ pointer: '/components', code: 'weights_not_whole', detail: { sum } }]);
}

async function refuseUnknownUnits(tx: Tx, components: readonly SchemeComponent[]): Promise<void> {
  const wanted = components.flatMap(({ unitId }) => unitId ?? []);
  const known = new Set<string>(await tx('standard_units').whereIn('id', wanted).pluck('id'));
  const faults = components.flatMap(({ unitId }, index) =>
    unitId === undefined || known.has(unitId) ? [] : [faultAt(`/components/${index}/unitId`, 'unit_unknown')],
  );
  if (faults.length > 0) throw new Problem('bad_input', faults);
}

/** Offerings of a course none of whose sheets has a draft or an event. */
async function untouchedOfferings(tx: Tx, courseId: string): Promise<string[]> {
  const sheets: { id: string; offering_id: string }[] = await tx('score_sheets')
    .join('offerings', 'offerings.id', 'score_sheets.offering_id')
    .where('offerings.course_id', courseId)
    .select('score_sheets.id', 'offering_id');
  const standing = await readStandings(
    tx,
    sheets.map(({ id }) => id),
  );
  const begun = new Set(sheets.filter(({ id }) => standing(id).state !== 'empty').map((sheet) => sheet.offering_id));
  return [...new Set(sheets.map((sheet) => sheet.offering_id))].filter((id) => !begun.has(id));
}
