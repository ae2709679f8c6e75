import { createHash } from 'node:crypto';
import { seedRules } from '../../demo/seed/seed-college.ts';
import { insertRows } from '../../db/rows.ts';
import type { Database } from '../../db/open.ts';
import type { Actor, Call } from '../../db/tx.ts';
import { createCollege, addTerms } from '../../register/college/create-college.ts';
import { loadStandard } from '../../register/college/load-reference.ts';
import type { Register } from '../../register/register.ts';
import { createPlan, createProgramme } from '../../register/teaching/create-programme.ts';
import type { Role } from '../../schemas/permissions.ts';
import { aRegister, aUser, withRole } from './api.ts';

/** Ports that answer as the real ones do, without files, fonts or a signing process. */
export function testRegister(db: Database, parts: Partial<Register> = {}): Register {
  const files = new Map<string, Uint8Array>();
  return aRegister(db, {
    signer: {
      sign: async () => ({ kid: 'test', alg: 'Ed25519', signature: 'c2ln', signedAt: db.clock.now() }),
    } as unknown as Register['signer'],
    documents: {
      missingGlyphs: (text) => [...text].filter((character) => character === '𰻝'),
      renderCertificate: async () => new Uint8Array([1]),
      store: async (bytes) => {
        const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
        files.set(hash, bytes);
        return { hash };
      },
      load: async (hash) => files.get(hash) ?? new Uint8Array(),
    },
    ...parts,
  });
}

const people = ['registrar', 'teacher', 'certification_officer', 'rule_editor', 'rule_approver', 'student'] as const;
type Person = (typeof people)[number];

export interface College {
  register: Register;
  id: string;
  plan: string;
  programme: string;
  /** 电工 6-31-01-03 edition 2018: levels four and three, two units each. */
  standard: string;
  /** By level, in order. */
  units: Record<'four' | 'three', string[]>;
  /** By code: `2023-1` … `2026-2`. */
  terms: Record<string, string>;
  classId: string;
  /** JD101 电工技术 in term 1 and JD102 电工实训 in term 2, both required and mapped to the standard's units. */
  courses: { JD101: string; JD102: string };
  users: Record<Person, string>;
  by(person: Person): Actor;
  /** A call by somebody with a key of its own. */
  call<I>(person: Person, input: I): Call<I>;
}

export interface CollegeOptions {
  code?: string;
  /** Copies the rule library in, published and bound. */
  rules?: boolean;
  register?: Register;
}

/** Two colleges of one database share a register, which counts the ids it gives. */
const registers = new WeakMap<Database, Register>();

/** A small college made by the real commands: one programme and plan of 2023, two courses, one class, one user a role, no students. */
export async function aCollege(db: Database, options: CollegeOptions = {}): Promise<College> {
  const register = options.register ?? registers.get(db) ?? testRegister(db);
  registers.set(db, register);
  const code = options.code ?? '14999';
  let calls = 0;
  const key = (): string => `college-${code}-${(calls += 1)}`;
  const seed: Actor = { userId: 'seed', collegeId: null, role: 'system' };
  const { college: id } = await createCollege(register, {
    key: key(),
    by: seed,
    input: { code, name: { zh: `示例学院 ${code}`, en: `Example College ${code}` }, demo: true, noticeWorkingDays: 5 },
  });
  const system: Actor = { ...seed, collegeId: id };
  await addTerms(register, { key: key(), by: system, input: { terms } });
  const standard = await aStandard(register, { key: key(), by: system });
  const { plan, programme } = await aPlan(register, key, system);
  const courses = await coursesOf(register, { collegeId: id, plan, standard });
  const classId = register.newId('orgUnit');
  await db
    .writer('org_units')
    .insert({ id: classId, college_id: id, kind: 'class', name: '机电2301班', programme_id: programme, cohort: 2023 });
  const users = {} as Record<Person, string>;
  for (const person of people)
    users[person] = await aUser(register, { loginName: `${person}-${code}`, roles: withRole(person as Role, id) });
  if (options.rules) await seedRules(register, { college: id, approver: users.rule_approver });
  const termRows: { id: string; code: string }[] = await db
    .reader('terms')
    .where({ college_id: id })
    .select('id', 'code');
  const by = (person: Person): Actor => ({ userId: users[person], collegeId: id, role: person });
  return {
    register,
    id,
    plan,
    programme,
    standard,
    units: await unitsOf(db, standard),
    terms: Object.fromEntries(termRows.map((term) => [term.code, term.id])),
    classId,
    courses,
    users,
    by,
    call: (person, input) => ({ key: key(), by: by(person), input }),
  };
}

const terms = [2023, 2024, 2025, 2026].flatMap((year) => [
  { code: `${year}-1`, startsOn: `${year}-09-01`, endsOn: `${year + 1}-01-19` },
  { code: `${year}-2`, startsOn: `${year + 1}-02-26`, endsOn: `${year + 1}-07-05` },
]);

type Keyed = { key: string; by: Actor };

/** Reference data belongs to the deployment: a second college finds the standard there already. */
async function aStandard(register: Register, step: Keyed): Promise<string> {
  const known = await register.db
    .reader('standards')
    .where({ occupation_code: '6-31-01-03', edition: '2018' })
    .first<{ id: string } | undefined>('id');
  if (known) return known.id;
  const units = (['four', 'three'] as const).flatMap((level) => [
    { level, name: '继电控制电路装调维修', skillWeight: 6000 },
    { level, name: '自动控制电路装调维修', skillWeight: 4000 },
  ]);
  const { standard } = await loadStandard(register, {
    ...step,
    input: {
      occupationCode: '6-31-01-03',
      edition: '2018',
      name: { zh: '电工', en: 'Electrician' },
      engineering: true,
      conditionEdition: '2018',
      source: 'test',
      evidence: 'unconfirmed',
      units,
    },
  });
  return standard;
}

