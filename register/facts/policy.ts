import type { Tx } from '../../db/tx.ts';
import { decide } from '../../rules/decide.ts';
import { Problem } from '../../schemas/problem.ts';
import { dateNumber } from '../../schemas/time.ts';
import type { RuleBook } from '../rules/rule-book.ts';

/** The teaching policy that holds for a plan, as the policy document in force grants it. */
export interface Policy {
  /** One decimal. */
  passMark: number;
  /** Hundredths of a percent of the plan's credits that may be converted in all. */
  totalCapShare: number;
  /** Tenths of a credit one outcome may bring. */
  perCertificateMaxCredits: number;
  highestOfSimilarOnly: boolean;
  ruleHash: string;
}

/** Throws `policy_undecided` when the policy document does not grant for the plan. */
export async function readPolicies(tx: Tx, book: RuleBook, planIds: readonly string[]): Promise<Map<string, Policy>> {
  const plans = await tx('plans')
    .join('programmes', 'programmes.id', 'plans.programme_id')
    .whereIn('plans.id', planIds)
    .select('plans.id', 'plans.enrolled_on', 'programmes.education_level');
  return new Map(plans.map((plan) => [plan.id, policyFor(book, plan)]));
}

function policyFor(book: RuleBook, plan: { id: string; enrolled_on: string; education_level: string }): Policy {
  const facts = { educationLevel: plan.education_level, cohortEnrolledOn: dateNumber(plan.enrolled_on) };
  const selected = book.select({
    purpose: 'policy',
    scope: '*',
    dateOf: (fact) => (fact === 'cohortEnrolledOn' ? facts.cohortEnrolledOn : null),
  });
  const verdict = 'missingDate' in selected ? null : decide(selected.loaded, facts);
  if (verdict?.type !== 'grant' || 'missingDate' in selected)
    throw new Problem('policy_undecided', [{ pointer: '', code: 'policy_undecided', detail: { plan: plan.id } }]);
  const { passMark, totalCapShare, perCertificateMaxCredits, highestOfSimilarOnly } = verdict.params ?? {};
  return {
    passMark: Number(passMark),
    totalCapShare: Number(totalCapShare),
    perCertificateMaxCredits: Number(perCertificateMaxCredits),
    highestOfSimilarOnly: highestOfSimilarOnly === true,
    ruleHash: selected.hash,
  };
}
