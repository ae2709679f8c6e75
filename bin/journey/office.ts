import { stepsAs } from '../../demo/seed/step.ts';
import { changeStatus } from '../../register/enrolments/change-status.ts';
import type { EnrolmentFacts } from '../../register/enrolments/record-facts.ts';
import { recordEnrolmentFacts } from '../../register/enrolments/record-facts.ts';
import { transferClass } from '../../register/enrolments/transfer-class.ts';
import type { World } from './world.ts';

/**
 * What the office of students does, by command: a class changed, leave taken, facts that only a person can say. These acts have no
 * address in the API yet; the commands are those it will call.
 */
export async function befall(world: World, number: number): Promise<void> {
  const { register, acts, roll } = world;
  const step = officeSteps(world);
  for (const act of acts.events.filter(({ term }) => term === number)) {
    const enrolmentId = roll.get(act.studentNo)?.id ?? '';
    const { reason } = act;
    const call = async () => ({
      ...step(`${act.what}/${number}/${act.studentNo}`),
      ifMatch: await tagOf(world, enrolmentId),
    });
    if (act.what === 'transfer') {
      const classId = await classNamed(world, act.className);
      await transferClass(register, { ...(await call()), input: { enrolmentId, classId, reason } });
    }
    if (act.what === 'suspend' || act.what === 'withdraw') {
      const status = act.what === 'suspend' ? 'suspended' : 'withdrawn';
      await changeStatus(register, { ...(await call()), input: { enrolmentId, status, reason } });
    }
  }
  await recordFacts(world, `facts/${number}`, factsOf(world, number));
}

const officeSteps = ({ collegeId }: World) => stepsAs('journey', collegeId, 'registrar');

type FactRow = EnrolmentFacts & { enrolmentId: string };

/**
 * Everybody's facts of a term in one command, so that nobody is woken twice: what befell them, and the months of work they declare
 * with an application; left blank those stay unknown.
 */
function factsOf({ acts, roll }: World, number: number): FactRow[] {
  const rows = new Map<string, FactRow>();
  const note = (studentNo: string, facts: EnrolmentFacts): void => {
    const enrolmentId = roll.get(studentNo)?.id ?? '';
    rows.set(enrolmentId, { ...rows.get(enrolmentId), ...facts, enrolmentId });
  };
  for (const act of acts.events.filter(({ term }) => term === number)) {
    if (act.what === 'internship') note(act.studentNo, { internshipMonths: act.months });
    if (act.what === 'discipline') note(act.studentNo, { disciplineOpen: act.open });
  }
  for (const { term, studentNo, workMonthsAfterHeld } of acts.applications)
    if (term === number && workMonthsAfterHeld !== null) note(studentNo, { workMonthsAfterHeld });
  return [...rows.values()];
}

async function recordFacts(world: World, name: string, rows: FactRow[]): Promise<void> {
  if (rows.length === 0) return;
  await recordEnrolmentFacts(world.register, { ...officeSteps(world)(name), input: { rows } });
}

/** The version an office would have seen on the student's page. */
async function tagOf({ register }: World, enrolmentId: string): Promise<string> {
  const row = await register.db.reader('enrolments').where({ id: enrolmentId }).first('version');
  return `"${row?.version}"`;
}

async function classNamed({ register, collegeId }: World, name: string): Promise<string> {
  const row = await register.db.reader('org_units').where({ college_id: collegeId, kind: 'class', name }).first('id');
  if (!row) throw new Error(`there is no class ${name}`);
  return row.id;
}
