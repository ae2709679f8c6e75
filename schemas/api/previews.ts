import { z } from 'zod';
import { Id } from '../ids.ts';
import { Instant, LegalDate, Text } from '../text.ts';
import { Json, pageInput, pageOf } from './common.ts';
import { Hash, Purpose, RuleSetId } from './rules.ts';
import { FactValueView, NearMissView, ReasonView, verdictTypes, VerdictView } from './verdicts.ts';

/** Better, worse, another outcome that is neither, the same outcome for another reason. */
export const PreviewChangeKind = z.enum(['gain', 'lose', 'other', 'reason']).meta({ id: 'PreviewChangeKind' });
export const PreviewOutcome = z.enum([...verdictTypes, 'no-rule', 'error']).meta({
  id: 'PreviewOutcome',
  description:
    'no-rule: nothing is bound, or no revision is in force for the date; error: a fact outside what the document declares',
});
const Target = z.string().describe('diploma, skill/four …, credit, title');

export const StartPreviewInput = z
  .strictObject({
    revisionId: Id.optional().describe('A frozen revision: what its approvers are shown'),
    draftId: Id.optional().describe('A draft as it was last saved'),
    document: Json.optional().describe('A document handed in, for programs'),
  })
  .meta({ id: 'StartPreview', examples: [{ revisionId: 'rrv_06f1k2m9q4t7v0w3x5y8z1a2b4' }] });
export const PreviewStarted = z.strictObject({ preview: Id, operation: Id, students: z.int() });

const Counts = z
  .strictObject({ gain: z.int(), lose: z.int(), other: z.int(), reason: z.int() })
  .meta({ id: 'PreviewCounts', description: 'Verdicts by what becomes of them' });

const PreviewState = z.enum(['waiting', 'running', 'paused', 'cancelled', 'done', 'failed']);

export const PreviewHead = z
  .strictObject({
    id: Id,
    ruleSet: z.string(),
    title: Text,
    revision: z.strictObject({ id: Id, number: z.int() }).nullable().describe('The frozen revision, where it was one'),
    draftHash: Hash,
    baseHash: Hash.nullable().describe('The revision in force that it was compared with'),
    operationId: Id,
    state: PreviewState,
    progress: z.strictObject({ done: z.int(), total: z.int() }).describe('Pages of students, and the conclusion'),
    students: z.int().describe('In scope when it was started'),
    changes: Counts.nullable(),
    studentsChanged: z.int().nullable(),
    hash: Hash.nullable().describe('Over all that the preview says'),
    knownAt: Instant.describe('College clock'),
    finishedAt: Instant.nullable().describe('College clock'),
    createdBy: z.strictObject({ id: z.string(), name: z.string().nullable() }),
    standing: z
      .enum(['holds', 'too_old', 'base_moved'])
      .nullable()
      .describe('Whether approval may still rest on it; null until it is finished'),
  })
  .meta({ id: 'PreviewHead' });
export type PreviewHead = z.infer<typeof PreviewHead>;

const PlaceCounts = z.strictObject({ id: Id, name: Text, counts: Counts });

const PreviewResultView = z
  .strictObject({
    subjects: z.int().describe('Verdicts compared'),
    matrix: z.array(z.strictObject({ purpose: Purpose, from: PreviewOutcome, to: PreviewOutcome, count: z.int() })),
    rules: z.array(
      z.strictObject({
        key: z.string().describe('What the filter `rule` takes'),
        ruleSet: z.string(),
        rule: z.string(),
        title: Text,
        gained: z.int().describe('Verdicts this rule now decides and did not'),
        lost: z.int().describe('Verdicts it no longer decides'),
      }),
    ),
    programmes: z.array(PlaceCounts),
    classes: z.array(PlaceCounts),
    targets: z.array(z.strictObject({ target: Target, counts: Counts })),
    certificates: z
      .array(
        z.strictObject({
          diploma: z.enum(['none', 'gain', 'lose', 'other', 'reason']),
          skill: z.enum(['none', 'gain', 'lose', 'other', 'reason']),
          students: z.int(),
        }),
      )
      .describe('Both certificates side by side, student by student; of several levels the worst'),
    oracle: z
      .strictObject({ changed: z.int(), unchanged: z.int(), runs: z.int(), disagreed: z.int(), moved: z.int() })
      .describe('Verdicts decided again by json-rules-engine'),
    crossCheck: z
      .strictObject({ checked: z.int(), disagreed: z.int(), undecided: z.int() })
      .nullable()
      .describe('Verdicts held against the exact difference of the two documents; null where it does not apply'),
    seed: z.int(),
    engines: z.strictObject({ reference: z.string(), compiled: z.string() }),
    snapshotHash: Hash,
    changesHash: Hash,
    bookHash: Hash,
    appliedOn: LegalDate.describe('The day on which outcomes not handed in yet are taken to be'),
    problem: z.string().nullable(),
  })
  .meta({ id: 'PreviewResult' });

