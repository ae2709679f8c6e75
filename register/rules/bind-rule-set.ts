import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { wakeOpenCases } from '../cases/wake.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';

export interface BindRuleSet {
  purpose: string;
  scope: string;
  ruleSet: string;
  fromOn: string;
}

/** Says which rule set answers a purpose from a date on; what was known before this moment does not change with it. */
export async function bindRuleSet(register: Register, call: Call<BindRuleSet>): Promise<{ binding: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'bindRuleSet', ...call }, async (tx) => {
    const known = await tx('rule_sets').where({ college_id: by.collegeId, id: input.ruleSet }).first('id');
    if (!known) throw new Problem('not_found');
    const { now } = await collegeTime(tx, register.systemClock, by.collegeId ?? '');
    const id = register.newId('event');
    const row = {
      id,
      college_id: by.collegeId,
      purpose: input.purpose,
      scope: input.scope,
      rule_set: input.ruleSet,
      from_on: input.fromOn,
      recorded_at: now,
    };
    await tx('rule_bindings').insert(row);
    await appendLeaf(tx, {
      kind: 'rule_bound',
      object: { type: 'rule_binding', id },
      body: { purpose: input.purpose, ruleSet: input.ruleSet },
    });
    await wakeOpenCases(register, tx, row.college_id as string);
    return { binding: id };
  });
}
