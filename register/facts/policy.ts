import type { Tx } from '../../db/tx.ts';
import { decide } from '../../rules/decide.ts';
import { Problem } from '../../schemas/problem.ts';
import { dateNumber } from '../../schemas/time.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { noRuleProblem, selectOrNone } from './no-rule.ts';
import type { NoRule } from './no-rule.ts';

const WHOLE = 10_000;

/** The teaching policy that holds for a plan, as the policy document in force grants it. */
export interface Policy {
  /** One decimal. */
  passMark: number;
  /** Hundredths of a percent of the plan's credits that may be converted in all. */
  totalCapShare: number;
  /** Tenths of a credit one outcome may bring. */
  perCertificateMaxCredits: number;
  highestOfSimilarOnly: boolean;
  /** Hundredths of a percent of a course's grade that process assessment makes up, at least and at most. */
  processShareMin: number;
  processShareMax: number;
  ruleHash: string;
}

/** For an act on one plan, which cannot go on without its policy. */
export async function readPolicy(tx: Tx, book: RuleBook, planId: string): Promise<Policy> {
  const policy = (await readPolicies(tx, book, [planId])).get(planId);
  if (!policy) throw new Problem('not_found');
  if ('noRule' in policy) throw noRuleProblem(policy);
  return policy;
}

/** An answer for every plan; `policy_undecided` where the policy document does not grant for it. */
export async function readPolicies(
  tx: Tx,
  book: RuleBook,
  planIds: readonly string[],
): Promise<Map<string, Policy | NoRule>> {
  const plans = await tx('plans')
    .join('programmes', 'programmes.id', 'plans.programme_id')
    .whereIn('plans.id', planIds)
    .select('plans.id', 'plans.enrolled_on', 'programmes.education_level');
  return new Map(plans.map((plan) => [plan.id, policyFor(book, plan)]));
}

function policyFor(
  book: RuleBook,
  plan: { id: string; enrolled_on: string; education_level: string },
): Policy | NoRule {
  const facts = { educationLevel: plan.education_level, cohortEnrolledOn: dateNumber(plan.enrolled_on) };
  const about = { purpose: 'policy', scope: '*' } as const;
  const selected = selectOrNone(book, {
    ...about,
    dateOf: (fact) => (fact === 'cohortEnrolledOn' ? facts.cohortEnrolledOn : null),
  });
  if ('noRule' in selected) return selected;
  const verdict = 'missingDate' in selected ? null : decide(selected.loaded, facts);
  if (verdict?.type !== 'grant' || 'missingDate' in selected)
    return { noRule: { code: 'policy_undecided', ...about, on: plan.enrolled_on } };
  const { passMark, totalCapShare, perCertificateMaxCredits, highestOfSimilarOnly } = verdict.params ?? {};
  const { processShareMin = 0, processShareMax = WHOLE } = verdict.params ?? {}; // a college's document need not bound it
  return {
    passMark: Number(passMark),
    totalCapShare: Number(totalCapShare),
    perCertificateMaxCredits: Number(perCertificateMaxCredits),
    highestOfSimilarOnly: highestOfSimilarOnly === true,
    processShareMin: Number(processShareMin),
    processShareMax: Number(processShareMax),
    ruleHash: selected.hash,
  };
}