export const PreviewView = PreviewHead.extend({ result: PreviewResultView.nullable() }).meta({ id: 'Preview' });
export type PreviewView = z.infer<typeof PreviewView>;

export const ListPreviewsInput = z.strictObject({
  ...pageInput,
  ruleSet: RuleSetId.optional(),
  revision: Id.optional(),
  draftHash: Hash.optional(),
});
export const PreviewPage = pageOf(PreviewHead);

export const ListChangesInput = z.strictObject({
  id: Id,
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  change: PreviewChangeKind.optional(),
  rule: z.string().max(300).optional().describe('As in `rules` of the preview'),
  programme: Id.optional(),
  class: Id.optional(),
  purpose: Purpose.optional(),
  target: z
    .string()
    .regex(/^[a-z]+(\/[a-z]+)?$/)
    .optional(),
  from: PreviewOutcome.optional(),
  to: PreviewOutcome.optional(),
});

const StudentView = z
  .strictObject({
    id: Id,
    studentNo: z.string().nullable(),
    name: z.string().nullable(),
    class: z.strictObject({ id: Id, name: z.string() }),
  })
  .meta({ id: 'PreviewStudent', description: 'Number and name only for those who may read the student' });

const TurnedView = z
  .strictObject({
    rule: z.string(),
    ruleTitle: Text.nullable(),
    node: z.string(),
    factTitle: Text,
    before: z.strictObject({ text: Text, truth: z.enum(['true', 'false', 'unknown']) }).nullable(),
    after: z.strictObject({ text: Text, truth: z.enum(['true', 'false', 'unknown']) }).nullable(),
  })
  .meta({ id: 'PreviewTurned', description: 'A condition that is not the same on both sides; null: not there' });

export const ChangeView = z
  .strictObject({
    ordinal: z.int(),
    student: StudentView,
    purpose: Purpose,
    target: Target,
    course: z.strictObject({ id: Id, code: z.string(), name: z.string() }).nullable(),
    change: PreviewChangeKind,
    before: z.strictObject({ type: PreviewOutcome, title: Text }),
    after: z.strictObject({ type: PreviewOutcome, title: Text }),
    turned: z.array(TurnedView),
  })
  .meta({ id: 'PreviewChange' });
export type ChangeView = z.infer<typeof ChangeView>;
export const ChangeList = z.strictObject({ items: z.array(ChangeView), next: z.int().nullable(), total: z.int() });

export const ByPreviewStudent = z.strictObject({ id: Id, studentId: Id });

const SideView = z
  .strictObject({
    type: PreviewOutcome,
    title: Text,
    verdict: VerdictView,
    reasons: z.array(ReasonView),
    nearMisses: z.array(NearMissView),
    rule: z
      .strictObject({
        ruleSet: z.string(),
        title: Text,
        revision: z.int(),
        hash: Hash,
        effectiveDate: LegalDate,
        suspended: z.boolean(),
      })
      .nullable()
      .describe('Null where none answers'),
  })
  .meta({ id: 'PreviewSide' });
export type SideView = z.infer<typeof SideView>;

export const StudentPreview = z
  .strictObject({
    student: StudentView,
    items: z.array(
      z.strictObject({
        purpose: Purpose,
        target: Target,
        course: z.strictObject({ id: Id, code: z.string(), name: z.string() }).nullable(),
        change: PreviewChangeKind.nullable(),
        before: SideView,
        after: SideView,
        turned: z.array(TurnedView),
        facts: z.record(z.string(), FactValueView),
        moved: z.boolean().describe('Not as the preview found it: the facts have moved since'),
      }),
    ),
  })
  .meta({ id: 'StudentPreview' });
export type StudentPreview = z.infer<typeof StudentPreview>;
