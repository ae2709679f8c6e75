import { join } from 'node:path';
import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Register } from '../../register/register.ts';
import { demoPasswords, seedAccounts } from './accounts.ts';
import { seedCollege, seedReference, seedRules } from './seed-college.ts';
import { stepsOf } from './step.ts';

const DONE = 'demo_seeded';

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
  const passwords = demoPasswords(join(dataDir, 'demo-accounts.txt'), register);
  const users = await seedAccounts(register, stepsOf('seed', college), { collegeId: college, passwords });
  const approver = users.get('ruleapprover');
  if (approver === undefined) throw new Error('the demo has no rule approver');
  await seedRules(register, { college, approver });
  return { college, users };
}

export async function markSeeded(register: Register, college: string): Promise<void> {
  const call = { ...stepsOf('seed', college)('done'), command: 'markSeeded', input: {} };
  await writeTx(register.db, call, (tx) => appendLeaf(tx, { kind: DONE, object: { type: 'college', id: college } }));
}