async function aPlan(register: Register, key: () => string, by: Actor): Promise<{ plan: string; programme: string }> {
  const electrician = { occupationCode: '6-31-01-03', edition: '2018' };
  const { programme } = await createProgramme(register, {
    key: key(),
    by,
    input: {
      code: '460301',
      name: { zh: '机电一体化技术', en: 'Mechatronics technology' },
      educationLevel: 'higher_vocational',
      years: 3,
      department: '智能制造系',
      occupations: [{ ...electrician, relevant: true, assessed: true, source: 'test' }],
    },
  });
  const { plan } = await createPlan(register, {
    key: key(),
    by,
    input: {
      programmeCode: '460301',
      cohort: 2023,
      enrolledOn: '2023-09-01',
      totalCredits: 80,
      electiveCredits: 0,
      maxYears: 5,
      targets: (['four', 'three'] as const).map((level) => ({ ...electrician, level })),
    },
  });
  return { plan, programme };
}

async function coursesOf(
  register: Register,
  { collegeId, plan, standard }: { collegeId: string; plan: string; standard: string },
): Promise<{ JD101: string; JD102: string }> {
  const { writer } = register.db;
  const ids = { JD101: register.newId('course'), JD102: register.newId('course') };
  const common = { credits: 40, hours: 64, practice_hours: 32, required: 1 };
  await writer('courses').insert([
    { id: ids.JD101, college_id: collegeId, code: 'JD101', name: '电工技术', kind: 'professional_core' },
    { id: ids.JD102, college_id: collegeId, code: 'JD102', name: '电工实训', kind: 'practice' },
  ]);
  await writer('plan_courses').insert([
    { plan_id: plan, course_id: ids.JD101, term_no: 1, ...common },
    { plan_id: plan, course_id: ids.JD102, term_no: 2, ...common },
  ]);
  const units = await unitsOf(register.db, standard);
  for (const level of ['four', 'three'] as const) {
    await writer('course_standard_units').insert([
      { course_id: ids.JD101, unit_id: units[level][0], coverage: 10_000 },
      { course_id: ids.JD102, unit_id: units[level][1], coverage: 10_000 },
    ]);
  }
  return ids;
}

async function unitsOf(db: Database, standard: string): Promise<Record<'four' | 'three', string[]>> {
  const rows: { id: string; level: string }[] = await db
    .reader('standard_units')
    .where({ standard_id: standard })
    .orderBy(['level', 'ordinal'])
    .select('id', 'level');
  const of = (level: string): string[] => rows.filter((row) => row.level === level).map((row) => row.id);
  return { four: of('four'), three: of('three') };
}

export interface Student {
  person: string;
  enrolment: string;
  diploma: string;
  four: string;
  three: string;
  studentNo: string;
  name: string;
}

/** Students of the class with a diploma pathway and one for each level. */
export async function someStudents(college: College, count: number): Promise<Student[]> {
  const { register, id: collegeId, plan, classId, standard } = college;
  const { newId, db } = register;
  const at = db.clock.now();
  const before = await db.reader('enrolments').where({ college_id: collegeId }).pluck('id');
  const students = Array.from({ length: count }, (_, index): Student => {
    const number = before.length + index + 1;
    const ids = {
      person: newId('person'),
      enrolment: newId('enrolment'),
      diploma: newId('pathway'),
      four: newId('pathway'),
      three: newId('pathway'),
    };
    return { ...ids, studentNo: `2023${String(number).padStart(4, '0')}`, name: `学生${number}` };
  });
  await db.writer.transaction(async (tx) => {
    await insertRows(
      tx,
      'people',
      students.map(({ person, name, studentNo }) => ({
        id: person,
        college_id: collegeId,
        name,
        name_pinyin: name,
        name_initials: name,
        name_sort: studentNo,
        birth_on: '2005-03-01',
        subject_key: db.keys.newSubjectKey().wrapped,
        version: 1,
      })),
    );
    await insertRows(
      tx,
      'enrolments',
      students.map(({ enrolment, person, studentNo }) => ({
        id: enrolment,
        college_id: collegeId,
        person_id: person,
        student_no: studentNo,
        plan_id: plan,
        class_id: classId,
        cohort: 2023,
        enrolled_on: '2023-09-01',
        status: 'enrolled',
        internship_months: 6,
        discipline_open: 0,
        created_at: at,
        version: 1,
      })),
    );
    const common = { college_id: collegeId, opened_at: at };
    await insertRows(
      tx,
      'pathways',
      students.flatMap(({ enrolment, diploma, four, three }) => [
        { id: diploma, ...common, enrolment_id: enrolment, type: 'diploma', standard_id: null, level: null },
        { id: four, ...common, enrolment_id: enrolment, type: 'skill', standard_id: standard, level: 'four' },
        { id: three, ...common, enrolment_id: enrolment, type: 'skill', standard_id: standard, level: 'three' },
      ]),
    );
  });
  return students;
}

export async function aStudent(college: College): Promise<Student> {
  const [student] = await someStudents(college, 1);
  return student!;
}
