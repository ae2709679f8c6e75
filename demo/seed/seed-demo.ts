import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { matchOutcome } from '../../register/outcomes/match-outcome.ts';
import type { MatchOutcome } from '../../register/outcomes/match-outcome.ts';
import type { Register } from '../../register/register.ts';
import { defineScheme } from '../../register/teaching/define-scheme.ts';
import { openTerm } from '../../register/teaching/open-term.ts';
import { readActs } from '../acts.ts';
import { readCollegeFile } from '../reference/read.ts';
import { demoPasswords, seedAccounts } from './accounts.ts';
import { importFiles } from './import-files.ts';
import { seedCollege, seedReference, seedRegulations, seedRules } from './seed-college.ts';
import { stepsAs, stepsOf } from './step.ts';

const DONE = 'demo_seeded';
const ACCOUNTS_FILE = 'demo-accounts.txt';

export interface Seeded {
  college: string;
  /** User ids by login name. */
  users: ReadonlyMap<string, string>;
}

/** A deployment is given the demo college once; one that has a college of its own is left alone. */
export async function wantsDemo(register: Register): Promise<boolean> {
  return readTx(register.db, async (tx) => {
    if (await tx('audit_leaves').where({ kind: DONE }).first('seq')) return false;
    const others = await tx('colleges').where({ demo: 0 }).first('id');
    return others === undefined;
  });
}

/** Everything but students: college, standards, calendar, rules, accounts. Cut short, it goes on where it stopped. */
export async function seedDemoCollege(register: Register, dataDir: string): Promise<Seeded> {
  await seedReference(register);
  const college = await seedCollege(register);
  const passwords = demoPasswords(join(dataDir, ACCOUNTS_FILE), register);
  const users = await seedAccounts(register, stepsOf('seed', college), { collegeId: college, passwords });
  const approver = users.get('ruleapprover');
  if (approver === undefined) throw new Error('the demo has no rule approver');
  await seedRules(register, { college, approver });
  await seedRegulations(register, college);
  return { college, users };
}

/** The folder of the committed workbooks, beside the code that runs. */
export const WORKBOOKS = fileURLToPath(new URL('../workbooks/', import.meta.url));

/** A living college: students with two archived terms, their outcomes, and what they may be worth. */
export async function seedStudents(
  register: Register,
  { college, users, dataDir, folder = WORKBOOKS }: Seeded & { dataDir: string; folder?: string },
): Promise<void> {
  const registrar = users.get('registrar');
  if (registrar === undefined) throw new Error('the demo has no registrar');
  const step = stepsAs(registrar, college, 'registrar');
  await importFiles(register, { step, folder, collegeId: college });
  for (const { kind, ...match } of readActs(folder).matches) {
    const input = { kind: kind as MatchOutcome['kind'], ...match }; // read against the same choices
    await matchOutcome(register, { ...step(`match/${kind}/${match.outcomeName}/${match.courseCode}`), input });
  }
  const personId = await personOf(register, college);
  const passwords = demoPasswords(join(dataDir, ACCOUNTS_FILE), register);
  await seedAccounts(register, stepsOf('seed', college), { collegeId: college, passwords, personId });
}

/** Term 3 begins: schemes with their components, and an empty sheet for every class and course, three teachers in turn. */
export async function openFirstTerm(register: Register, { college, users }: Seeded, folder = WORKBOOKS): Promise<void> {
  const step = stepsAs(users.get('registrar') ?? '', college, 'registrar');
  const courses: { id: string; code: string }[] = await readTx(register.db, (tx) =>
    tx('courses').where({ college_id: college }).select('id', 'code'),
  );
  for (const { courseCode, components } of readActs(folder).schemes) {
    const courseId = courses.find(({ code }) => code === courseCode)?.id ?? '';
    await defineScheme(register, { ...step(`scheme/${courseCode}`), input: { courseId, components } });
  }
  const { clockStartsOn } = readCollegeFile();
  const term = await readTx(register.db, (tx) =>
    tx('terms').where({ college_id: college, starts_on: clockStartsOn }).first('id'),
  );
  const staff = ['teacher1', 'teacher2', 'teacher3'].map((name) => users.get(name) ?? '');
  const teachers = Object.fromEntries(courses.map(({ code }, index) => [code, staff[index % staff.length] ?? '']));
  await openTerm(register, { ...step('open-term'), input: { termId: term?.id ?? '', teachers } });
}

/** The student whose account the demonstration has: the first of the list. */
async function personOf(register: Register, college: string): Promise<string> {
  const row = await readTx(register.db, (tx) =>
    tx('enrolments').where({ college_id: college }).orderBy('student_no').first('person_id'),
  );
  if (!row) throw new Error('the demo has no students');
  return row.person_id;
}

export async function markSeeded(register: Register, college: string): Promise<void> {
  const call = { ...stepsOf('seed', college)('done'), command: 'markSeeded', input: {} };
  await writeTx(register.db, call, (tx) => appendLeaf(tx, { kind: DONE, object: { type: 'college', id: college } }));
}
