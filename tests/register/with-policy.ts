import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import { libraryDocument } from '../rules/library.ts';
import { aCollege } from '../support/college.ts';
import type { College } from '../support/college.ts';
import type { Database } from '../../db/open.ts';
import { publish } from './publishing.ts';

/** A college with the library's teaching policy in force and no other rule: schemes need no more. */
export async function aCollegeWithPolicy(db: Database): Promise<College> {
  const college = await aCollege(db);
  await publish(college, libraryDocument('policy.teaching'));
  const binding = { purpose: 'policy', scope: '*', ruleSet: 'policy.teaching', fromOn: '2015-09-01' };
  await bindRuleSet(college.register, college.call('rule_editor', binding));
  return college;
}
