import { z } from 'zod';
import { Id } from '../ids.ts';
import { Instant, LegalDate, Text } from '../text.ts';
import { Json, Version } from './common.ts';
import { DocumentSentences, Hash, RuleSetId } from './rules.ts';
import { FactValueView, NearMissView, Params, ReasonView, VerdictType, VerdictView } from './verdicts.ts';

const Person = z.strictObject({ id: z.string(), name: z.string().nullable() });

/** A fault of a rule document, in both languages: the editor shows it beside the place it is about. */
export const RuleFault = z
  .strictObject({
    pointer: z.string().describe('JSON pointer into the document'),
    code: z.string(),
    detail: z.record(z.string(), z.unknown()).optional(),
    text: Text.optional(),
  })
  .meta({ id: 'RuleFault' });

const DraftHead = z.strictObject({
  id: Id,
  ruleSet: z.string(),
  title: Text.nullable(),
  base: z.strictObject({ revision: z.int(), hash: z.string() }).nullable().describe('What it was opened from'),
  version: Version,
  faultCount: z.int(),
  editors: z.array(Person).describe('Everyone who saved it; none of them may approve it'),
  createdBy: Person,
  createdAt: Instant,
  updatedBy: Person,
  updatedAt: Instant,
});
export const DraftItem = DraftHead.meta({ id: 'RuleDraftItem' });
export type DraftItem = z.infer<typeof DraftItem>;
export const DraftList = z.strictObject({ items: z.array(DraftItem) });
export const DraftView = DraftHead.extend({
  document: Json.describe('ruleset/1 as typed so far, faulty or not'),
  faults: z.array(RuleFault),
  ended: z.strictObject({ at: Instant, because: z.enum(['discarded', 'submitted']) }).nullable(),
  revisionId: Id.nullable().describe('The revision it was frozen as'),
}).meta({ id: 'RuleDraft' });
export type DraftView = z.infer<typeof DraftView>;

export const ListDraftsInput = z.strictObject({ ruleSet: RuleSetId.optional() });
export const CreateDraftInput = z
  .strictObject({
    from: z
      .enum(['in_force', 'revision', 'document', 'scratch'])
      .describe('What answers today, an older revision again (roll back), a document brought along, or nothing'),
    ruleSet: RuleSetId.optional(),
    revision: z.int().min(1).optional(),
    document: Json.optional(),
    title: Text.optional(),
    subject: z.enum(['pathway', 'outcome', 'outcome_course', 'scheme', 'candidate']).optional(),
  })
  .meta({
    id: 'CreateRuleDraft',
    examples: [
      { from: 'in_force', ruleSet: 'credit.skill-certificate' },
      { from: 'revision', ruleSet: 'credit.skill-certificate', revision: 3 },
      {
        from: 'scratch',
        ruleSet: 'credit.single-skill',
        title: { 'zh-CN': '专项职业能力证书学分认定', en: 'Credit for single-skill certificates' },
        subject: 'outcome_course',
      },
    ],
  });
export const DraftMade = z.strictObject({ draft: Id });
export const SaveDraftInput = z.strictObject({ id: Id, document: Json });
export const DraftSaved = z.strictObject({ draft: Id, version: Version, faults: z.array(RuleFault) });

export const CheckPart = z.enum(['tests', 'analysis', 'difference']);
export const CheckDraftInput = z
  .strictObject({
    id: Id,
    document: Json.optional().describe('As typed, not yet saved; the saved draft when left out'),
    parts: z.array(CheckPart).max(3).optional().describe('All when left out; faults and sentences come always'),
  })
  .meta({ id: 'CheckRuleDraft', examples: [{ parts: ['analysis'] }] });

export const TestReportView = z.strictObject({
  name: z.string(),
  passed: z.boolean(),
  expected: Json,
  got: VerdictView,
  faults: z.array(z.string()),
});
export const TestGateView = z
  .strictObject({
    passed: z.boolean(),
    faults: z.array(RuleFault).describe('Rules no test fires, bounds no test touches, slips no test notices'),
    mutation: z.strictObject({ percent: z.number(), broken: z.number(), total: z.number() }),
  })
  .meta({ id: 'RuleTestGate' });
