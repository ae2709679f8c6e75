import { Problem } from '../../schemas/problem.ts';
import { dateText, legalDateOf } from '../../schemas/time.ts';
import type { DateMissing, Purpose, Question, RuleBook, Selected } from '../rules/rule-book.ts';

const codes = ['rule_not_bound', 'no_rule_for_date', 'policy_undecided'] as const;

/** No rule answers: a verdict waits for whoever keeps the rules. It is never answered by another rule in its stead. */
export interface NoRule {
  noRule: {
    code: (typeof codes)[number];
    purpose: Purpose;
    scope: string;
    /** The legal date asked about; the day of asking where nothing is bound that names a date. */
    on: string;
  };
}

/** As `book.select`, with the lack of a rule as an answer, so that one pathway's does not hide the others. */
export function selectOrNone(book: RuleBook, question: Question): Selected | DateMissing | NoRule {
  const { purpose, scope } = question;
  let asked: number | null = null;
  const dateOf = (fact: string): number | null => (asked = question.dateOf(fact));
  try {
    return book.select({ purpose, scope, dateOf });
  } catch (error) {
    const code = error instanceof Problem ? codes.find((one) => one === error.code) : undefined;
    if (!code) throw error;
    return { noRule: { code, purpose, scope, on: asked === null ? legalDateOf(book.knownAt) : dateText(asked) } };
  }
}

/** For acts that cannot go on without the rule. */
export function noRuleProblem({ noRule: { code, ...detail } }: NoRule): Problem {
  return new Problem(code, [{ pointer: '', code, detail }]);
}
