import { allocate } from '../../rules/allocate.ts';
import type { Verdict } from '../../rules/verdict.ts';
import { Problem } from '../../schemas/problem.ts';
import type { CourseFacts, CreditGround, OutcomeAsked } from '../facts/outcome-course.ts';
import type { RuleBook, Selected } from '../rules/rule-book.ts';
import { verdictUnder } from '../verdicts/work-out.ts';

export interface CourseVerdict {
  courseId: string;
  course: CourseFacts;
  selected: Selected;
  verdict: Verdict;
}

/** Each course under the credit rule bound to the kind of outcome. Throws `date_missing` when the date that selects the rule is unknown. */
export function decideCredit(book: RuleBook, { courses }: CreditGround): CourseVerdict[] {
  return courses.map((course) => {
    const { facts } = course;
    const selected = book.select({
      purpose: 'credit',
      scope: String(facts.outcomeKind),
      dateOf: (fact) => (typeof facts[fact] === 'number' ? (facts[fact] as number) : null),
    });
    if ('missingDate' in selected)
      throw new Problem('date_missing', [
        { pointer: '', code: 'date_missing', detail: { fact: selected.missingDate } },
      ]);
    return { courseId: course.courseId, course, selected, verdict: verdictUnder(selected, facts) };
  });
}

export interface Spending {
  courseId: string;
  credits: number;
  score: number;
}

const WHOLE = 10_000;

/** What the grants let the ledger spend under the policy's caps. More than fits is refused whole: the applicant chooses, not we. */
export function spendGranted(
  verdicts: readonly CourseVerdict[],
  { ground, outcome }: { ground: CreditGround; outcome: OutcomeAsked },
): Spending[] {
  const granted = verdicts.filter(({ verdict }) => verdict.type === 'grant');
  const { policy, planCredits, spent } = ground;
  const chosen = allocate({
    entitlements: granted.map(({ courseId, course, verdict }) => ({
      outcomeId: outcome.id ?? 'asked',
      courseId,
      credits: course.courseCredits,
      score: Number(verdict.params?.score),
      worth: Number(verdict.params?.credits),
    })),
    caps: {
      totalTenths: Math.floor((planCredits * policy.totalCapShare) / WHOLE),
      perOutcomeTenths: policy.perCertificateMaxCredits,
    },
    alreadySpent: spent.reduce((sum, entry) => sum + entry.credits, 0),
  });
  if (chosen.length < granted.length) {
    const fits = new Set(chosen.map((one) => one.courseId));
    const over = granted.filter(({ courseId }) => !fits.has(courseId));
    throw new Problem(
      'credit_over_limit',
      over.map(({ courseId }) => ({ pointer: '/courseIds', code: 'credit_over_limit', detail: { course: courseId } })),
    );
  }
  return chosen.map(({ courseId, credits, score }) => ({ courseId, credits, score }));
}
