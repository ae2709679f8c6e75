import { appendLeaf } from '../../db/audit.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';

interface StandardName {
  occupationCode: string;
  edition: string;
}

export interface CreateProgramme {
  code: string;
  name: { zh: string; en: string };
  educationLevel: 'secondary_vocational' | 'higher_vocational' | 'vocational_bachelor' | 'technician';
  years: number;
  department: string;
  /** Occupations the programme prepares for; null where it is not recorded whether the programme was assessed (经评估论证). */
  occupations: (StandardName & { relevant: boolean | null; assessed: boolean | null; source: string })[];
}

export async function createProgramme(register: Register, call: Call<CreateProgramme>): Promise<{ programme: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'createProgramme', ...call }, async (tx) => {
    const departmentId = await departmentNamed(register, tx, { collegeId: by.collegeId, name: input.department });
    const id = register.newId('programme');
    const row = {
      id,
      college_id: by.collegeId,
      department_id: departmentId,
      code: input.code,
      name_zh: input.name.zh,
      name_en: input.name.en,
    };
    await tx('programmes').insert({ ...row, education_level: input.educationLevel, years: input.years });
    for (const { relevant, assessed, source, ...name } of input.occupations) {
      const standard = await standardNamed(tx, name);
      await tx('programme_occupations').insert({
        programme_id: id,
        standard_id: standard,
        relevant: flag(relevant),
        assessed: flag(assessed),
        source,
      });
    }
    await appendLeaf(tx, { kind: 'programme_created', object: { type: 'programme', id }, body: { code: input.code } });
    return { programme: id };
  });
}

async function departmentNamed(
  register: Register,
  tx: Tx,
  { collegeId, name }: { collegeId: string | null; name: string },
): Promise<string> {
  const known = await tx('org_units').where({ college_id: collegeId, kind: 'department', name }).first('id');
  if (known) return known.id;
  const id = register.newId('orgUnit');
  await tx('org_units').insert({
    id,
    college_id: collegeId,
    parent_id: null,
    kind: 'department',
    name,
    programme_id: null,
    cohort: null,
  });
  return id;
}

export interface CreatePlan {
  programmeCode: string;
  cohort: number;
  enrolledOn: string;
  /** Tenths. `totalCredits` follows the courses when the plan's workbook is imported. */
  totalCredits: number;
  electiveCredits: number;
  maxYears: number;
  targets: (StandardName & { level: SkillLevel })[];
}

/** The programme plan (人才培养方案) of one cohort, with the skill certificates it aims at beside the diploma. */
export async function createPlan(register: Register, call: Call<CreatePlan>): Promise<{ plan: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'createPlan', ...call }, async (tx) => {
    const programme = await tx('programmes').where({ college_id: by.collegeId, code: input.programmeCode }).first('id');
    if (!programme) throw new Problem('bad_input', [{ pointer: '/programmeCode', code: 'programme_unknown' }]);
    const id = register.newId('plan');
    const credits = { total_credits: input.totalCredits, elective_credits: input.electiveCredits };
    await tx('plans').insert({
      id,
      college_id: by.collegeId,
      programme_id: programme.id,
      cohort: input.cohort,
      enrolled_on: input.enrolledOn,
      ...credits,
      max_years: input.maxYears,
      version: 1,
    });
    const targets = [];
    for (const { level, ...name } of input.targets)
      targets.push({ plan_id: id, standard_id: await standardNamed(tx, name), level });
    await insertRows(tx, 'plan_targets', targets);
    await appendLeaf(tx, { kind: 'plan_created', object: { type: 'plan', id } });
    return { plan: id };
  });
}

async function standardNamed(tx: Tx, { occupationCode, edition }: StandardName): Promise<string> {
  const row = await tx('standards').where({ occupation_code: occupationCode, edition }).first('id');
  if (!row)
    throw new Problem('bad_input', [
      { pointer: '/occupations', code: 'standard_unknown', detail: { occupationCode, edition } },
    ]);
  return row.id;
}

const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);
