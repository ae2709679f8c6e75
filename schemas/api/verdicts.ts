import { z } from 'zod';
import { Id } from '../ids.ts';
import { roles } from '../permissions.ts';
import { LegalDate, Text } from '../text.ts';

/** What a verdict, a stage and their reasons look like to a reader. Nothing here is stored: it is worked out on reading. */
export const stageNames = [
  'application',
  'collecting',
  'assessment',
  'referred',
  'refused',
  'suspended',
  'deciding',
  'public_notice',
  'sign_off',
  'issuing',
  'issued',
  'closed',
] as const;
export const StageName = z.enum(stageNames).meta({ id: 'StageName' });

/** A role, or what no signed-in person stands for. */
export const WaitedFor = z.enum([...roles, 'system', 'public']).meta({ id: 'WaitedFor' });
export const verdictTypes = ['grant', 'deny', 'refer', 'undetermined', 'out-of-scope'] as const;
export const VerdictType = z.enum(verdictTypes).meta({ id: 'VerdictType' });
export const Level = z.enum(['five', 'four', 'three', 'two', 'one']).meta({ id: 'Level' });

/** An id with what people call it. */
export const Named = z.strictObject({ id: z.string(), name: z.string() }).meta({ id: 'Named' });

const WaitedObject = z.strictObject({
  kind: z.string().describe('score_sheet, plan …'),
  id: z.string(),
  name: z.string().nullable().describe('The course of a sheet, the programme of a plan'),
});

export const MissingView = z
  .strictObject({
    fact: z.string(),
    title: Text,
    role: WaitedFor,
    person: Named.nullable(),
    object: WaitedObject.nullable(),
    since: z.string().nullable(),
    until: z.string().nullable(),
  })
  .meta({ id: 'Missing' });

/** Everything the sentence 等待任课教师提交《电机与拖动》成绩单 needs. */
export const StageView = z
  .strictObject({
    name: StageName,
    waitingOn: z
      .strictObject({ role: WaitedFor, person: Named.nullable(), object: WaitedObject.nullable() })
      .nullable(),
    since: z.string(),
    until: z.string().nullable(),
    missing: z.array(MissingView),
    reason: z.string().nullable().describe('A code, or the words of whoever refused to sign off'),
  })
  .meta({ id: 'Stage' });
export type StageView = z.infer<typeof StageView>;

export const FactValueView = z
  .union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.string())])
  .meta({ id: 'FactValue', description: 'Decimals are scaled integers, dates are integers such as 20260901' });

export const CitationView = z
  .strictObject({
    source: Text,
    number: z.string().optional(),
    article: z.string(),
    text: z.string().describe('Verbatim, as filed'),
    unconfirmed: z.literal(true).optional(),
  })
  .meta({ id: 'Citation' });

export const ReasonView = z
  .strictObject({
    kind: z.enum(['rule', 'scope', 'impossible', 'required', 'not-applicable']),
    rule: z.string().optional(),
    title: Text.optional(),
    cites: z.array(CitationView),
    node: z.string().optional(),
    fact: z.string(),
    factTitle: Text,
    got: FactValueView,
    wanted: z.unknown().optional(),
    gotText: Text,
    wantedText: Text.optional(),
    truth: z.enum(['true', 'false', 'unknown']),
    text: Text,
    suppliedBy: z.string().optional(),
    sensitivity: z.literal('personal').optional(),
  })
  .meta({ id: 'Reason' });

export const NearMissView = z
  .strictObject({
    rule: z.string(),
    steps: z.number(),
    text: Text,
    changes: z.array(
      z.strictObject({
        fact: z.string(),
        title: Text,
        got: FactValueView,
        needed: FactValueView,
        gotText: Text,
        neededText: Text,
      }),
    ),
  })
  .meta({ id: 'NearMiss' });

export const Params = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));
const RuleEventView = z.strictObject({ type: z.enum(['grant', 'deny', 'refer']), params: Params.optional() });

export const VerdictView = z
  .strictObject({
    type: VerdictType,
    code: z.string().optional(),
    params: Params.optional(),
    events: z.array(RuleEventView).optional(),
    fired: z.array(z.string()),
    missing: z.array(z.string()),
    because: z.strictObject({ kind: z.string(), rules: z.array(z.string()).optional() }),
  })
  .meta({ id: 'Verdict' });

export const RuleInForceView = z
  .strictObject({
    ruleSet: z.string(),
    title: Text,
    revision: z.int(),
    hash: z.string(),
    effectiveDate: LegalDate,
    suspended: z.boolean(),
  })
  .meta({ id: 'RuleInForce' });

export const NoRuleView = z
  .strictObject({
    code: z.enum(['rule_not_bound', 'no_rule_for_date', 'policy_undecided']),
    purpose: z.enum(['eligibility', 'credit', 'skill_conclusion', 'diploma_conclusion', 'title', 'policy']),
    scope: z.string(),
    on: LegalDate,
  })
  .meta({ id: 'NoRule' });

export const PathwayTarget = z.strictObject({
  id: Id,
  type: z.enum(['diploma', 'skill']),
  standard: z.strictObject({ id: Id, code: z.string(), edition: z.string(), name: Text }).nullable(),
  level: Level.nullable(),
});

export const PathwayView = PathwayTarget.extend({
  appliedOn: LegalDate.nullable(),
  stage: StageView,
  verdict: VerdictView,
  title: Text.describe('The verdict in words'),
  reasons: z.array(ReasonView),
  nearMisses: z.array(NearMissView),
  rule: RuleInForceView.nullable(),
  noRule: NoRuleView.nullable().describe('Why no rule answers; nothing is decided until one does'),
  facts: z.record(z.string(), FactValueView),
  decision: Id.nullable(),
  certificate: Id.nullable(),
}).meta({ id: 'Pathway' });
export type PathwayView = z.infer<typeof PathwayView>;
