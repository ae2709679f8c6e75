import type { Tx } from '../../db/tx.ts';
import type { ImportRow } from '../../schemas/imports.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Around, Checked, Kind, Row } from './kind.ts';
import { findStudents, rowsIn, unique, without } from './look-up.ts';
import type { Identity } from './staged-row.ts';
import { dependentsOfStudents, undoStudents } from './students-undo.ts';
import { prepareStudents, writeStudents } from './students-write.ts';
import type { PreparedStudent, StudentsWork } from './students-write.ts';

export type StudentValues = Omit<ImportRow<'students'>, 'idNumber'> & { identity: Identity };
type StudentRow = Row<StudentValues>;

export const studentsKind: Kind<StudentValues, StudentsWork, Map<number, PreparedStudent>> = {
  check,
  prepare: prepareStudents,
  write: writeStudents,
  dependents: dependentsOfStudents,
  undo: undoStudents,
};

async function check(around: Around, rows: readonly StudentRow[]): Promise<Checked<StudentsWork>> {
  const { fault } = around;
  const taken = await findStudents(
    around,
    rows.map(({ values }) => values.studentNo),
  );
  const people = await findPeople(
    around,
    rows.map(({ values }) => values.identity.index),
  );
  const plans = await findPlans(around.tx, around.collegeId);
  const classes = await findClasses(around, unique(rows.map(({ values }) => values.className)));
  const faults: RowFault[] = [];
  const warnings: RowFault[] = [];
  const newClasses = new Map<string, { programmeId: string; cohort: number }>();
  const glyphsOf = missingGlyphs(around, rows);
  for (const row of rows) {
    const { studentNo, identity, name, programmeCode, cohort, className } = row.values;
    if (taken.has(studentNo)) faults.push(fault(row, 'student_no_taken', 'studentNo'));
    const person = people.get(identity.index);
    if (person?.open_no)
      faults.push(fault(row, 'person_enrolled', 'idNumber', { value: '', detail: { studentNo: person.open_no } }));
    else if (person && person.name !== name)
      faults.push(fault(row, 'person_other_name', 'name', { suggestion: person.name }));
    else if (person) warnings.push(fault(row, 'person_known', 'name'));
    const plan = plans.get(`${programmeCode}/${cohort}`);
    if (!plans.has(programmeCode)) faults.push(fault(row, 'programme_unknown', 'programmeCode'));
    else if (!plan) faults.push(fault(row, 'plan_unknown', 'cohort', { detail: { programme: programmeCode, cohort } }));
    else if (!sameClass(classes.get(className) ?? newClasses.get(className), { programmeId: plan.programmeId, cohort }))
      faults.push(fault(row, 'class_elsewhere', 'className'));
    else if (!classes.has(className)) newClasses.set(className, { programmeId: plan.programmeId, cohort });
    const glyphs = glyphsOf(name);
    if (glyphs.length > 0) warnings.push(fault(row, 'glyph_missing', 'name', { detail: { glyphs: glyphs.join('') } }));
  }
  const good = without(rows, faults);
  const used = unique(good.map(({ values }) => `${values.programmeCode}/${values.cohort}`)).flatMap(
    (name) => plans.get(name) ?? [],
  );
  const missing = [...newClasses].filter(([name]) => good.some(({ values }) => values.className === name));
  return {
    faults,
    warnings,
    summary: {
      students: good.length,
      classes: missing.length,
      people: good.filter(({ values }) => !people.has(values.identity.index)).length,
    },
    versions: {
      plans: used.map(({ id, targets }) => ({ id, targets })),
      classes: [...classes].map(([name, { id }]) => [name, id]).sort(),
      newClasses: missing.map(([name]) => name).sort(),
      people: [...people].map(([, { id }]) => id).sort(),
    },
    work: { rows: good, plans, classes, newClasses: missing.map(([name, at]) => ({ name, ...at })), people },
  };
}

/** Asks the fonts once about all the characters of a file. */
function missingGlyphs({ register, wantsWarnings }: Around, rows: readonly StudentRow[]): (name: string) => string[] {
  const all = wantsWarnings ? unique(rows.flatMap(({ values }) => [...values.name])) : [];
  const missing = new Set(register.documents.missingGlyphs(all.join('')));
  return (name) => (missing.size === 0 ? [] : [...name].filter((character) => missing.has(character)));
}

export interface ClassAt {
  programmeId: string | null;
  cohort: number | null;
}

/** A class made by hand may not say its programme or cohort yet. */
function sameClass(known: ClassAt | undefined, { programmeId, cohort }: ClassAt): boolean {
  if (!known) return true;
  return (known.programmeId ?? programmeId) === programmeId && (known.cohort ?? cohort) === cohort;
}

export interface KnownPlan {
  id: string;
  programmeId: string;
  departmentId: string | null;
  /** `{standard}/{level}` of the skill certificates it aims at. */
  targets: string[];
}

/** Plans by `programme/cohort`, and programmes without one by their code alone. */
async function findPlans(tx: Tx, collegeId: string): Promise<Map<string, KnownPlan | null>> {
  const programmes: { id: string; code: string; department_id: string | null }[] = await tx('programmes').where({
    college_id: collegeId,
  });
  const plans: { id: string; programme_id: string; cohort: number }[] = await tx('plans').where({
    college_id: collegeId,
  });
  const targets: { plan_id: string; standard_id: string; level: string }[] = await tx('plan_targets').whereIn(
    'plan_id',
    plans.map(({ id }) => id),
  );
  const known = new Map<string, KnownPlan | null>(programmes.map(({ code }) => [code, null]));
  for (const plan of plans) {
    const programme = programmes.find(({ id }) => id === plan.programme_id);
    if (!programme) continue;
    const own = targets
      .filter(({ plan_id }) => plan_id === plan.id)
      .map(({ standard_id, level }) => `${standard_id}/${level}`);
    known.set(`${programme.code}/${plan.cohort}`, {
      id: plan.id,
      programmeId: programme.id,
      departmentId: programme.department_id,
      targets: own.sort(),
    });
  }
  return known;
}

async function findClasses(
  { tx, collegeId }: Around,
  names: readonly string[],
): Promise<Map<string, ClassAt & { id: string }>> {
  const rows: { id: string; name: string; programme_id: string | null; cohort: number | null }[] = await rowsIn(
    names,
    (page) =>
      tx('org_units')
        .where({ college_id: collegeId, kind: 'class' })
        .whereIn('name', page)
        .select('id', 'name', 'programme_id', 'cohort'),
  );
  return new Map(rows.map((row) => [row.name, { id: row.id, programmeId: row.programme_id, cohort: row.cohort }]));
}

export interface KnownPerson {
  id: string;
  name: string;
  /** Student number of an enrolment that is still open. */
  open_no: string | null;
}

async function findPeople({ tx, collegeId }: Around, indexes: readonly string[]): Promise<Map<string, KnownPerson>> {
  const rows = await rowsIn(indexes, (page) =>
    tx('people')
      .leftJoin('enrolments', (on) => {
        on.on('enrolments.person_id', 'people.id').andOnIn('enrolments.status', ['enrolled', 'suspended']);
      })
      .where('people.college_id', collegeId)
      .whereIn('id_number_index', page)
      .select<(KnownPerson & { id_number_index: string })[]>(
        'people.id',
        'name',
        'id_number_index',
        'student_no as open_no',
      ),
  );
  return new Map(rows.map((row) => [row.id_number_index, row]));
}
