import type { Tx } from '../../../db/tx.ts';
import { Problem } from '../../../schemas/problem.ts';
import type { Ruleset } from '../../../schemas/ruleset.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { gateAsked } from './gate.ts';

interface Asked {
  collegeId: string | null;
  validity: Ruleset['validity'];
}

/** A revision that reaches back before the day it comes into force must say so (rules.md §7). */
export async function refuseUndeclared(register: Register, tx: Tx, { collegeId, validity }: Asked): Promise<void> {
  if (validity.retroactive || collegeId === null || !(await gateAsked(tx, collegeId))) return;
  const { today } = await collegeTime(tx, register.systemClock, collegeId);
  if (validity.from < today)
    throw new Problem('rule_retroactive_undeclared', [
      { pointer: '/validity/from', code: 'rule_retroactive_undeclared', detail: { from: validity.from, today } },
    ]);
}
