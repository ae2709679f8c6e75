import { z } from 'zod';
import { Id } from '../ids.ts';
import { LegalDate, Text } from '../text.ts';
import { pageInput, pageOf } from './common.ts';
import { FactValueView, ReasonView, VerdictView } from './verdicts.ts';

const OutcomeKind = z.enum([
  'skill_certificate',
  'x_certificate',
  'occupational_qualification',
  'contest_award',
  'prior_course',
]);
const word = z.string().trim().min(1).max(100);

/** An outcome nobody has recorded; what is left out is not known, which is not the same as no. */
export const OutcomeAskedInput = z
  .strictObject({
    kind: OutcomeKind,
    name: word,
    occupationCode: word.nullable().default(null),
    level: word.nullable().default(null),
    contestTier: z.enum(['school', 'city', 'province', 'national']).nullable().default(null),
    contestPrize: z.enum(['third', 'second', 'first']).nullable().default(null),
    issuedOn: LegalDate.nullable().default(null),
    expiresOn: LegalDate.nullable().default(null),
    verified: z.boolean().nullable().default(null),
    score: z.int().min(0).max(1000).nullable().default(null).describe('Tenths of a point'),
    credits: z.int().min(0).max(500).nullable().default(null).describe('Tenths of a credit'),
    workMonthsAfter: z.int().min(0).max(720).nullable().default(null),
  })
  .meta({ id: 'OutcomeAsked' });

export const EvaluateInput = z
  .strictObject({
    purpose: z.enum(['credit', 'title']),
    scope: word
      .optional()
      .describe(
        "Which question of the purpose, such as catalogue or schooling; that of the outcome's kind when left out",
      ),
    date: LegalDate.optional().describe("Legal date asked about; today by the college's clock when left out"),
    outcomeId: Id.optional().describe('A recorded outcome,'),
    outcome: OutcomeAskedInput.optional().describe('one described here,'),
    facts: z.record(z.string().max(64), FactValueView).optional().describe('or bare facts'),
    studentId: Id.optional().describe('Whose plan the credit is asked for'),
    courseIds: z.array(Id).min(1).max(50).optional(),
  })
  .meta({
    id: 'EvaluateEquivalence',
    examples: [
      {
        purpose: 'title',
        date: '2026-06-30',
        outcome: {
          kind: 'skill_certificate',
          name: '电工',
          occupationCode: '6-31-01-03',
          level: 'three',
          issuedOn: '2025-06-01',
          verified: true,
        },
      },
    ],
  });

export const EquivalenceView = z
  .strictObject({
    purpose: z.enum(['credit', 'title']),
    date: LegalDate,
    answers: z.array(
      z.strictObject({
        course: z.strictObject({ id: Id, code: z.string(), name: z.string() }).nullable(),
        ruleSet: z.string(),
        ruleTitle: Text,
        revision: z.int(),
        hash: z.string(),
        effectiveDate: LegalDate,
        verdict: VerdictView,
        title: Text.describe('What it would be worth, in words'),
        reasons: z.array(ReasonView),
      }),
    ),
  })
  .meta({ id: 'Equivalence' });
export type EquivalenceView = z.infer<typeof EquivalenceView>;

export const ApplyForCreditInput = z
  .strictObject({ outcomeId: Id, courseIds: z.array(Id).min(1).max(50) })
  .meta({ id: 'ApplyForCredit' });
export const AppliedForCredit = z.strictObject({
  application: Id,
  courses: z.array(z.strictObject({ course: Id, decision: Id, outcome: z.string(), credits: z.int() })),
});

export const ListApplicationsInput = z.strictObject({ ...pageInput, studentId: Id.optional() });
export const ApplicationView = z
  .strictObject({
    id: Id,
    studentId: Id,
    studentNo: z.string(),
    studentName: z.string(),
    outcomeId: Id,
    outcomeName: z.string(),
    outcomeKind: OutcomeKind,
    appliedOn: LegalDate,
    at: z.string(),
    spent: z.boolean(),
    courses: z.array(
      z.strictObject({
        id: Id,
        code: z.string(),
        name: z.string(),
        decisionId: Id,
        outcome: z.string(),
        credits: z.int().describe('Tenths of a credit; 0 where nothing was granted'),
        score: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'CreditApplication' });
export type ApplicationView = z.infer<typeof ApplicationView>;
export const ApplicationPage = pageOf(ApplicationView);

const Overlap = z.int().min(0).max(10_000).describe("Hundredths of a percent of the course's content that it covers");
const level = word.nullable().describe('Null: whatever the level');
export const MatchOutcomeInput = z
  .strictObject({
    kind: OutcomeKind,
    outcomeName: word,
    level: level.default(null),
    courseCode: word,
    overlap: Overlap,
    source: z.string().trim().min(1).max(500).describe('On what the judgement rests'),
  })
  .meta({ id: 'MatchOutcome' });
export const OutcomeMatched = z.strictObject({ match: Id });

export const OutcomeMatchView = z
  .strictObject({
    id: Id,
    kind: OutcomeKind,
    outcomeName: z.string(),
    level,
    course: z.strictObject({ id: Id, code: z.string(), name: z.string() }),
    overlap: Overlap,
    source: z.string(),
  })
  .meta({ id: 'OutcomeMatch' });
export type OutcomeMatchView = z.infer<typeof OutcomeMatchView>;
export const OutcomeMatchPage = pageOf(OutcomeMatchView);