const RegionView = z
  .object({
    facts: z.array(z.object({ fact: z.string(), words: Text })),
    words: Text.describe('实操成绩 60.0–69.9 且 等级 为 初级、中级'),
  })
  .meta({ id: 'RuleRegion' });
const Facts = z.record(z.string(), FactValueView);
export const FindingView = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'note']),
    name: z.string().describe('Stable; a waiver names it'),
    rules: z.array(z.string()),
    nodes: z.array(z.string()),
    pointer: z.string(),
    witness: Facts.nullable().describe('A lawful case for which it holds'),
    regions: z.array(RegionView),
    text: Text,
  })
  .meta({ id: 'RuleFinding' });
export const AnalysisView = z
  .object({
    findings: z.array(FindingView),
    needless: z.array(z.object({ rule: z.string(), facts: z.array(z.string()) })),
    notDecided: z.array(z.object({ question: z.string(), rules: z.array(z.string()) })),
    impossible: z.number(),
    cells: z.number(),
  })
  .meta({ id: 'RuleAnalysis' });
const change = z.enum(['added', 'removed', 'changed']);
const ShiftOutcome = z
  .object({
    type: VerdictType,
    code: z.string().optional(),
    params: Params.optional(),
    events: z.array(z.object({ type: z.enum(['grant', 'deny', 'refer']), params: Params.optional() })).optional(),
    because: z.string(),
    title: Text,
  })
  .meta({ id: 'RuleOutcome' });
export const DifferenceView = z
  .object({
    equal: z.boolean(),
    decided: z.boolean().describe('False: the budget was spent before every region was looked at'),
    shifts: z.array(
      z.object({
        from: ShiftOutcome,
        to: ShiftOutcome,
        regions: z.array(RegionView),
        more: z.int().optional().describe('Regions beyond those put into words'),
        witness: Facts,
      }),
    ),
    changed: z.object({
      domains: z.array(z.object({ fact: z.string(), title: Text, from: Text, to: Text })),
      texts: z.array(z.object({ pointer: z.string(), from: Text.nullable(), to: Text.nullable() })),
      sources: z.array(z.object({ source: z.string(), title: Text, change })),
      facts: z.array(z.object({ fact: z.string(), title: Text, change })),
    }),
  })
  .meta({ id: 'RuleDifference' });

const Both = z.strictObject({ 'zh-CN': DocumentSentences, en: DocumentSentences });
export const DraftChecks = z
  .strictObject({
    faults: z.array(RuleFault),
    hash: Hash.nullable().describe('Null while there are faults'),
    sentences: Both.nullable(),
    base: z.strictObject({ revision: z.int(), hash: Hash }).nullable().describe('What the difference is from'),
    tests: z.array(TestReportView).nullable(),
    asked: TestGateView.nullable().describe('Whether the tests ask enough'),
    analysis: AnalysisView.nullable(),
    difference: DifferenceView.nullable(),
  })
  .meta({ id: 'RuleDraftChecks' });
export type DraftChecks = z.infer<typeof DraftChecks>;

export const TryDraftInput = z
  .strictObject({
    id: Id,
    document: Json.optional().describe('As typed, not yet saved; the saved draft when left out'),
    facts: Facts.optional().describe('Typed facts,'),
    pathwayId: Id.optional().describe('or those of a pathway,'),
    outcomeId: Id.optional().describe('or of a recorded outcome,'),
    courseId: Id.optional().describe('and the course it might count for'),
    date: LegalDate.optional(),
  })
  .meta({ id: 'TryRuleDraft', examples: [{ facts: { appliedOn: 20260301, level: 'three', theoryScore: 600 } }] });

const Trial = z.strictObject({
  verdict: VerdictView,
  title: Text,
  reasons: z.array(ReasonView),
  nearMisses: z.array(NearMissView),
});
export const TrialView = z
  .strictObject({
    facts: Facts.describe('What was asked about; goes into a test as it is'),
    hidden: z.array(z.string()).describe('Personal facts of a student you may not look at'),
    draft: Trial,
    inForce: Trial.nullable().describe('The same facts under the revision in force; null where there is none'),
    evaluatorsAgree: z.boolean(),
  })
  .meta({ id: 'RuleTrial' });
export type TrialView = z.infer<typeof TrialView>;
