import type { EnrolmentFacts } from '../../register/enrolments/record-facts.ts';
import type { Client } from './client.ts';
import type { World } from './world.ts';

/** What the office of students does at the beginning of a term: a class changed, leave taken, facts that only a person can say. */
export async function befall(world: World, number: number): Promise<void> {
  const { acts, roll, people } = world;
  for (const act of acts.events.filter(({ term }) => term === number)) {
    const path = `/v1/students/${roll.get(act.studentNo)?.id}`;
    const { reason } = act;
    if (act.what === 'transfer') {
      const classId = await classNamed(people.registrar, act.className);
      await people.registrar.post(`${path}/transfer`, { classId, reason }, await versionOf(people.registrar, path));
    }
    if (act.what === 'suspend' || act.what === 'withdraw') {
      const status = act.what === 'suspend' ? 'suspended' : 'withdrawn';
      await people.registrar.post(`${path}/status`, { status, reason }, await versionOf(people.registrar, path));
    }
  }
  await recordFacts(people.registrar, factsOf(world, number));
}

interface Noted {
  facts: EnrolmentFacts;
  reasons: Set<string>;
}

const DECLARED = '申报时本人申明';

/**
 * Everybody's facts of a term in one request each, so that nobody is woken twice: what befell them, and the months of work they
 * declare with an application; left blank those stay unknown.
 */
function factsOf({ acts, roll }: World, number: number): Map<string, Noted> {
  const noted = new Map<string, Noted>();
  const note = (studentNo: string, facts: EnrolmentFacts, reason: string): void => {
    const id = roll.get(studentNo)?.id ?? '';
    const before = noted.get(id);
    noted.set(id, { facts: { ...before?.facts, ...facts }, reasons: new Set(before?.reasons).add(reason) });
  };
  for (const act of acts.events.filter(({ term }) => term === number)) {
    if (act.what === 'internship') note(act.studentNo, { internshipMonths: act.months }, act.reason);
    if (act.what === 'discipline') note(act.studentNo, { disciplineOpen: act.open }, act.reason);
  }
  for (const { term, studentNo, workMonthsAfterHeld } of acts.applications)
    if (term === number && workMonthsAfterHeld !== null) note(studentNo, { workMonthsAfterHeld }, DECLARED);
  return noted;
}

const AT_ONCE = 4;

async function recordFacts(registrar: Client, noted: Map<string, Noted>): Promise<void> {
  const waiting = [...noted];
  const clerk = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [id, { facts, reasons }] = next;
      await registrar.post(`/v1/students/${id}/facts`, { ...facts, reason: [...reasons].join('；') });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, clerk));
}

/** The version an office sees on the student's page. */
async function versionOf(registrar: Client, path: string): Promise<number> {
  return (await registrar.get<{ version: number }>(path)).version;
}

async function classNamed(registrar: Client, name: string): Promise<string> {
  const { items } = await registrar.get<{ items: { classes: { id: string; name: string }[] }[] }>('/v1/cohorts');
  const found = items.flatMap(({ classes }) => classes).find((one) => one.name === name);
  if (!found) throw new Error(`there is no class ${name}`);
  return found.id;
}
