import { appendLeaf } from '../../db/audit.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Register } from '../register.ts';

export interface CreateCollege {
  code: string;
  name: { zh: string; en: string };
  demo: boolean;
  /** Length of a public notice; what the local office accepts (domain.md §10). */
  noticeWorkingDays: number;
}

export async function createCollege(register: Register, call: Call<CreateCollege>): Promise<{ college: string }> {
  const { code, name, demo, noticeWorkingDays } = call.input;
  return writeTx(register.db, { command: 'createCollege', ...call }, async (tx) => {
    const id = register.newId('college');
    const row = {
      id,
      code,
      name_zh: name.zh,
      name_en: name.en,
      demo: demo ? 1 : 0,
      notice_working_days: noticeWorkingDays,
    };
    await tx('colleges').insert({ ...row, created_at: register.systemClock.now() });
    await appendLeaf(tx, { kind: 'college_created', object: { type: 'college', id }, collegeId: id });
    return { college: id };
  });
}

export interface AddTerms {
  terms: { code: string; startsOn: string; endsOn: string }[];
}

export async function addTerms(register: Register, call: Call<AddTerms>): Promise<{ terms: string[] }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'addTerms', ...call }, async (tx) => {
    const rows = input.terms.map(({ code, startsOn, endsOn }) => ({
      id: register.newId('term'),
      college_id: by.collegeId,
      code,
      starts_on: startsOn,
      ends_on: endsOn,
    }));
    await insertRows(tx, 'terms', rows);
    await appendLeaf(tx, {
      kind: 'terms_added',
      object: { type: 'college', id: by.collegeId ?? '' },
      body: { count: rows.length },
    });
    return { terms: rows.map((row) => row.id) };
  });
}

export interface AddAuthorisation {
  type: 'diploma' | 'skill';
  occupationCode?: string;
  edition?: string;
  level?: string;
  programmeCode?: string;
  letter?: 'Y' | 'S';
  organisation?: string;
  province?: string;
  site?: string;
  schoolCode?: string;
  schoolKind?: string;
  schoolLevel?: string;
  fromOn: string;
  toOn?: string;
  source: string;
  evidence: 'sourced' | 'unconfirmed';
}

/** What the college may issue, from when: outside it no certificate is made (职业教育法 17, 51). */
export async function addAuthorisation(
  register: Register,
  call: Call<AddAuthorisation>,
): Promise<{ authorisation: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'addAuthorisation', ...call }, async (tx) => {
    const id = register.newId('authorisation');
    await tx('issuing_authorisations').insert({
      id,
      college_id: by.collegeId,
      type: input.type,
      occupation_code: input.occupationCode ?? null,
      edition: input.edition ?? null,
      level: input.level ?? null,
      programme_code: input.programmeCode ?? null,
      letter: input.letter ?? null,
      organisation: input.organisation ?? null,
      province: input.province ?? null,
      site: input.site ?? null,
      school_code: input.schoolCode ?? null,
      school_kind: input.schoolKind ?? null,
      school_level: input.schoolLevel ?? null,
      from_on: input.fromOn,
      to_on: input.toOn ?? null,
      source: input.source,
      evidence: input.evidence,
    });
    await appendLeaf(tx, { kind: 'authorisation_added', object: { type: 'issuing_authorisation', id } });
    return { authorisation: id };
  });
}
