import type { SubjectKey } from '../../db/keys.ts';
import { insertRows, pagesOf } from '../../db/rows.ts';
import type { NameReading, Register } from '../register.ts';
import type { Row, Writing, Written } from './kind.ts';
import type { ClassAt, KnownPerson, KnownPlan, StudentValues } from './students.ts';

export interface StudentsWork {
  rows: readonly Row<StudentValues>[];
  plans: ReadonlyMap<string, KnownPlan | null>;
  classes: ReadonlyMap<string, ClassAt & { id: string }>;
  newClasses: readonly { name: string; programmeId: string; cohort: number }[];
  people: ReadonlyMap<string, KnownPerson>;
}

export interface PreparedStudent {
  personId: string;
  enrolmentId: string;
  subjectKey: SubjectKey;
  reading: NameReading;
}

/** So many students at a time: the rows of 20,000 need not lie in memory together. */
const PAGE = 2000;

/** Keys and readings take longer than all the statements together, so they are made before the transaction opens. */
export function prepareStudents(register: Register, rows: readonly Row<StudentValues>[]): Map<number, PreparedStudent> {
  const { db, newId, readName } = register;
  return new Map(
    rows.map(({ row, values }) => {
      const ids = { personId: newId('person'), enrolmentId: newId('enrolment') };
      return [row, { ...ids, subjectKey: db.keys.newSubjectKey(), reading: readName(values.name) }];
    }),
  );
}

export async function writeStudents(
  writing: Writing,
  work: StudentsWork,
  prepared: ReadonlyMap<number, PreparedStudent>,
): Promise<Written> {
  const { tx, collegeId } = writing;
  const classIds = await writeClasses(writing, work);
  const students = work.rows.map(({ row, values }) => {
    const ready = prepared.get(row) as PreparedStudent; // prepared from the same rows
    const known = work.people.get(values.identity.index);
    const plan = work.plans.get(`${values.programmeCode}/${values.cohort}`) as KnownPlan; // checked
    return { values, ready, plan, personId: known?.id ?? ready.personId, isNew: !known };
  });
  for (const page of pagesOf(students, PAGE)) {
    const people = page.filter(({ isNew }) => isNew).map((student) => personRow(collegeId, student));
    await insertRows(tx, 'people', people);
    const enrolments = page.map((student) => enrolmentRow(writing, student, classIds));
    await insertRows(tx, 'enrolments', enrolments);
    const pathways = page.flatMap(({ ready, plan }) => pathwayRows(writing, ready.enrolmentId, plan));
    await insertRows(tx, 'pathways', pathways);
  }
  return {
    cases: students.map(({ ready }) => ready.enrolmentId),
    people: students.map(({ values, personId, ready, isNew }) => ({
      personId,
      value: values,
      ...(isNew && { key: ready.subjectKey.key }),
    })),
    before: { classes: [...classIds].filter(([name]) => !work.classes.has(name)).map(([, id]) => id) },
  };
}

interface Enrolling extends NewPerson {
  plan: KnownPlan;
}

function enrolmentRow(
  { collegeId, batchId, time }: Writing,
  { values, ready, plan, personId }: Enrolling,
  classIds: ReadonlyMap<string, string>,
) {
  return {
    id: ready.enrolmentId,
    college_id: collegeId,
    person_id: personId,
    student_no: values.studentNo,
    plan_id: plan.id,
    class_id: classIds.get(values.className),
    cohort: values.cohort,
    enrolled_on: values.enrolledOn,
    status: 'enrolled',
    prior_schooling: values.priorSchooling,
    work_months: values.workMonths,
    batch_id: batchId,
    created_at: time.now,
    version: 1,
  };
}

async function writeClasses({ register, tx, collegeId }: Writing, work: StudentsWork): Promise<Map<string, string>> {
  const ids = new Map([...work.classes].map(([name, { id }]) => [name, id]));
  const departments = new Map([...work.plans.values()].map((plan) => [plan?.programmeId, plan?.departmentId]));
  const rows = work.newClasses.map(({ name, programmeId, cohort }) => {
    const id = register.newId('orgUnit');
    ids.set(name, id);
    return {
      id,
      college_id: collegeId,
      parent_id: departments.get(programmeId) ?? null,
      kind: 'class',
      name,
      programme_id: programmeId,
      cohort,
    };
  });
  await insertRows(tx, 'org_units', rows);
  return ids;
}

interface NewPerson {
  values: StudentValues;
  ready: PreparedStudent;
  personId: string;
}

function personRow(collegeId: string, { values: { name, identity, gender }, ready, personId }: NewPerson) {
  return {
    id: personId,
    college_id: collegeId,
    name,
    name_pinyin: ready.reading.pinyin,
    name_initials: ready.reading.initials,
    name_sort: ready.reading.sort,
    gender: gender ?? identity.gender,
    birth_on: identity.birthOn,
    id_number_enc: identity.encrypted,
    id_number_index: identity.index,
    id_last_four: identity.lastFour,
    subject_key: ready.subjectKey.wrapped,
    version: 1,
  };
}

/** The diploma, and one pathway a skill certificate that the plan aims at. */
function pathwayRows({ register, collegeId, time }: Writing, enrolmentId: string, plan: KnownPlan) {
  const common = { college_id: collegeId, enrolment_id: enrolmentId, opened_at: time.now };
  const diploma = { id: register.newId('pathway'), ...common, type: 'diploma', standard_id: null, level: null };
  const skills = plan.targets.map((target) => {
    const [standard = '', level = ''] = target.split('/');
    return { id: register.newId('pathway'), ...common, type: 'skill', standard_id: standard, level };
  });
  return [diploma, ...skills];
}
