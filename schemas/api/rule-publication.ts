import { z } from 'zod';
import { Id } from '../ids.ts';
import { Instant, LegalDate, Text } from '../text.ts';
import { pageInput, pageOf } from './common.ts';
import { AnalysisView, DifferenceView, TestGateView, TestReportView } from './rule-drafts.ts';
import { Hash, RuleSetId } from './rules.ts';
import { VerdictType } from './verdicts.ts';

const Person = z.strictObject({ id: z.string(), name: z.string().nullable() });
const Reason = z.string().trim().min(2).max(500);

const WaiverInput = z.strictObject({
  finding: z.string().min(1).max(300).describe('A finding by its name'),
  reason: Reason,
});
export const SubmitDraftInput = z.strictObject({ id: Id, waivers: z.array(WaiverInput).max(200).optional() }).meta({
  id: 'SubmitRuleDraft',
  examples: [{ waivers: [{ finding: 'gap:4f1c', reason: '该情形按规定转人工处理' }] }],
});

const HASH = `sha256:${'7'.repeat(64)}`;

export const ApproveInput = z
  .strictObject({
    id: Id,
    hash: Hash.describe('The very document that was read,'),
    difference: Hash.optional().describe('the difference that was looked at,'),
    preview: z.string().max(80).optional().describe('and the preview; left out where none is asked'),
  })
  .meta({
    id: 'ApproveRuleRevision',
    examples: [{ hash: HASH, difference: HASH, preview: HASH }],
  });
export const ReturnInput = z
  .strictObject({ id: Id, hash: Hash, reason: Reason })
  .meta({ id: 'ReturnRuleRevision', examples: [{ hash: HASH, reason: '请补充文件依据' }] });
export const StopInput = z
  .strictObject({ id: Id, reason: Reason })
  .meta({ id: 'StopRuleRevision', examples: [{ reason: '门槛录入有误，先转人工' }] });
export const StoppedView = z.strictObject({
  state: z.enum(['published', 'suspended', 'withdrawn']),
  waitingForSecond: z.boolean().describe('Another person must ask for the same'),
});

export const acts = ['approve', 'return', 'publish', 'suspend', 'resume', 'withdraw', 'preview'] as const;

export const PublicationView = z
  .strictObject({
    id: Id,
    ruleSet: z.string(),
    revision: z.int(),
    hash: Hash,
    title: Text,
    state: z.enum(['frozen', 'published', 'suspended', 'withdrawn']),
    validFrom: LegalDate,
    validTo: LegalDate.nullable(),
    retroactive: z.boolean().describe('It holds from before today'),
    proofsAsked: z.boolean().describe('False while the college has no decision'),
    base: z.strictObject({ revision: z.int(), hash: Hash }).nullable().describe('What answers in its stead now'),
    proofs: z
      .strictObject({
        at: Instant,
        differenceHash: Hash,
        tests: z.array(TestReportView),
        asked: TestGateView,
        analysis: AnalysisView,
        difference: DifferenceView.nullable().describe('Null for the first revision of a rule set'),
      })
      .nullable(),
    waivers: z.array(z.strictObject({ finding: z.string(), reason: z.string(), by: Person, at: Instant })),
    openFindings: z.array(z.string()).describe('Errors neither corrected nor waived'),
    preview: z
      .strictObject({
        id: Id,
        hash: z.string().describe('Empty until it is done'),
        state: z.enum(['running', 'done', 'failed']),
        fresh: z.boolean().describe('Not older than 7 days and against what is in force now'),
        at: Instant,
      })
      .nullable(),
    previewAsked: z.boolean(),
    approvals: z.array(
      z.strictObject({ approver: Person, at: Instant, counts: z.boolean().describe('Given for these very proofs') }),
    ),
    approvalsNeeded: z.int(),
    editors: z.array(Person),
    submission: z
      .strictObject({
        by: Person,
        at: Instant,
        remindOn: LegalDate,
        expiresOn: LegalDate,
        reminded: z.int(),
        overdue: z.boolean(),
      })
      .nullable(),
    events: z.array(z.strictObject({ kind: z.string(), by: Person, at: Instant, reason: z.string().nullable() })),
    motions: z
      .array(z.strictObject({ kind: z.enum(['resume', 'withdraw']), by: Person, at: Instant, reason: z.string() }))
      .describe('Asked for by one person since the last event, waiting for another'),
    woken: z
      .strictObject({ cases: z.int(), dueOn: LegalDate, finished: z.boolean() })
      .nullable()
      .describe('Open cases asked to look again after the last event'),
    blockers: z.array(z.string()).describe('Codes of what still keeps it from being approved or published'),
    allowed: z.array(z.enum(acts)).describe('What you may do now'),
  })
  .meta({ id: 'RulePublication' });
export type PublicationView = z.infer<typeof PublicationView>;

export const TouchedInput = z.strictObject({ id: Id, ...pageInput });
const outcome = z.strictObject({ type: VerdictType, title: Text });
export const TouchedDecision = z
  .strictObject({
    id: Id,
    studentId: Id,
    pathwayId: Id.nullable(),
    decidedAt: Instant,
    effectiveDate: LegalDate,
    revision: z.int(),
    was: outcome,
    would: outcome.describe('Its own facts under this revision'),
    changes: z.boolean(),
    settled: z.boolean().describe('Behind a certificate or a spent credit: only a person changes it'),
  })
  .meta({ id: 'TouchedDecision' });
export type TouchedDecision = z.infer<typeof TouchedDecision>;
export const TouchedPage = pageOf(TouchedDecision);

export const DifferenceInput = z.strictObject({
  id: RuleSetId,
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(1),
});
