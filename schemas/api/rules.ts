import { z } from 'zod';
import { Id } from '../ids.ts';
import { Instant, LegalDate, Text } from '../text.ts';
import { Json, pageInput, pageOf } from './common.ts';
import { CitationView, FactValueView, Params, ReasonView, VerdictType } from './verdicts.ts';

export const RuleSetId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,99}$/, { error: 'rule_set_malformed' });
export const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/, { error: 'hash_malformed' });
export const Purpose = z
  .enum(['eligibility', 'credit', 'skill_conclusion', 'diploma_conclusion', 'title', 'policy'])
  .meta({ id: 'Purpose' });

const RevisionHead = z.strictObject({
  id: Id,
  revision: z.int(),
  hash: Hash,
  validFrom: LegalDate,
  validTo: LegalDate.nullable(),
  state: z.enum(['frozen', 'published', 'suspended', 'withdrawn']),
  inForce: z.boolean().describe("Answers for today's date"),
  frozenAt: Instant,
  publishedAt: Instant.nullable(),
  author: z.strictObject({ id: z.string(), name: z.string().nullable() }),
});
export const RevisionItem = RevisionHead.meta({ id: 'RuleRevisionItem' });
export type RevisionItem = z.infer<typeof RevisionItem>;

export const BindingView = z
  .strictObject({ id: Id, purpose: Purpose, scope: z.string(), ruleSet: z.string(), fromOn: LegalDate })
  .meta({ id: 'RuleBinding' });
export type BindingView = z.infer<typeof BindingView>;
export const BindingList = z.strictObject({ items: z.array(BindingView) });

export const RuleSetView = z
  .strictObject({
    id: z.string(),
    title: Text,
    subject: z.string(),
    question: Text.describe('What the rules answer'),
    bindings: z.array(BindingView),
    revisions: z.array(RevisionItem).describe('Newest first'),
  })
  .meta({ id: 'RuleSet' });
export type RuleSetView = z.infer<typeof RuleSetView>;
export const RuleSetList = z.strictObject({ items: z.array(RuleSetView) });

interface SentenceShape {
  node?: string | undefined;
  text: string;
  parts: SentenceShape[];
}
const Sentence: z.ZodType<SentenceShape> = z
  .strictObject({
    node: z.string().optional(),
    text: z.string(),
    get parts() {
      return z.array(Sentence);
    },
  })
  .meta({ id: 'Sentence' });

const RuleSentences = z.strictObject({
  name: z.string(),
  title: z.string(),
  event: z.strictObject({ type: z.enum(['grant', 'deny', 'refer']), params: Params.optional() }),
  eventText: z.string(),
  conditions: Sentence,
  cites: z.array(CitationView),
  overrides: z.array(z.string()),
  exceptionText: z.string().nullable().describe('Which rules this one is an exception to, in words'),
});
export const DocumentSentences = z
  .strictObject({
    title: z.string(),
    question: z.string(),
    scope: Sentence.nullable(),
    impossible: z.array(z.strictObject({ why: z.string(), when: Sentence })),
    rules: z.array(RuleSentences),
    otherwise: z.string(),
  })
  .meta({ id: 'DocumentSentences' });

export const RevisionView = RevisionHead.extend({
  ruleSet: z.string(),
  title: Text,
  document: Json,
  sentences: z.strictObject({ 'zh-CN': DocumentSentences, en: DocumentSentences }),
  sources: z.array(
    z.strictObject({
      key: z.string(),
      title: Text,
      number: z.string().nullable(),
      unconfirmed: z.boolean(),
      articles: z.array(z.strictObject({ article: z.string(), text: z.string() })),
    }),
  ),
  approvals: z.array(
    z.strictObject({ approver: z.strictObject({ id: z.string(), name: z.string().nullable() }), at: Instant }),
  ),
  approvalsNeeded: z.int(),
  tests: z.array(
    z.strictObject({
      name: z.string(),
      passed: z.boolean(),
      facts: z.record(z.string(), FactValueView),
      expected: Json,
      got: VerdictType,
      faults: z.array(z.string()),
    }),
  ),
}).meta({ id: 'RuleRevision' });
export type RevisionView = z.infer<typeof RevisionView>;

export const ByRuleSet = z.strictObject({ id: RuleSetId });
export const ByRevision = z.strictObject({ id: RuleSetId, revision: z.coerce.number().int().min(1) });
export const FreezeInput = z.strictObject({ document: Json });
export const Frozen = z.strictObject({ revision: Id, number: z.int(), hash: Hash });
export const ForHash = z.strictObject({ id: Id, hash: Hash.describe('The very document that was read') });
export const Approved = z.strictObject({ approvals: z.int(), needed: z.int() });
export const Published = z.strictObject({ publishedAt: Instant, validFrom: LegalDate });
export const BindInput = z
  .strictObject({
    purpose: Purpose,
    scope: z
      .string()
      .regex(/^(\*|[a-z0-9_]{1,40})$/, { error: 'scope_malformed' })
      .describe('`*`, a kind of outcome or an edition of the conditions'),
    ruleSet: RuleSetId,
    fromOn: LegalDate,
  })
  .meta({
    id: 'BindRuleSet',
    examples: [{ purpose: 'credit', scope: 'x_certificate', ruleSet: 'credit.x-certificate', fromOn: '2026-09-01' }],
  });
export const Bound = z.strictObject({ binding: Id });

export const DecisionView = z
  .strictObject({
    id: Id,
    purpose: z.string(),
    studentId: Id,
    pathwayId: Id.nullable(),
    title: Text,
    record: Json.describe('decision/1, as it was stored'),
    hash: Hash,
    reasons: z.array(ReasonView).describe('Worked out from the record'),
    facts: z
      .array(z.strictObject({ fact: z.string(), title: Text, text: Text, from: z.string().nullable() }))
      .describe('The facts of the record in words, each with where it came from'),
    supersededBy: Id.nullable(),
    rule: z.strictObject({ ruleSet: z.string(), revision: z.int(), hash: Hash, title: Text }),
  })
  .meta({ id: 'Decision' });
export type DecisionView = z.infer<typeof DecisionView>;
const Outcome = z.strictObject({ type: VerdictType, title: Text, revision: z.int() });
export const ListAffectedInput = z.strictObject({
  ...pageInput,
  ruleSet: RuleSetId.optional(),
  studentId: Id.optional(),
});
export const AffectedDecision = z
  .strictObject({
    id: Id,
    studentId: Id,
    pathwayId: Id.nullable(),
    purpose: z.string(),
    decidedAt: Instant,
    was: Outcome,
    now: Outcome.describe('Decided again as of its own day, with what is known now'),
    reasonOnly: z.boolean().describe('The same outcome, by other rules'),
    changedFacts: z.array(z.string()).describe('Facts recorded otherwise since'),
    settled: z.boolean().describe('Behind a certificate or a spent credit: only a person changes it'),
  })
  .meta({ id: 'AffectedDecision' });
export type AffectedDecision = z.infer<typeof AffectedDecision>;
export const AffectedPage = pageOf(AffectedDecision);

export const ReplayView = z
  .strictObject({ same: z.boolean(), differences: z.array(z.string()), record: Json })
  .meta({ id: 'Replay' });
