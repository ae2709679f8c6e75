import { Refused } from './client.ts';
import type { BulkResult } from './certify.ts';
import { applicantsOf, daysBetween, moveClock, runOperation, signOffReady } from './certify.ts';
import { importFile } from './imports.ts';
import { befall } from './office.ts';
import { readRoll } from './roll.ts';
import { changeRule } from './rule-change.ts';
import type { RuleChange } from './rule-change.ts';
import { correct, holdResits, openTerm, teachTerm } from './teach.ts';
import type { World } from './world.ts';

export type Say = (line: string) => void;

const FIRST_TAUGHT = 3;
const LAST = 6;
/** When the levels are assessed, and in which term; the workbooks say the same. */
const ASSESSMENTS = [
  { term: 5, file: 'results-four.xlsx', after: '2025-12-21' },
  { term: 6, file: 'results-three.xls', after: '2026-06-07' },
];
/** Five working days of public notice, whatever holidays lie between. */
const NOTICE_DAYS = 15;

/** The college before its first taught term: plan, mapping, students, archived sheets, outcomes from outside. */
export async function enrol(world: World, say: Say): Promise<void> {
  const { registrar } = world.people;
  const imported = async (file: Parameters<typeof importFile>[2]): Promise<string> =>
    `${(await importFile(registrar, world.folder, file)).rows} ${file.kind}`;
  const lines: string[] = [];
  lines.push(await imported({ kind: 'plan', name: 'plan.xlsx', options: { electiveCredits: 180 } }));
  lines.push(await imported({ kind: 'mapping', name: 'mapping.csv' }));
  lines.push(await imported({ kind: 'students', name: 'students.xlsx' }));
  lines.push(await imported({ kind: 'students', name: 'students-late.csv' }));
  lines.push(await imported({ kind: 'scores', name: 'scores-term-1.xls' }));
  lines.push(await imported({ kind: 'scores', name: 'scores-term-2.csv' }));
  lines.push(await imported({ kind: 'outcomes', name: 'outcomes.xlsx' }));
  world.roll = await readRoll(registrar);
  world.courses = await readCourses(world);
  await prepareTeaching(world);
  await world.rest();
  say(`enrolled: ${lines.join(', ')}`);
}

async function readCourses({ people }: World): Promise<Map<string, string>> {
  const [plan] = await people.registrar.list<{ id: string }>('/v1/plans');
  const { courses } = await people.registrar.get<{ courses: { id: string; code: string }[] }>(`/v1/plans/${plan?.id}`);
  return new Map(courses.map(({ id, code }) => [code, id]));
}

/** Schemes of the taught courses, and how far outcomes cover courses. */
async function prepareTeaching({ people, acts, courses }: World): Promise<void> {
  for (const { courseCode, components } of acts.schemes)
    await people.registrar.post(`/v1/courses/${courses.get(courseCode)}/schemes`, { components });
  for (const { level, ...match } of acts.matches)
    await people.leader.post('/v1/outcome-matches', { ...match, level: level === '' ? null : level });
}

/** One taught term from its first day to its last certificate; in the first of them a rule changes. */
export async function liveTerm(world: World, number: number, say: Say): Promise<RuleChange | undefined> {
  const term = world.terms.get(number);
  if (!term) throw new Error(`the college has no term ${number}`);
  if (number > FIRST_TAUGHT) await moveClock(world, 'next_term');
  const began = performance.now();
  await startOfTerm(world, number);
  await openTerm(world, term);
  const applied = await apply(world, number);
  const change = number === FIRST_TAUGHT ? await changeRule(world) : undefined;
  const sheets = await teachTerm(world, term, number);
  for (const act of world.acts.events)
    if (act.term === number && act.what === 'correction') await correct(world, term, act);
  const resits = await holdResits(world, term, number);
  const certified = await certify(world, number);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const parts = [`${sheets} sheets`, `${resits} resit sheets`, `${applied} applications`, ...certified];
  if (change) parts.push(`${change.changed} verdicts changed by a rule, as previewed`);
  say(`term ${number} (${term.code}): ${parts.join(', ')}; ${seconds} s`);
  return change;
}

/** What befalls students, and what they ask to have recognised, at the beginning of a term. */
async function startOfTerm(world: World, number: number): Promise<void> {
  await befall(world, number);
  const requests = world.acts.credit.filter(({ term }) => term === number);
  if (requests.length > 0) await world.rest(); // an application is refused as stale when its case moves meanwhile
  for (const act of requests) await askForCredit(world, act);
}

interface OutcomeItem {
  id: string;
  kind: string;
  name: string;
}

/** What the credit rules refuse is refused here too: the refusal is part of the story. */
async function askForCredit({ people, roll, courses }: World, act: World['acts']['credit'][number]): Promise<void> {
  const student = roll.get(act.studentNo);
  const { items } = await people.registrar.get<{ items: OutcomeItem[] }>(`/v1/students/${student?.id}/outcomes`);
  const outcome = items.find(({ kind, name }) => kind === act.kind && name === act.outcomeName);
  const courseIds = act.courseCodes.map((code) => courses.get(code));
  await people.registrar
    .post('/v1/credit-applications', { outcomeId: outcome?.id, courseIds })
    .catch((err: unknown) => {
      if (!(err instanceof Refused) || !REFUSALS_OF_THE_STORY.has(err.refusal.code)) throw err;
    });
}

const REFUSALS_OF_THE_STORY = new Set(['outcome_already_spent', 'credit_over_limit']);

async function apply(world: World, number: number): Promise<number> {
  const { registrar } = world.people;
  const { done } = await runOperation(world, registrar, { kind: 'apply', pathwayIds: applicantsOf(world, number) });
  return done;
}

/** Level results, audits at the end of the last term, public notices, sign-off and issue. */
async function certify(world: World, number: number): Promise<string[]> {
  const assessment = ASSESSMENTS.find(({ term }) => term === number);
  if (!assessment) return [];
  const { registrar } = world.people;
  const { today } = await registrar.get<{ today: string }>('/v1/college');
  await moveClock(world, { days: daysBetween(today, assessment.after) });
  const { rows } = await importFile(registrar, world.folder, { kind: 'results', name: assessment.file });
  await world.rest();
  const audited = number === LAST ? await auditDiplomas(world) : undefined;
  await moveClock(world, { days: NOTICE_DAYS });
  await world.rest();
  const signed = await signOffReady(world);
  return [`${rows} level results`, ...(audited ? [`${audited.done} audits`] : []), `${signed.done} signed off`];
}

async function auditDiplomas(world: World): Promise<BulkResult> {
  const pathwayIds = [...world.roll.values()].map(({ pathways }) => pathways.diploma);
  return runOperation(world, world.people.registrar, { kind: 'audit', pathwayIds });
}
