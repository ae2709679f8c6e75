import { applyForCredit } from '../../register/outcomes/apply-for-credit.ts';
import { askEquivalence } from '../../register/outcomes/ask-equivalence.ts';
import { listApplications } from '../../register/outcomes/list-applications.ts';
import { listMatches } from '../../register/outcomes/list-matches.ts';
import { matchOutcome } from '../../register/outcomes/match-outcome.ts';
import type { OutcomeAsked } from '../../register/facts/outcome-course.ts';
import { PageInput } from '../../schemas/api/common.ts';
import type { Infer } from '../../schemas/api/common.ts';
import type { OutcomeAskedInput } from '../../schemas/api/outcomes.ts';
import {
  AppliedForCredit,
  ApplicationPage,
  ApplyForCreditInput,
  EquivalenceView,
  EvaluateInput,
  ListApplicationsInput,
  MatchOutcomeInput,
  OutcomeMatched,
  OutcomeMatchPage,
} from '../../schemas/api/outcomes.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['outcomes'];

const evaluate = defineRoute({
  method: 'post',
  path: '/v1/equivalences/evaluate',
  permission: 'equivalences.evaluate',
  input: EvaluateInput,
  output: EquivalenceView,
  refuses: [
    'rule_not_bound',
    'no_rule_for_date',
    'date_missing',
    'policy_undecided',
    'evaluators_disagree',
    'fact_not_lawful',
    'not_found',
  ],
  limit: 'search',
  tags,
  summary: {
    'zh-CN': '试算：某成果在某日期可认定什么（不保存）',
    en: 'What an outcome would be worth on a date; stores nothing',
  },
  handle: ({ register, by, input: { outcome, ...input } }) =>
    askEquivalence(register, by, outcome === undefined ? input : { ...input, outcome: described(outcome) }),
});

function described(given: Infer<typeof OutcomeAskedInput>): OutcomeAsked {
  return {
    id: null,
    kind: given.kind,
    name: given.name,
    occupation_code: given.occupationCode,
    level: given.level,
    contest_tier: given.contestTier,
    contest_prize: given.contestPrize,
    issued_on: given.issuedOn,
    expires_on: given.expiresOn,
    verified: given.verified === null ? null : given.verified ? 1 : 0,
    score: given.score,
    credits: given.credits,
    work_months_after: given.workMonthsAfter,
  };
}

const apply = defineRoute({
  method: 'post',
  path: '/v1/credit-applications',
  permission: 'applications.submit',
  input: ApplyForCreditInput,
  output: AppliedForCredit,
  status: 201,
  refuses: [
    'stale',
    'not_found',
    'outcome_already_spent',
    'course_already_converted',
    'similar_outcome_spent',
    'credit_over_limit',
    'date_missing',
    'rule_not_bound',
    'no_rule_for_date',
    'policy_undecided',
    'evaluators_disagree',
  ],
  command: true,
  tags,
  summary: { 'zh-CN': '申请以成果认定课程学分', en: 'Apply for an outcome to count as courses' },
  handle: command(applyForCredit),
});

const list = defineRoute({
  method: 'get',
  path: '/v1/credit-applications',
  permission: 'applications.read',
  input: ListApplicationsInput,
  output: ApplicationPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '学分认定申请与决定', en: 'Applications for credit and what was decided' },
  handle: ({ register, by, input }) => listApplications(register, by, input),
});

const matches = defineRoute({
  method: 'get',
  path: '/v1/outcome-matches',
  permission: 'plans.read',
  input: PageInput,
  output: OutcomeMatchPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '成果与课程的匹配目录', en: 'How far outcomes cover courses' },
  handle: ({ register, by, input }) => listMatches(register, by, input),
});

const match = defineRoute({
  method: 'post',
  path: '/v1/outcome-matches',
  permission: 'mappings.edit',
  input: MatchOutcomeInput,
  output: OutcomeMatched,
  status: 201,
  refuses: [],
  command: true,
  tags,
  summary: { 'zh-CN': '登记某成果覆盖某课程的程度', en: 'Record how far an outcome covers a course' },
  handle: ({ register, call }) =>
    matchOutcome(register, { ...call, input: { ...call.input, level: call.input.level ?? '' } }),
});

export const outcomeRoutes: readonly Route[] = [evaluate, apply, list, matches, match];
