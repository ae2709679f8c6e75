import type { Tx } from '../../db/tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { addDays } from '../../schemas/time.ts';
import { collegeTime } from '../college/clock.ts';
import { noRuleProblem } from '../facts/no-rule.ts';
import { readPolicies } from '../facts/policy.ts';
import type { Policy } from '../facts/policy.ts';
import type { Register } from '../register.ts';
import { openRuleBook } from '../rules/rule-book.ts';

/** The policies of the plans in which a course is still taught. An internship has none: the enterprise assesses it as it goes. */
export async function readSchemePolicies(
  register: Register,
  tx: Tx,
  { courseId, collegeId }: { courseId: string; collegeId: string },
): Promise<Policy[]> {
  const { now, today } = await collegeTime(tx, register.systemClock, collegeId);
  const plans: { id: string; enrolled_on: string; max_years: number }[] = await tx('plan_courses as x')
    .join('plans as l', 'l.id', 'x.plan_id')
    .join('courses as c', 'c.id', 'x.course_id')
    .where({ 'x.course_id': courseId, 'l.college_id': collegeId })
    .whereNot('c.kind', 'internship')
    .select('l.id', 'l.enrolled_on', 'l.max_years');
  const current = plans.filter((plan) => lastDay(plan) >= today).map(({ id }) => id);
  const policies = await readPolicies(tx, await openRuleBook(tx, collegeId, now), current);
  return [...policies.values()].map((policy) => {
    if ('noRule' in policy) throw noRuleProblem(policy);
    return policy;
  });
}

function lastDay({ enrolled_on: from, max_years: years }: { enrolled_on: string; max_years: number }): string {
  return addDays(`${Number(from.slice(0, 4)) + Number(years)}${from.slice(4)}`, -1);
}

interface Share {
  kind: string;
  /** Hundredths of a percent. */
  weight: number;
}

/** 过程考核占比: the share of process assessment lies within what every one of these policies allows. */
export function refuseOutsidePolicy(components: readonly Share[], policies: readonly Policy[]): void {
  const share = components.filter(({ kind }) => kind === 'process').reduce((sum, { weight }) => sum + weight, 0);
  const minimum = Math.max(...policies.map(({ processShareMin }) => processShareMin));
  const maximum = Math.min(...policies.map(({ processShareMax }) => processShareMax));
  if (policies.length === 0 || (minimum <= share && share <= maximum)) return;
  throw new Problem('scheme_outside_policy', [
    { pointer: '/components', code: 'scheme_outside_policy', detail: { share, minimum, maximum } },
  ]);
}
